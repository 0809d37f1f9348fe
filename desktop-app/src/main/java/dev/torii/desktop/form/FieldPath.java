package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a field stands in the edited value: field names, and 1-based indexes of list elements, as
/// violations name it.
public record FieldPath(List<String> steps) {

    public static final FieldPath ROOT = new FieldPath(List.of());

    public FieldPath {
        steps = List.copyOf(steps);
    }

    public static FieldPath of(String... steps) {
        return new FieldPath(List.of(steps));
    }

    public static FieldPath parse(String pointer) {
        return pointer.isEmpty() ? ROOT : new FieldPath(List.of(pointer.split("\\.", -1)));
    }

    public FieldPath child(String step) {
        var longer = new ArrayList<>(steps);
        longer.add(step);
        return new FieldPath(longer);
    }

    /// The element at this 0-based position.
    public FieldPath element(int position) {
        return child(Integer.toString(position + 1));
    }

    /// Whether it stands in an element of a list.
    boolean withinList() {
        return steps.stream().anyMatch(step -> step.matches("\\d+"));
    }

    public FieldPath parent() {
        return steps.isEmpty() ? this : new FieldPath(steps.subList(0, steps.size() - 1));
    }

    public boolean startsWith(FieldPath other) {
        return steps.size() >= other.steps.size()
                && steps.subList(0, other.steps.size()).equals(other.steps);
    }

    public String last() {
        return steps.isEmpty() ? "" : steps.getLast();
    }

    public String pointer() {
        return String.join(".", steps);
    }

    /// The pointer without what is the same for every field of a plugin.
    public String shortPointer() {
        String pointer = pointer();
        return pointer.startsWith("config.") ? pointer.substring("config.".length()) : pointer;
    }

    /// The id of the field's control in the scene.
    public String nodeId() {
        return "field-" + String.join("-", steps);
    }

    /// The value here; JSON null where nothing is.
    public JsonNode read(JsonNode root) {
        JsonNode node = root;
        for (String step : steps) {
            JsonNode next = step(node, step);
            if (next == null) {
                return NullNode.getInstance();
            }
            node = next;
        }
        return node;
    }

    /// Puts the value here; records on the way are made where they are null.
    public void write(ObjectNode root, JsonNode value) {
        JsonNode node = root;
        for (String step : steps.subList(0, steps.size() - 1)) {
            JsonNode next = step(node, step);
            if (next == null || next.isNull()) {
                next = Json.object();
                put(node, step, next);
            }
            node = next;
        }
        put(node, last(), value);
    }

    private static @Nullable JsonNode step(JsonNode node, String step) {
        return switch (node) {
            case ArrayNode array -> array.get(position(step));
            case ObjectNode object -> object.get(step);
            default -> null;
        };
    }

    private static void put(JsonNode node, String step, JsonNode value) {
        switch (node) {
            case ArrayNode array -> {
                int position = position(step);
                if (position < array.size()) {
                    array.set(position, value);
                } else {
                    array.add(value);
                }
            }
            case ObjectNode object -> object.set(step, value);
            default -> throw new IllegalStateException("no record or list at " + step);
        }
    }

    private static int position(String step) {
        return Integer.parseInt(step) - 1;
    }
}
