package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;

/// Leaves out of an entity what an importer would fill in by itself. The settings of plugins keep
/// their values and lose only what is null, because another version's defaults may differ.
final class DefaultsLeftOut {

    private static final String SETTINGS = "config";

    private DefaultsLeftOut() {}

    /// @param defaults what the entity is where nothing is said
    static ObjectNode of(ObjectNode entity, ObjectNode defaults, FieldSpec.Struct struct) {
        ObjectNode written = Json.object();
        for (FieldSpec field : struct.fields()) {
            String name = field.name();
            JsonNode value = entity.get(name);
            if (value == null) {
                continue;
            }
            JsonNode usual = defaults.path(name);
            if (name.equals(SETTINGS)) {
                JsonNode settings = withoutNulls(value, usual);
                if (!settings.isEmpty()) {
                    written.set(name, settings);
                }
            } else if (!value.equals(usual) && !(value.isNull() && usual.isMissingNode())) {
                written.set(
                        name,
                        field instanceof FieldSpec.Struct inner
                                        && value instanceof ObjectNode object
                                        && usual instanceof ObjectNode base
                                ? of(object, base, inner)
                                : value.deepCopy());
            }
        }
        return written;
    }

    private static JsonNode withoutNulls(JsonNode value, JsonNode usual) {
        if (value instanceof ArrayNode array) {
            ArrayNode written = Json.array();
            array.forEach(element -> written.add(withoutNulls(element, Json.object())));
            return written;
        }
        if (!(value instanceof ObjectNode object)) {
            return value;
        }
        ObjectNode written = Json.object();
        for (var entry : object.properties()) {
            JsonNode base = usual.path(entry.getKey());
            // A null that is said on purpose stands against a default.
            boolean said = !entry.getValue().isNull() || !(base.isNull() || base.isMissingNode());
            if (said) {
                written.set(entry.getKey(), withoutNulls(entry.getValue(), base));
            }
        }
        return written;
    }
}
