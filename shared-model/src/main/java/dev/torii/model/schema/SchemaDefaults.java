package dev.torii.model.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/// Completes a value: every field of the schema is there, in the schema's order.
public final class SchemaDefaults {

    private SchemaDefaults() {}

    /// A complete copy of the value. Absent fields become their default or null; absent required
    /// records are made of their fields' defaults; sets lose their duplicates; whole numbers become
    /// integers. What is wrong stays as it is for the validator to name, and what the server fills
    /// in (`auto`) stays absent.
    public static ObjectNode fill(Schema schema, ObjectNode value) {
        return struct(schema.root(), value);
    }

    private static ObjectNode struct(FieldSpec.Struct struct, ObjectNode value) {
        ObjectNode filled = Json.object();
        for (FieldSpec field : struct.fields()) {
            JsonNode own = value.get(field.name());
            if (own == null && field.traits().auto()) {
                continue;
            }
            filled.set(field.name(), field(field, own));
        }
        for (var entry : value.properties()) {
            if (struct.field(entry.getKey()) == null) {
                filled.set(entry.getKey(), entry.getValue().deepCopy());
            }
        }
        return filled;
    }

    private static JsonNode field(FieldSpec field, @Nullable JsonNode value) {
        JsonNode given = value == null ? field.traits().defaultValue() : value;
        return switch (field) {
            case FieldSpec.Struct struct -> {
                if (given instanceof ObjectNode object) {
                    yield struct(struct, object);
                }
                yield given == null && struct.traits().required()
                        ? struct(struct, Json.object())
                        : orNull(given);
            }
            case FieldSpec.Sequence sequence when given instanceof ArrayNode array ->
                    sequence(sequence, array);
            case FieldSpec.Mapping mapping when given instanceof ObjectNode object -> {
                ObjectNode filled = Json.object();
                object.properties()
                        .forEach(
                                e -> filled.set(e.getKey(), field(mapping.values(), e.getValue())));
                yield filled;
            }
            case FieldSpec.Numeric numeric when given != null && isWhole(numeric, given) ->
                    integer(given.longValue());
            default -> orNull(given);
        };
    }

    /// The node that the parser would make, so that equal numbers are equal nodes.
    private static JsonNode integer(long value) {
        return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
    }

    private static boolean isWhole(FieldSpec.Numeric numeric, JsonNode value) {
        return numeric.integer()
                && value.isNumber()
                && Double.isFinite(value.doubleValue())
                && Values.isInteger(value);
    }

    private static ArrayNode sequence(FieldSpec.Sequence sequence, ArrayNode array) {
        var elements = sequence.set() ? new LinkedHashSet<JsonNode>() : null;
        ArrayNode filled = Json.array();
        for (JsonNode element : array) {
            JsonNode complete = field(sequence.element(), element);
            if (elements == null || elements.add(complete)) {
                filled.add(complete);
            }
        }
        return filled;
    }

    private static JsonNode orNull(@Nullable JsonNode value) {
        return value == null ? NullNode.getInstance() : value.deepCopy();
    }
}
