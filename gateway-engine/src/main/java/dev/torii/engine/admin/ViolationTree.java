package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Violations as the `fields` object and the `message` of a schema violation.
final class ViolationTree {

    private final ObjectNode fields = Json.object();

    /// @param root the schema that the paths walk through; tells lists from maps
    ViolationTree(FieldSpec root, List<Violation> violations) {
        for (Violation violation : violations) {
            add(fields, root, violation.path(), violation.message());
        }
    }

    ObjectNode fields() {
        return fields;
    }

    private static void add(
            JsonNode node, @Nullable FieldSpec spec, List<String> path, String message) {
        String step = path.getFirst();
        List<String> rest = path.subList(1, path.size());
        if (step.equals(Violation.ENTITY) && node instanceof ObjectNode object) {
            object.withArray(Violation.ENTITY).add(message);
            return;
        }
        FieldSpec inner = inner(spec, step);
        while (inner instanceof FieldSpec.Mapping mapping && !rest.isEmpty()) {
            // Of a map it is told what is wrong in it, not where.
            inner = mapping.values();
            rest = rest.subList(1, rest.size());
        }
        JsonNode child = child(node, step);
        if (rest.isEmpty()) {
            // Of one field the first error is told.
            if (child == null) {
                put(node, step, TextNode.valueOf(message));
            }
            return;
        }
        if (child == null) {
            child = inner instanceof FieldSpec.Sequence ? Json.array() : Json.object();
            put(node, step, child);
        }
        if (child.isContainerNode()) {
            add(child, inner, rest, message);
        }
    }

    private static @Nullable FieldSpec inner(@Nullable FieldSpec spec, String step) {
        return switch (spec) {
            case FieldSpec.Struct struct -> struct.field(step);
            case FieldSpec.Sequence sequence -> sequence.element();
            case FieldSpec.Mapping mapping -> mapping.values();
            case null, default -> null;
        };
    }

    private static @Nullable JsonNode child(JsonNode node, String step) {
        JsonNode child =
                node instanceof ArrayNode array
                        ? array.get(Integer.parseInt(step) - 1)
                        : node.get(step);
        return child == null || child.isNull() ? null : child;
    }

    private static void put(JsonNode node, String step, JsonNode child) {
        switch (node) {
            case ArrayNode array -> {
                int index = Integer.parseInt(step) - 1;
                while (array.size() <= index) {
                    array.add(NullNode.getInstance());
                }
                array.set(index, child);
            }
            case ObjectNode object -> object.set(step, child);
            default -> throw new IllegalStateException("no place for " + step);
        }
    }

    /// Errors of the whole entity first, then by field; two levels are spelled as paths, what lies
    /// deeper as a table.
    String message() {
        List<String> parts = new ArrayList<>();
        fields.path(Violation.ENTITY).forEach(error -> parts.add(error.textValue()));
        sorted(fields)
                .forEach((name, error) -> {
                    if (name.equals(Violation.ENTITY)) {
                        return;
                    }
                    if (error.isTextual()) {
                        parts.add(name + ": " + error.textValue());
                    } else {
                        sorted(error)
                                .forEach((sub, inner) ->
                                        parts.add(name + "." + sub + ": " + text(inner)));
                    }
                });
        return parts.size() == 1
                ? "schema violation (" + parts.getFirst() + ")"
                : parts.size() + " schema violations (" + String.join("; ", parts) + ")";
    }

    private static String text(JsonNode error) {
        return error.isTextual() ? error.textValue() : LuaText.pretty(error);
    }

    private static Map<String, JsonNode> sorted(JsonNode node) {
        var sorted = new TreeMap<String, JsonNode>();
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (!array.get(i).isNull()) {
                    sorted.put(Integer.toString(i + 1), array.get(i));
                }
            }
        } else {
            node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        }
        return sorted;
    }
}
