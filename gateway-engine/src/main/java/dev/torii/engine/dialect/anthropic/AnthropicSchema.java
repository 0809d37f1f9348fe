package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.Losses;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes a JSON Schema one that Anthropic holds a model to: objects are closed, and what it does
/// not know, such as bounds of numbers and lengths, becomes words. What is a property's name is
/// never taken for a keyword. Source: Anthropic's documentation, "Structured outputs".
final class AnthropicSchema {

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
                    "contains",
                    "minContains",
                    "maxContains",
                    "minProperties",
                    "maxProperties",
                    "patternProperties",
                    "propertyNames",
                    "unevaluatedProperties",
                    "unevaluatedItems",
                    "dependentRequired",
                    "dependentSchemas",
                    "not",
                    "if",
                    "then",
                    "else");

    private static final Set<String> FORMATS =
            Set.of(
                    "date-time",
                    "time",
                    "date",
                    "duration",
                    "email",
                    "hostname",
                    "uri",
                    "ipv4",
                    "ipv6",
                    "uuid");

    private static final Set<String> SCHEMAS_BY_NAME = Set.of("properties", "$defs", "definitions");

    private static final Set<String> SCHEMAS = Set.of("anyOf", "oneOf", "allOf", "prefixItems");

    private final String where;
    private final Losses losses;

    /// @param where the client's name of the schema, for losses
    AnthropicSchema(String where, Losses losses) {
        this.where = where;
        this.losses = losses;
    }

    /// The schema in words that Anthropic knows.
    ///
    /// @return null for a schema that refers to itself or to another document, to which Anthropic
    ///   holds nothing
    @Nullable ObjectNode strict(ObjectNode schema) {
        if (!isFinite(schema, schema, new HashSet<>())) {
            return null;
        }
        ObjectNode strict = schema.deepCopy();
        close(strict);
        return strict;
    }

    private static boolean isFinite(JsonNode node, JsonNode root, Set<String> open) {
        if (!node.isObject()) {
            return true;
        }
        String reference = node.path("$ref").textValue();
        if (reference != null) {
            JsonNode target = target(reference, root);
            if (target == null || !open.add(reference)) {
                return false;
            }
            boolean finite = isFinite(target, root, open);
            open.remove(reference);
            return finite;
        }
        for (JsonNode schema : within(node, Set.of("properties"))) {
            if (!isFinite(schema, root, open)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable JsonNode target(String reference, JsonNode root) {
        if (!reference.equals("#") && !reference.startsWith("#/")) {
            return null;
        }
        JsonNode target = root.at(reference.substring(1));
        return target.isMissingNode() ? null : target;
    }

    /// The schemas that a schema is made of.
    private static List<JsonNode> within(JsonNode node, Set<String> byName) {
        List<JsonNode> schemas = new ArrayList<>();
        byName.forEach(field -> node.path(field).forEach(schemas::add));
        SCHEMAS.forEach(field -> node.path(field).forEach(schemas::add));
        schemas.add(node.path("items"));
        return schemas;
    }

    private void close(JsonNode node) {
        if (!(node instanceof ObjectNode schema)) {
            return;
        }
        List<String> words = new ArrayList<>();
        for (String keyword : UNKNOWN) {
            say(keyword, schema, words);
        }
        if (schema.path("minItems").asInt() > 1) {
            say("minItems", schema, words);
        }
        String format = schema.path("format").textValue();
        if (format != null && !FORMATS.contains(format)) {
            say("format", schema, words);
        }
        if (!words.isEmpty()) {
            String said = schema.path("description").asText("");
            schema.put("description", (said + " (" + String.join(", ", words) + ")").strip());
        }
        JsonNode oneOf = schema.has("anyOf") ? null : schema.remove("oneOf");
        if (oneOf != null) {
            losses.approximated(where + ".oneOf");
            schema.set("anyOf", oneOf);
        }
        if (schema.path("type").asText().equals("object") || schema.has("properties")) {
            if (schema.path("additionalProperties").isObject()) {
                losses.approximated(where + ".additionalProperties");
            }
            schema.put("additionalProperties", false);
        }
        within(schema, SCHEMAS_BY_NAME).forEach(this::close);
    }

    private void say(String keyword, ObjectNode schema, List<String> words) {
        JsonNode value = schema.remove(keyword);
        if (value != null) {
            losses.approximated(where + "." + keyword);
            words.add(keyword + " " + (value.isTextual() ? value.textValue() : value.toString()));
        }
    }
}
