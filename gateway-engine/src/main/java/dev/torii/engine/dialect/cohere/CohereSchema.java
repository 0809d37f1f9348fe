package dev.torii.engine.dialect.cohere;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.Losses;
import java.util.List;
import java.util.Set;

/// A JSON Schema within what Cohere knows. What it does not becomes words of the description.
/// Keywords are told from properties of the same name by where they stand. Source: Cohere's guide,
/// "Structured Outputs", "Unsupported schema features".
final class CohereSchema {

    private static final List<String> UNKNOWN =
            List.of(
                    "allOf",
                    "else",
                    "exclusiveMaximum",
                    "exclusiveMinimum",
                    "if",
                    "maxItems",
                    "maxLength",
                    "maxProperties",
                    "maximum",
                    "minItems",
                    "minLength",
                    "minProperties",
                    "minimum",
                    "multipleOf",
                    "not",
                    "oneOf",
                    "then",
                    "uniqueItems");

    private static final Set<String> SCHEMAS_BY_NAME = Set.of("properties", "$defs", "definitions");

    private final Losses losses;

    CohereSchema(Losses losses) {
        this.losses = losses;
    }

    ObjectNode known(ObjectNode schema) {
        ObjectNode known = schema.deepCopy();
        reduce(known);
        return known;
    }

    private void reduce(JsonNode node) {
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
        if (!words.isEmpty()) {
            String said = schema.path("description").asText("");
            schema.put("description", (said + " (" + words + ")").strip());
        }
        SCHEMAS_BY_NAME.forEach(field -> schema.path(field).forEach(this::reduce));
        schema.path("anyOf").forEach(this::reduce);
        reduce(schema.path("items"));
        reduce(schema.path("additionalProperties"));
    }
}
