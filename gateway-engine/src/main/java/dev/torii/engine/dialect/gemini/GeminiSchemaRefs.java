package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Losses;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/// Writes what a schema refers to in the place where it does, and all parts of an `allOf` as one
/// schema. A schema that holds itself, or that would grow without measure, ends in any object.
final class GeminiSchemaRefs {

    private static final int MOST_SCHEMAS = 5000;

    /// How many schemas may lie within each other.
    private static final int DEEPEST = 100;

    private static final Set<String> SHELVES = Set.of("$defs", "definitions", "$ref", "allOf");

    private final ObjectNode root;
    private final String where;
    private final Losses losses;
    private final Deque<String> within = new ArrayDeque<>();
    private int schemas;
    private int depth;

    GeminiSchemaRefs(ObjectNode root, String where, Losses losses) {
        this.root = root;
        this.where = where;
        this.losses = losses;
    }

    ObjectNode inlined() {
        return inlined(root);
    }

    private ObjectNode inlined(ObjectNode schema) {
        if (++schemas > MOST_SCHEMAS || depth == DEEPEST) {
            return cut();
        }
        depth++;
        ObjectNode written = Json.object();
        for (var field : schema.properties()) {
            String keyword = keyword(field.getKey(), field.getValue());
            if (!SHELVES.contains(keyword)) {
                written.set(keyword, value(keyword, field.getValue()));
            }
        }
        if (schema.path("$ref").isTextual()) {
            merge(written, referred(schema.path("$ref").textValue()));
        }
        for (JsonNode one : schema.path("allOf")) {
            if (one instanceof ObjectNode part) {
                merge(written, inlined(part));
            }
        }
        depth--;
        return written;
    }

    /// Older drafts call the schemas of a tuple `items`.
    private static String keyword(String keyword, JsonNode value) {
        return keyword.equals("items") && value.isArray() ? "prefixItems" : keyword;
    }

    private JsonNode value(String keyword, JsonNode value) {
        return switch (keyword) {
            case "properties" -> each(value);
            case "items", "additionalProperties" ->
                    value instanceof ObjectNode schema ? inlined(schema) : value;
            case "anyOf", "oneOf", "prefixItems" -> all(value);
            default -> value;
        };
    }

    private JsonNode each(JsonNode byName) {
        ObjectNode written = Json.object();
        byName.properties()
                .forEach(named ->
                        written.set(
                                named.getKey(),
                                named.getValue() instanceof ObjectNode schema
                                        ? inlined(schema)
                                        : named.getValue()));
        return written;
    }

    private JsonNode all(JsonNode schemas) {
        ArrayNode written = Json.array();
        schemas.forEach(
                one -> written.add(one instanceof ObjectNode schema ? inlined(schema) : one));
        return written;
    }

    private ObjectNode referred(String ref) {
        if (within.contains(ref)
                || !ref.startsWith("#")
                || !(root.at(pointer(ref)) instanceof ObjectNode schema)) {
            return cut();
        }
        within.push(ref);
        ObjectNode written = inlined(schema);
        within.pop();
        return written;
    }

    private static String pointer(String ref) {
        String pointer = ref.substring(1);
        return pointer.isEmpty() || pointer.startsWith("/") ? pointer : "/$defs/" + pointer;
    }

    private ObjectNode cut() {
        losses.approximated(where + ".$ref");
        return Json.object().put("type", "object");
    }

    /// What the schema says itself goes before what it takes over.
    private static void merge(ObjectNode schema, ObjectNode other) {
        for (var field : other.properties()) {
            JsonNode own = schema.get(field.getKey());
            if (own == null) {
                schema.set(field.getKey(), field.getValue());
            } else if (own instanceof ObjectNode mine
                    && field.getValue() instanceof ObjectNode theirs
                    && field.getKey().equals("properties")) {
                theirs.properties()
                        .forEach(each -> mine.putIfAbsent(each.getKey(), each.getValue()));
            } else if (own instanceof ArrayNode mine && field.getKey().equals("required")) {
                schema.set(field.getKey(), joined(mine, field.getValue()));
            }
        }
    }

    /// Another list: either may belong to a schema that others refer to as well.
    private static ArrayNode joined(ArrayNode names, JsonNode more) {
        Set<JsonNode> all = new LinkedHashSet<>();
        names.forEach(all::add);
        more.forEach(all::add);
        return Json.array().addAll(all);
    }
}
