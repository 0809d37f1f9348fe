package dev.torii.engine.dialect.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.Losses;
import java.util.List;
import java.util.Set;

/// Makes a JSON Schema one that Bedrock takes for an answer: objects are closed, and bounds of
/// numbers and lengths, which it does not know, become words. What is a property's name is never
/// taken for a keyword. Source: Amazon Bedrock's documentation, "Get validated JSON results from
/// models".
final class BedrockSchema {

    /// In an order that stays, since the words become part of the request.
    private static final List<String> UNKNOWN =
            List.of(
                    "minimum",
                    "maximum",
                    "exclusiveMinimum",
                    "exclusiveMaximum",
                    "multipleOf",
                    "minLength",
                    "maxLength",
                    "maxItems",
                    "uniqueItems",
                    "minProperties",
                    "maxProperties");

    private static final Set<String> SCHEMAS_BY_NAME = Set.of("properties", "$defs", "definitions");

    private static final Set<String> SCHEMAS = Set.of("anyOf", "oneOf", "allOf", "prefixItems");

    private final Losses losses;

    BedrockSchema(Losses losses) {
        this.losses = losses;
    }

    ObjectNode strict(ObjectNode schema) {
        ObjectNode strict = schema.deepCopy();
        close(strict);
        return strict;
    }

    private void close(JsonNode node) {
        if (!(node instanceof ObjectNode schema)) {
            return;
        }
        StringBuilder words = new StringBuilder();
        for (String keyword : UNKNOWN) {
            JsonNode value = schema.remove(keyword);
            if (value != null) {
                losses.approximated("response_format.json_schema." + keyword);
                words.append(words.isEmpty() ? "" : ", ").append(keyword).append(" ").append(value);
            }
        }
        JsonNode least = schema.get("minItems");
        if (least != null && least.asInt() > 1) {
            schema.remove("minItems");
            losses.approximated("response_format.json_schema.minItems");
            words.append(words.isEmpty() ? "" : ", ").append("minItems ").append(least);
        }
        if (!words.isEmpty()) {
            String said = schema.path("description").asText("");
            schema.put("description", (said + " (" + words + ")").strip());
        }
        if (schema.path("type").asText().equals("object") || schema.has("properties")) {
            schema.put("additionalProperties", false);
        }
        SCHEMAS_BY_NAME.forEach(field -> schema.path(field).forEach(this::close));
        SCHEMAS.forEach(field -> schema.path(field).forEach(this::close));
        close(schema.path("items"));
    }
}
