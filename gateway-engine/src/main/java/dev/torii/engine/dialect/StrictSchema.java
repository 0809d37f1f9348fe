package dev.torii.engine.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Tool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes a JSON Schema one that Anthropic and Bedrock hold a model to: objects are closed, and what
/// they do not know, such as bounds of numbers and lengths, becomes words. What is a property's
/// name is never taken for a keyword. Sources: Anthropic's documentation, "Structured outputs";
/// Amazon Bedrock's, "Get validated JSON results from models".
public final class StrictSchema {

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

    /// References one behind the other; of more, none can tell whether they end.
    private static final int DEEPEST = 100;

    private final String where;
    private final Losses losses;

    /// @param where the client's name of the schema, for losses
    public StrictSchema(String where, Losses losses) {
        this.where = where;
        this.losses = losses;
    }

    /// The schema that the inputs of a tool are held to.
    ///
    /// @param schema of the tool
    /// @return null where they are held to none, be it that nobody asks for it
    public static @Nullable ObjectNode ofTool(
            Tool.Function tool, ObjectNode schema, @Nullable String model, Losses losses) {
        if (!Boolean.TRUE.equals(tool.strict())) {
            return null;
        }
        ObjectNode held =
                ClaudeModel.of(model).takesSchemas()
                        ? new StrictSchema("tools.parameters", losses).strict(schema)
                        : null;
        losses.droppedIf(held == null, "strict");
        return held;
    }

    /// The schema in words that they know.
    ///
    /// @return null for a schema that refers to itself or to another document, to which they hold
    ///   nothing
    public @Nullable ObjectNode strict(ObjectNode schema) {
        if (!isFinite(schema, schema, new HashSet<>(), new HashSet<>())) {
            return null;
        }
        ObjectNode strict = schema.deepCopy();
        close(strict);
        return strict;
    }

    /// @param open the references that lead here
    /// @param finite those that are known to end
    private static boolean isFinite(
            JsonNode node, JsonNode root, Set<String> open, Set<String> finite) {
        if (!node.isObject()) {
            return true;
        }
        String reference = node.path("$ref").textValue();
        if (reference != null) {
            return finite.contains(reference) || ends(reference, root, open, finite);
        }
        for (JsonNode schema : within(node, Set.of("properties"))) {
            if (!isFinite(schema, root, open, finite)) {
                return false;
            }
        }
        return true;
    }

    private static boolean ends(
            String reference, JsonNode root, Set<String> open, Set<String> finite) {
        JsonNode target = target(reference, root);
        if (target == null
                || open.size() == DEEPEST
                || !open.add(reference)
                || !isFinite(target, root, open, finite)) {
            return false;
        }
        open.remove(reference);
        return finite.add(reference);
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
        if (isObjects(schema.path("type")) || schema.has("properties")) {
            if (schema.path("additionalProperties").isObject()) {
                losses.approximated(where + ".additionalProperties");
            }
            schema.put("additionalProperties", false);
        }
        within(schema, SCHEMAS_BY_NAME).forEach(this::close);
    }

    /// Whether a type is that of an object, or may be.
    private static boolean isObjects(JsonNode type) {
        for (JsonNode one : type) {
            if (one.asText().equals("object")) {
                return true;
            }
        }
        return type.asText().equals("object");
    }

    private void say(String keyword, ObjectNode schema, List<String> words) {
        JsonNode value = schema.remove(keyword);
        if (value != null) {
            losses.approximated(where + "." + keyword);
            words.add(keyword + " " + (value.isTextual() ? value.textValue() : value.toString()));
        }
    }
}
