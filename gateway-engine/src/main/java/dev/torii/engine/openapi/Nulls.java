package dev.torii.engine.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.json.Json;
import java.util.List;

/// Schemas that also take null.
final class Nulls {

    /// Keywords that null could fail though the type allows it.
    private static final List<String> COMBINED = List.of("const", "not", "allOf", "anyOf", "oneOf");

    private Nulls() {}

    /// The schema, changed in place where that is possible.
    static ObjectNode allowed(ObjectNode schema) {
        if (schema.get("type") instanceof TextNode type
                && COMBINED.stream().noneMatch(schema::has)) {
            if (type.textValue().equals("null")) {
                return schema;
            }
            schema.putArray("type").add(type.textValue()).add("null");
            if (schema.get("enum") instanceof ArrayNode values) {
                values.add(NullNode.getInstance());
            }
            return schema;
        }
        if (schema.isEmpty()) {
            return schema;
        }
        ObjectNode either = Json.object();
        either.putArray("anyOf").add(schema).addObject().put("type", "null");
        return either;
    }
}
