package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// How the subset of OpenAPI's schema differs from JSON Schema in what both can say: one type, in
/// capitals, and `nullable` in place of a type `null`. Source: Google's Gemini API reference,
/// "Schema".
final class GeminiOpenApi {

    private static final Set<String> FORMATS =
            Set.of("enum", "date-time", "float", "double", "int32", "int64");

    private GeminiOpenApi() {}

    static boolean isFormat(JsonNode format) {
        return FORMATS.contains(format.asText());
    }

    /// The same in one type, with its alternatives apart.
    static ObjectNode narrowed(ObjectNode schema) {
        ObjectNode narrowed = Json.object();
        narrowed.setAll(schema);
        if (narrowed.has("oneOf")) {
            narrowed.set("anyOf", narrowed.remove("oneOf"));
        }
        if (narrowed.get("prefixItems") instanceof ArrayNode places
                && !narrowed.path("items").isObject()) {
            narrowed.putObject("items").set("anyOf", places);
        }
        types(narrowed);
        if (narrowed.get("anyOf") instanceof ArrayNode alternatives) {
            alternatives(narrowed, alternatives);
        }
        return narrowed;
    }

    private static void types(ObjectNode schema) {
        if (!(schema.get("type") instanceof ArrayNode types)) {
            return;
        }
        List<String> named = new ArrayList<>();
        for (JsonNode type : types) {
            if (type.asText().equals("null")) {
                schema.put("nullable", true);
            } else {
                named.add(type.asText());
            }
        }
        if (named.size() == 1) {
            schema.put("type", named.getFirst());
            return;
        }
        schema.remove("type");
        ArrayNode alternatives = schema.putArray("anyOf");
        named.forEach(type -> alternatives.addObject().put("type", type));
    }

    private static void alternatives(ObjectNode schema, ArrayNode alternatives) {
        ArrayNode left = Json.array();
        for (JsonNode alternative : alternatives) {
            if (alternative.path("type").asText().equals("null")) {
                schema.put("nullable", true);
            } else {
                left.add(alternative);
            }
        }
        schema.remove("anyOf");
        if (left.size() == 1 && left.get(0) instanceof ObjectNode only) {
            only.properties()
                    .forEach(field -> schema.putIfAbsent(field.getKey(), field.getValue()));
            types(schema);
        } else if (!left.isEmpty()) {
            schema.set("anyOf", left);
        }
    }

    /// What has to be so once the rest is written.
    static void finish(ObjectNode schema) {
        String type = schema.path("type").asText(inferred(schema)).toUpperCase(Locale.ROOT);
        if (!type.isEmpty()) {
            schema.put("type", type);
        }
        if (schema.path("properties").isEmpty()) {
            schema.remove("properties");
            schema.remove("required");
        }
        if (schema.get("required") instanceof ArrayNode required) {
            ArrayNode known = Json.array();
            required.forEach(name -> {
                if (schema.path("properties").has(name.asText())) {
                    known.add(name);
                }
            });
            schema.set("required", known);
        }
        if (type.equals("ARRAY") && schema.path("items").isEmpty()) {
            schema.putObject("items").put("type", "STRING");
        }
    }

    private static String inferred(ObjectNode schema) {
        if (schema.has("anyOf")) {
            return "";
        }
        return schema.has("properties")
                ? "object"
                : schema.has("items") ? "array" : schema.has("enum") ? "string" : "";
    }

    /// The way back: a client's schema of the subset, as JSON Schema.
    static ObjectNode jsonSchema(ObjectNode schema) {
        ObjectNode written = Json.object();
        for (var field : schema.properties()) {
            String keyword = GeminiFields.camelCase(field.getKey());
            JsonNode value = field.getValue();
            switch (keyword) {
                case "type" -> written.set("type", type(value, schema));
                case "nullable" -> {}
                case "properties" -> {
                    ObjectNode properties = written.putObject("properties");
                    value.properties()
                            .forEach(
                                    named -> properties.set(named.getKey(), one(named.getValue())));
                }
                case "items" -> written.set("items", one(value));
                case "anyOf" -> {
                    ArrayNode alternatives = written.putArray("anyOf");
                    value.forEach(alternative -> alternatives.add(one(alternative)));
                    if (schema.path("nullable").booleanValue()) {
                        alternatives.addObject().put("type", "null");
                    }
                }
                default -> written.set(keyword, number(keyword, value));
            }
        }
        return written;
    }

    private static JsonNode one(JsonNode schema) {
        return schema instanceof ObjectNode object ? jsonSchema(object) : schema;
    }

    private static JsonNode type(JsonNode type, ObjectNode schema) {
        String word = type.asText().toLowerCase(Locale.ROOT);
        return schema.path("nullable").booleanValue()
                ? Json.array().add(word).add("null")
                : Json.object().textNode(word);
    }

    /// Google writes wide numbers as texts.
    private static JsonNode number(String keyword, JsonNode value) {
        return (keyword.startsWith("min") || keyword.startsWith("max"))
                        && value.isTextual()
                        && value.textValue().matches("\\d{1,18}")
                ? Json.object().numberNode(Long.parseLong(value.textValue()))
                : value;
    }
}
