package dev.torii.model.schema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.json.Json;
import java.util.Map;

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
        ObjectNode copy = value.deepCopy();
        struct(
                schema.root(),
                copy,
                JsonPointer.empty(),
                (at, secret) -> TextNode.valueOf(masked(secret)));
        return copy;
    }

    /// Takes the secrets out, so that the two parts can be kept apart.
    public static Parted part(Schema schema, ObjectNode value) {
        ObjectNode open = value.deepCopy();
        ObjectNode secrets = Json.object();
        struct(
                schema.root(),
                open,
                JsonPointer.empty(),
                (at, secret) -> {
                    secrets.put(at.toString(), secret);
                    return NullNode.getInstance();
                });
        return new Parted(open, secrets);
    }

    /// A value without its secrets.
    ///
    /// @param open the value, with null in place of each secret
    /// @param secrets the secrets by JSON pointer
    public record Parted(ObjectNode open, ObjectNode secrets) {

        /// The value as it was.
        public ObjectNode whole() {
            ObjectNode whole = open.deepCopy();
            for (var secret : secrets.properties()) {
                var at = JsonPointer.compile(secret.getKey());
                JsonNode owner = whole.at(at.head());
                switch (owner) {
                    case ObjectNode object ->
                            object.set(at.last().getMatchingProperty(), secret.getValue());
                    case ArrayNode array ->
                            array.set(at.last().getMatchingIndex(), secret.getValue());
                    default -> throw new IllegalStateException("no place for " + at);
                }
            }
            return whole;
        }

        /// Secrets do not belong in a log.
        @Override
        public String toString() {
            return "Parted" + secrets.propertyStream().map(Map.Entry::getKey).toList();
        }
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
            FieldSpec.Struct struct, ObjectNode value, JsonPointer at, Change change) {
        for (FieldSpec field : struct.fields()) {
            JsonNode own = value.get(field.name());
            if (own != null) {
                JsonPointer place = at.appendProperty(field.name());
                value.set(field.name(), field(field, own, place, false, change));
            }
        }
    }

    /// @param within whether the field is part of one that is encrypted as a whole
    private static JsonNode field(
            FieldSpec field, JsonNode value, JsonPointer at, boolean within, Change change) {
        boolean secret = within || field.traits().encrypted();
        switch (field) {
            case FieldSpec.Struct struct when value instanceof ObjectNode object ->
                    struct(struct, object, at, change);
            case FieldSpec.Sequence sequence when value instanceof ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    JsonPointer place = at.appendIndex(i);
                    array.set(i, field(sequence.element(), array.get(i), place, secret, change));
                }
            }
            case FieldSpec.Mapping mapping when value instanceof ObjectNode object -> {
                for (var entry : object.properties()) {
                    JsonPointer place = at.appendProperty(entry.getKey());
                    entry.setValue(
                            field(mapping.values(), entry.getValue(), place, secret, change));
                }
            }
            case FieldSpec.Text text when secret && value.isTextual() -> {
                return change.of(at, value.textValue());
            }
            default -> {}
        }
        return value;
    }

    /// What becomes of a secret.
    private interface Change {
        JsonNode of(JsonPointer at, String secret);
    }
}
