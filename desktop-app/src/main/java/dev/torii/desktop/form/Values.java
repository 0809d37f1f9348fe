package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.FieldSpec.Struct;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A record's value between its two shapes: *whole*, with every field of the schema, and *short*,
/// with only what differs from the defaults.
final class Values {

    private Values() {}

    /// The whole value of what the short one says. Keys that the schema does not know are kept.
    static ObjectNode whole(Struct struct, @Nullable JsonNode given) {
        ObjectNode whole = Json.object();
        for (FieldSpec field : struct.fields()) {
            JsonNode value = given == null ? null : given.get(field.name());
            whole.set(field.name(), value == null ? initial(field) : wholeField(field, value));
        }
        if (given instanceof ObjectNode object) {
            object.properties()
                    .forEach(entry -> {
                        if (!whole.has(entry.getKey())) {
                            whole.set(entry.getKey(), entry.getValue().deepCopy());
                        }
                    });
        }
        return whole;
    }

    private static JsonNode wholeField(FieldSpec field, JsonNode value) {
        return field instanceof Struct struct && value.isObject()
                ? whole(struct, value)
                : value.deepCopy();
    }

    /// What an absent field becomes.
    static JsonNode initial(FieldSpec field) {
        JsonNode given = field.traits().defaultValue();
        if (field instanceof Struct struct) {
            if (given != null && given.isObject()) {
                return whole(struct, given);
            }
            return struct.traits().required() ? whole(struct, null) : NullNode.getInstance();
        }
        return given == null ? NullNode.getInstance() : given.deepCopy();
    }

    /// The least that has to be said to get the whole value again.
    static ObjectNode brief(Struct struct, JsonNode whole) {
        ObjectNode brief = Json.object();
        for (FieldSpec field : struct.fields()) {
            JsonNode value = whole.get(field.name());
            if (value == null || same(value, initial(field))) {
                continue;
            }
            brief.set(
                    field.name(),
                    field instanceof Struct inner && value.isObject()
                            ? brief(inner, value)
                            : value.deepCopy());
        }
        if (whole instanceof ObjectNode object) {
            object.properties()
                    .forEach(entry -> {
                        if (struct.field(entry.getKey()) == null) {
                            brief.set(entry.getKey(), entry.getValue().deepCopy());
                        }
                    });
        }
        return brief;
    }

    /// What to send to make `before` into `after`, where records are merged field by field.
    static ObjectNode patch(Struct struct, JsonNode before, JsonNode after) {
        ObjectNode patch = Json.object();
        for (FieldSpec field : struct.fields()) {
            JsonNode old = orNull(before.get(field.name()));
            JsonNode now = orNull(after.get(field.name()));
            if (same(old, now)) {
                continue;
            }
            patch.set(
                    field.name(),
                    field instanceof Struct inner && now.isObject()
                            ? old.isObject() ? patch(inner, old, now) : brief(inner, now)
                            : now.deepCopy());
        }
        if (after instanceof ObjectNode object) {
            object.properties()
                    .forEach(entry -> {
                        if (struct.field(entry.getKey()) == null
                                && !same(orNull(before.get(entry.getKey())), entry.getValue())) {
                            patch.set(entry.getKey(), entry.getValue().deepCopy());
                        }
                    });
        }
        return patch;
    }

    /// The innermost fields whose values differ.
    static List<FieldPath> differences(Struct struct, JsonNode before, JsonNode after) {
        var paths = new ArrayList<FieldPath>();
        collect(struct, before, after, FieldPath.ROOT, paths);
        return List.copyOf(paths);
    }

    private static void collect(
            Struct struct, JsonNode before, JsonNode after, FieldPath at, List<FieldPath> into) {
        for (FieldSpec field : struct.fields()) {
            JsonNode old = orNull(before.get(field.name()));
            JsonNode now = orNull(after.get(field.name()));
            if (same(old, now)) {
                continue;
            }
            FieldPath path = at.child(field.name());
            int size = into.size();
            if (field instanceof Struct inner) {
                collect(inner, opened(inner, old), opened(inner, now), path, into);
            }
            if (into.size() == size) {
                into.add(path);
            }
        }
    }

    private static JsonNode opened(Struct struct, JsonNode value) {
        return value.isNull() ? whole(struct, null) : value;
    }

    /// Whether a record that may be null can simply be shown open: nothing in it has to be filled
    /// in once it is there.
    static boolean opensByItself(Struct struct) {
        return struct.fields().stream()
                .allMatch(field ->
                        !field.traits().required()
                                || field.traits().defaultValue() != null
                                || (field instanceof Struct inner && opensByItself(inner)));
    }

    /// Numbers are compared by value, and a null field is as good as none.
    static boolean same(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        if (one instanceof ObjectNode a && other instanceof ObjectNode b) {
            return covers(a, b) && covers(b, a);
        }
        if (one instanceof ArrayNode a && other instanceof ArrayNode b) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return one.equals(other);
    }

    private static boolean covers(ObjectNode one, ObjectNode other) {
        return one.properties().stream()
                .allMatch(
                        entry -> same(orNull(entry.getValue()), orNull(other.get(entry.getKey()))));
    }

    static JsonNode orNull(@Nullable JsonNode node) {
        return node == null ? NullNode.getInstance() : node;
    }
}
