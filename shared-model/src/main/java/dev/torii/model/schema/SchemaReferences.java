package dev.torii.model.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds references to vaults in the fields that may hold some. Made once for a schema: it keeps
/// only the fields marked `referenceable`, so that an entity without any costs nothing.
public final class SchemaReferences {

    /// Of a schema none of whose fields may hold references.
    public static final SchemaReferences NONE =
            new SchemaReferences(
                    new FieldSpec.Struct("", FieldSpec.Traits.NONE, List.of(), List.of()));

    private final FieldSpec.Struct root;

    private SchemaReferences(FieldSpec.Struct root) {
        this.root = root;
    }

    public static SchemaReferences of(Schema schema) {
        return pruned(schema.root(), false) instanceof FieldSpec.Struct kept
                ? new SchemaReferences(kept)
                : NONE;
    }

    /// Whether no field may hold references.
    public boolean isEmpty() {
        return root.fields().isEmpty();
    }

    /// What a reference stands for.
    public interface Replacement {

        /// Gives the text to put in its place.
        ///
        /// @param path the dotted path of the field, such as `config.auth.header_value`
        /// @param reference the field's text
        /// @param encrypted whether the field holds a secret by its schema
        String of(String path, String reference, boolean encrypted);
    }

    /// The value with each reference replaced: a copy, or the value itself when it holds none.
    public ObjectNode replace(ObjectNode value, Replacement by) {
        if (!holdsAny(root, value)) {
            return value;
        }
        ObjectNode copy = value.deepCopy();
        struct(root, copy, "", by);
        return copy;
    }

    /// The part of a field that may hold references; null when none of it may.
    private static @Nullable FieldSpec pruned(FieldSpec field, boolean within) {
        boolean referenceable = within || field.traits().referenceable();
        return switch (field) {
            case FieldSpec.Text text -> referenceable ? text : null;
            case FieldSpec.Struct struct -> {
                List<FieldSpec> kept = new ArrayList<>();
                for (FieldSpec inner : struct.fields()) {
                    FieldSpec part = pruned(inner, false);
                    if (part != null) {
                        kept.add(part);
                    }
                }
                yield kept.isEmpty()
                        ? null
                        : new FieldSpec.Struct(
                                struct.name(), struct.traits(), List.copyOf(kept), List.of());
            }
            case FieldSpec.Sequence sequence -> {
                FieldSpec element = pruned(sequence.element(), referenceable);
                yield element == null
                        ? null
                        : new FieldSpec.Sequence(
                                sequence.name(),
                                sequence.traits(),
                                sequence.set(),
                                element,
                                sequence.lenMin(),
                                sequence.lenMax());
            }
            case FieldSpec.Mapping mapping -> {
                FieldSpec values = pruned(mapping.values(), referenceable);
                yield values == null
                        ? null
                        : new FieldSpec.Mapping(
                                mapping.name(), mapping.traits(), mapping.keys(), values);
            }
            case FieldSpec.Numeric _, FieldSpec.Flag _, FieldSpec.Reference _, FieldSpec.Opaque _ ->
                    null;
        };
    }

    private static boolean holdsAny(FieldSpec field, JsonNode value) {
        return switch (field) {
            case FieldSpec.Text _ -> value.isTextual() && VaultReference.is(value.textValue());
            case FieldSpec.Struct struct -> {
                for (FieldSpec inner : struct.fields()) {
                    JsonNode own = value.get(inner.name());
                    if (own != null && holdsAny(inner, own)) {
                        yield true;
                    }
                }
                yield false;
            }
            case FieldSpec.Sequence sequence -> anyOf(sequence.element(), value);
            case FieldSpec.Mapping mapping -> anyOf(mapping.values(), value);
            default -> false;
        };
    }

    private static boolean anyOf(FieldSpec each, JsonNode values) {
        for (JsonNode value : values) {
            if (holdsAny(each, value)) {
                return true;
            }
        }
        return false;
    }

    private static void struct(
            FieldSpec.Struct struct, ObjectNode value, String at, Replacement by) {
        for (FieldSpec field : struct.fields()) {
            JsonNode own = value.get(field.name());
            if (own != null) {
                value.set(field.name(), field(field, own, joined(at, field.name()), false, by));
            }
        }
    }

    /// @param within whether the field is part of one that is encrypted as a whole
    private static JsonNode field(
            FieldSpec field, JsonNode value, String at, boolean within, Replacement by) {
        boolean encrypted = within || field.traits().encrypted();
        switch (field) {
            case FieldSpec.Text _
                    when value.isTextual() && VaultReference.is(value.textValue()) -> {
                return TextNode.valueOf(by.of(at, value.textValue(), encrypted));
            }
            case FieldSpec.Struct struct when value instanceof ObjectNode object ->
                    struct(struct, object, at, by);
            case FieldSpec.Sequence sequence when value instanceof ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    String place = joined(at, String.valueOf(i + 1));
                    array.set(i, field(sequence.element(), array.get(i), place, encrypted, by));
                }
            }
            case FieldSpec.Mapping mapping when value instanceof ObjectNode object -> {
                for (var entry : object.properties()) {
                    String place = joined(at, entry.getKey());
                    entry.setValue(field(mapping.values(), entry.getValue(), place, encrypted, by));
                }
            }
            default -> {}
        }
        return value;
    }

    private static String joined(String at, String name) {
        return at.isEmpty() ? name : at + "." + name;
    }
}
