package dev.torii.engine.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.Schema;
import java.util.List;

/// What the written form of a schema says beside what the validator needs.
final class Shapes {

    private static final String SHORTHANDS = "shorthand_fields";

    private Shapes() {}

    static JsonNode field(JsonNode record, String name) {
        return entry(record.path("fields"), name);
    }

    static JsonNode shorthand(JsonNode record, String name) {
        return entry(record.path(SHORTHANDS), name);
    }

    /// Fields that a client may send and that become others.
    static List<FieldSpec> shorthands(JsonNode record) {
        if (!record.path(SHORTHANDS).isArray()) {
            return List.of();
        }
        ObjectNode shape = Json.object();
        shape.set("fields", record.get(SHORTHANDS));
        return Schema.parseLeniently("shorthands", shape).fields();
    }

    private static JsonNode entry(JsonNode entries, String name) {
        for (JsonNode entry : entries) {
            if (entry.has(name)) {
                return entry.get(name);
            }
        }
        return MissingNode.getInstance();
    }
}
