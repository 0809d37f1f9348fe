package dev.torii.engine.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One method at one path: what may be asked, and every answer there is.
public final class Operation {

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final String JSON = "application/json";

    private final String method;
    private final String path;
    private final ArrayNode parameters = Json.array();
    private final ObjectNode responses = Json.object();
    private final ObjectNode head = Json.object();
    private @Nullable ObjectNode body;

    private Operation(String method, String path, String id, String summary) {
        this.method = method.toLowerCase(Locale.ROOT);
        this.path = path;
        head.put("operationId", id).put("summary", summary);
        refuses(403);
    }

    /// An operation that answers 403 to web pages of other sites and, until more is said, nothing
    /// else.
    ///
    /// @param path with its parameters in braces
    /// @param id unique in the document; names the method of generated clients
    /// @param summary what it does, in a few words
    public static Operation of(String method, String path, String id, String summary) {
        return new Operation(method, path, id, summary);
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    public Operation tag(String tag) {
        head.putArray("tags").add(tag);
        return this;
    }

    public Operation description(String text) {
        head.put("description", text);
        return this;
    }

    public Operation deprecated() {
        head.put("deprecated", true);
        return this;
    }

    /// Describes a parameter of the path; every one in braces must be.
    public Operation pathParameter(String name, String description, JsonNode schema) {
        return parameter("path", name, description, schema);
    }

    public Operation query(String name, String description, JsonNode schema) {
        return parameter("query", name, description, schema);
    }

    public Operation header(String name, String description, JsonNode schema) {
        return parameter("header", name, description, schema);
    }

    private Operation parameter(String in, String name, String description, JsonNode schema) {
        ObjectNode parameter =
                parameters
                        .addObject()
                        .put("name", name)
                        .put("in", in)
                        .put("description", description);
        if (in.equals("path")) {
            parameter.put("required", true);
        }
        parameter.set("schema", schema);
        return this;
    }

    /// A JSON body, which may also be sent as a form: dots and brackets in a form's keys are
    /// nesting, and its values are read the way the schema asks for.
    ///
    /// @param example null for none
    public Operation body(boolean required, JsonNode schema, @Nullable JsonNode example) {
        ObjectNode content = content(required, JSON, schema);
        if (example != null) {
            content.withObject("/" + JSON.replace("/", "~1")).set("example", example);
        }
        for (String form :
                new String[] {"application/x-www-form-urlencoded", "multipart/form-data"}) {
            content.putObject(form)
                    .putObject("schema")
                    .put("type", "object")
                    .put("description", "The same as JSON, written as a form.");
        }
        return this;
    }

    /// A body of one type.
    ///
    /// @return of the request, for further types
    public ObjectNode content(boolean required, String type, JsonNode schema) {
        if (body == null) {
            body = Json.object().put("required", required);
        }
        ObjectNode content = body.withObject("/content");
        content.putObject(type).set("schema", schema);
        return content;
    }

    /// An answer with a JSON body.
    public Operation answers(int status, String description, JsonNode schema) {
        return answers(status, description, JSON, schema);
    }

    public Operation answers(int status, String description, String type, JsonNode schema) {
        ObjectNode response = response(status).put("description", description);
        response.putObject("content").putObject(type).set("schema", schema);
        return this;
    }

    /// An answer without a body.
    public Operation answersEmpty(int status, String description) {
        response(status).put("description", description);
        return this;
    }

    /// Refusals with the usual body of their status, which [Refusals] describes.
    public Operation refuses(int... statuses) {
        for (int status : statuses) {
            response(status).put("$ref", "#/components/responses/" + Refusals.name(status));
        }
        return this;
    }

    private ObjectNode response(int status) {
        return responses.putObject(Integer.toString(status));
    }

    /// @throws IllegalStateException when path and parameters disagree
    ObjectNode toJson() {
        long described =
                parameters.valueStream().filter(p -> p.path("in").asText().equals("path")).count();
        if (PARAMETER.matcher(path).results().count() != described) {
            throw new IllegalStateException(path + " has a parameter that is not described");
        }
        ObjectNode json = head.deepCopy();
        if (!parameters.isEmpty()) {
            json.set("parameters", parameters);
        }
        if (body != null) {
            json.set("requestBody", body);
        }
        ObjectNode sorted = json.putObject("responses");
        responses
                .propertyStream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> sorted.set(entry.getKey(), entry.getValue()));
        return json;
    }
}
