package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Losses;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes a JSON Schema one that Gemini takes: as what it knows of JSON Schema, or as the subset of
/// OpenAPI's that older models know alone. Bounds that it does not know become words of the
/// description. A keyword is one by its place; a property of the same name is none. Source:
/// Google's Gemini API reference, "Schema" and "responseJsonSchema".
final class GeminiSchema {

    private static final Set<String> JSON_SCHEMA =
            Set.of(
                    "type",
                    "format",
                    "title",
                    "description",
                    "enum",
                    "items",
                    "prefixItems",
                    "minItems",
                    "maxItems",
                    "minimum",
                    "maximum",
                    "anyOf",
                    "properties",
                    "additionalProperties",
                    "required",
                    "propertyOrdering");

    private static final Set<String> OPEN_API =
            Set.of(
                    "type",
                    "format",
                    "title",
                    "description",
                    "nullable",
                    "default",
                    "enum",
                    "items",
                    "minItems",
                    "maxItems",
                    "minimum",
                    "maximum",
                    "minLength",
                    "maxLength",
                    "pattern",
                    "minProperties",
                    "maxProperties",
                    "example",
                    "anyOf",
                    "properties",
                    "required",
                    "propertyOrdering");

    /// Those that a reader makes sense of in words.
    private static final Set<String> SAYABLE =
            Set.of(
                    "pattern",
                    "format",
                    "enum",
                    "default",
                    "minLength",
                    "maxLength",
                    "multipleOf",
                    "exclusiveMinimum",
                    "exclusiveMaximum",
                    "uniqueItems",
                    "minProperties",
                    "maxProperties");

    /// Those that say nothing of what fits.
    private static final Set<String> SILENT = Set.of("$schema", "$comment", "$id", "$anchor");

    private final boolean openApi;
    private final String where;
    private final Losses losses;

    private GeminiSchema(boolean openApi, String where, Losses losses) {
        this.openApi = openApi;
        this.where = where;
        this.losses = losses;
    }

    /// As JSON Schema.
    ///
    /// @param where what losses are counted under, such as `tools.parameters`
    /// @return null for an object without properties, which Gemini wants left out
    static @Nullable ObjectNode json(ObjectNode schema, String where, Losses losses) {
        return new GeminiSchema(false, where, losses).root(schema);
    }

    /// The same in the subset of OpenAPI's; null likewise.
    static @Nullable ObjectNode openApi(ObjectNode schema, String where, Losses losses) {
        return new GeminiSchema(true, where, losses).root(schema);
    }

    private @Nullable ObjectNode root(ObjectNode schema) {
        ObjectNode written = written(new GeminiSchemaRefs(schema, where, losses).inlined());
        boolean empty =
                written.path("properties").isEmpty()
                        && !written.has("anyOf")
                        && !written.path("additionalProperties").isObject()
                        && written.path("type").asText("object").equalsIgnoreCase("object");
        return empty ? null : written;
    }

    private ObjectNode written(ObjectNode schema) {
        if (!openApi) {
            return known(schema, JSON_SCHEMA);
        }
        ObjectNode written = known(GeminiOpenApi.narrowed(schema), OPEN_API);
        GeminiOpenApi.finish(written);
        return written;
    }

    private ObjectNode known(ObjectNode schema, Set<String> keywords) {
        ObjectNode written = Json.object();
        var words = new StringBuilder();
        for (var field : schema.properties()) {
            String keyword = field.getKey();
            JsonNode value = field.getValue();
            switch (keyword) {
                case "const" -> constant(value, written, words);
                case "oneOf" -> written.set("anyOf", all(value));
                case "anyOf", "prefixItems" -> {
                    if (keywords.contains(keyword)) {
                        written.set(keyword, all(value));
                    } else {
                        lose(keyword, value, words);
                    }
                }
                case "properties" -> written.set(keyword, each(value));
                case "items" -> written.set(keyword, one(value));
                case "additionalProperties" -> {
                    if (keywords.contains(keyword)) {
                        written.set(keyword, value.isObject() ? one(value) : value);
                    }
                }
                case "enum" -> enumerated(value, written, words);
                case "format" -> {
                    if (openApi && !GeminiOpenApi.isFormat(value)) {
                        lose(keyword, value, words);
                    } else {
                        written.set(keyword, value);
                    }
                }
                case "nullable" -> {
                    if (openApi) {
                        written.set(keyword, value);
                    } else if (value.booleanValue() && schema.path("type").isTextual()) {
                        written.set("type", Json.array().add(schema.get("type")).add("null"));
                    }
                }
                default -> {
                    if (!keywords.contains(keyword)) {
                        bound(keyword, value, written);
                        lose(keyword, value, words);
                    } else if (!keyword.equals("type") || !written.has("type")) {
                        written.set(keyword, value);
                    }
                }
            }
        }
        if (!words.isEmpty()) {
            String said = written.path("description").asText("");
            written.put("description", (said + " (" + words + ")").strip());
        }
        return written;
    }

    private void lose(String keyword, JsonNode value, StringBuilder words) {
        if (SILENT.contains(keyword) || keyword.startsWith("x-")) {
            return;
        }
        if (!SAYABLE.contains(keyword)) {
            losses.dropped(where + "." + keyword);
            return;
        }
        losses.approximated(where + "." + keyword);
        words.append(words.isEmpty() ? "" : ", ").append(keyword).append(" ");
        words.append(value.isTextual() ? value.textValue() : Json.text(value));
    }

    private static void bound(String keyword, JsonNode value, ObjectNode written) {
        if (value.isNumber() && keyword.equals("exclusiveMinimum")) {
            written.set("minimum", value);
        } else if (value.isNumber() && keyword.equals("exclusiveMaximum")) {
            written.set("maximum", value);
        }
    }

    private void constant(JsonNode value, ObjectNode written, StringBuilder words) {
        enumerated(Json.array().add(value), written, words);
        if (!written.has("type") && value.isTextual()) {
            written.put("type", openApi ? "STRING" : "string");
        }
    }

    /// OpenAPI's subset lists texts only.
    private void enumerated(JsonNode values, ObjectNode written, StringBuilder words) {
        ArrayNode kept = Json.array();
        for (JsonNode value : values) {
            if (!openApi || value.isTextual()) {
                kept.add(value);
            }
        }
        if (kept.isEmpty()) {
            lose("enum", values, words);
        } else {
            written.set("enum", kept);
        }
    }

    private ObjectNode each(JsonNode byName) {
        ObjectNode written = Json.object();
        byName.properties().forEach(named -> written.set(named.getKey(), one(named.getValue())));
        return written;
    }

    private ArrayNode all(JsonNode schemas) {
        ArrayNode written = Json.array();
        schemas.forEach(schema -> written.add(one(schema)));
        return written;
    }

    /// A schema may also be `true`, which is anything.
    private ObjectNode one(JsonNode schema) {
        return schema instanceof ObjectNode object ? written(object) : Json.object();
    }
}
