package dev.torii.model.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Merges what a PATCH says into what is stored.
public final class SchemaMerge {

    private SchemaMerge() {}

    /// The stored value with the patch applied: records are merged field by field; lists, maps and
    /// all else are replaced; null overwrites; absent keys keep what is stored. Neither argument is
    /// changed.
    public static ObjectNode patch(Schema schema, ObjectNode stored, ObjectNode patch) {
        return struct(schema.root(), stored, patch);
    }

    private static ObjectNode struct(FieldSpec.Struct struct, ObjectNode stored, ObjectNode patch) {
        ObjectNode merged = stored.deepCopy();
        for (var entry : patch.properties()) {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            if (struct.field(name) instanceof FieldSpec.Struct inner
                    && stored.get(name) instanceof ObjectNode before
                    && value instanceof ObjectNode after) {
                merged.set(name, struct(inner, before, after));
            } else {
                merged.set(name, value.deepCopy());
            }
        }
        return merged;
    }
}
