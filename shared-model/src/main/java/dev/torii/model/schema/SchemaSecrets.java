package dev.torii.model.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.function.UnaryOperator;

/// Finds the texts of fields marked `encrypted`.
public final class SchemaSecrets {

    /// Of a shorter secret the last four characters would give too much away.
    private static final int SHORTEST_SHOWN = 12;

    private static final int SHOWN = 4;
    private static final String MASK = "••••";

    private SchemaSecrets() {}

    /// A copy fit to be shown: each secret is a mask and its last four characters; of a short one
    /// the mask alone. References to a vault stay, since they are not secret.
    public static ObjectNode mask(Schema schema, ObjectNode value) {
        return replace(schema, value, SchemaSecrets::masked);
    }

    /// A copy in which each secret is what `change` makes of it.
    public static ObjectNode replace(
            Schema schema, ObjectNode value, UnaryOperator<String> change) {
        ObjectNode copy = value.deepCopy();
        struct(schema.root(), copy, change);
        return copy;
    }

    private static String masked(String secret) {
        if (VaultReference.is(secret)) {
            return secret;
        }
        return secret.length() < SHORTEST_SHOWN
                ? MASK
                : MASK + secret.substring(secret.length() - SHOWN);
    }

    private static void struct(
            FieldSpec.Struct struct, ObjectNode value, UnaryOperator<String> change) {
        for (FieldSpec field : struct.fields()) {
            JsonNode own = value.get(field.name());
            if (own != null) {
                value.set(field.name(), field(field, own, false, change));
            }
        }
    }

    private static JsonNode field(
            FieldSpec field, JsonNode value, boolean within, UnaryOperator<String> change) {
        boolean secret = within || field.traits().encrypted();
        switch (field) {
            case FieldSpec.Struct struct when value instanceof ObjectNode object ->
                    struct(struct, object, change);
            case FieldSpec.Sequence sequence when value instanceof ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, field(sequence.element(), array.get(i), secret, change));
                }
            }
            case FieldSpec.Mapping mapping when value instanceof ObjectNode object ->
                    object.properties()
                            .forEach(entry ->
                                    entry.setValue(
                                            field(
                                                    mapping.values(),
                                                    entry.getValue(),
                                                    secret,
                                                    change)));
            case FieldSpec.Text text when secret && value.isTextual() -> {
                return TextNode.valueOf(change.apply(value.textValue()));
            }
            default -> {}
        }
        return value;
    }
}
