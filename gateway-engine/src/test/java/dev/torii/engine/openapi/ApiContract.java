package dev.torii.engine.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// An OpenAPI document as a client holds the server to it.
public final class ApiContract {

    static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    /// One documented operation.
    public record Op(String method, String path, JsonNode json) {

        public String id() {
            return json.path("operationId").asText();
        }

        /// The schema of the JSON body that it takes; missing when it takes none.
        public JsonNode takes() {
            return json.at("/requestBody/content/application~1json/schema");
        }

        public JsonNode example() {
            return json.at("/requestBody/content/application~1json/example");
        }
    }

    private final JsonNode document;
    private final List<Op> operations = new ArrayList<>();
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private final Map<JsonNode, JsonSchema> compiled = new HashMap<>();

    public ApiContract(JsonNode document) {
        this.document = document;
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(operation ->
                                        operations.add(
                                                new Op(
                                                        operation.getKey().toUpperCase(Locale.ROOT),
                                                        path.getKey(),
                                                        operation.getValue()))));
    }

    public List<Op> operations() {
        return operations;
    }

    /// What does not fit in a value; empty when it fits.
    public List<String> faults(JsonNode schema, JsonNode value) {
        return schema(schema).validate(value).stream().map(ValidationMessage::toString).toList();
    }

    JsonNode resolved(JsonNode reference) {
        return document.at(reference.path("$ref").asText().substring(1));
    }

    public JsonNode component(String name) {
        return Json.object().put("$ref", "#/components/schemas/" + name);
    }

    /// What an answer says that the operation does not; empty when it is as documented.
    public List<String> faults(Op operation, int status, String type, String body) {
        JsonNode response = operation.json().path("responses").path(Integer.toString(status));
        if (response.has("$ref")) {
            response = document.at(response.path("$ref").asText().substring(1));
        }
        if (response.isMissingNode()) {
            return List.of("status " + status + " is not documented");
        }
        JsonNode content = response.path("content");
        if (content.isEmpty()) {
            return body.isEmpty() ? List.of() : List.of("a body, where none is documented");
        }
        String media = type.split(";", 2)[0];
        if (!content.has(media)) {
            return List.of("the type '" + media + "' is not documented");
        }
        if (!media.equals("application/json")) {
            return List.of();
        }
        try {
            return faults(content.path(media).path("schema"), Json.parse(body));
        } catch (MalformedJsonException e) {
            return List.of("no JSON: " + e.getMessage());
        }
    }

    private JsonSchema schema(JsonNode schema) {
        return compiled.computeIfAbsent(
                schema,
                key -> {
                    ObjectNode root = key.deepCopy();
                    root.set("components", document.path("components"));
                    var config =
                            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
                    return factory.getSchema(root, config);
                });
    }
}
