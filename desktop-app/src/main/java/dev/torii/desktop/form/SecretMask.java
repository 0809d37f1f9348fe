package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.FieldSpec.Mapping;
import dev.torii.model.schema.FieldSpec.Sequence;
import dev.torii.model.schema.FieldSpec.Struct;
import dev.torii.model.schema.FieldSpec.Text;
import java.util.Map;
import java.util.function.BiFunction;

/// Hides the secrets of a value, and finds them again under their masks.
final class SecretMask {

    private static final String DOTS = "••••";
    private static final int LONG_ENOUGH_TO_SHOW_ITS_END = 12;

    private SecretMask() {}

    /// Dots and, of a long secret, its last four characters. A reference into a vault is no secret.
    static String mask(String secret) {
        if (secret.isEmpty() || secret.startsWith("{vault://")) {
            return secret;
        }
        return secret.length() < LONG_ENOUGH_TO_SHOW_ITS_END
                ? DOTS
                : DOTS + secret.substring(secret.length() - 4);
    }

    static JsonNode hide(FieldSpec spec, JsonNode value) {
        return walk(spec, value, FieldPath.ROOT, (_, secret) -> mask(secret));
    }

    /// Notes each secret of a value under its place and under its mask.
    static void remember(FieldSpec spec, JsonNode value, Map<String, String> into) {
        var _ =
                walk(
                        spec,
                        value,
                        FieldPath.ROOT,
                        (path, secret) -> {
                            into.put(path.pointer() + "=" + mask(secret), secret);
                            into.put(mask(secret), secret);
                            return secret;
                        });
    }

    /// Puts remembered secrets where their masks stand; other text is a new secret.
    static JsonNode restore(FieldSpec spec, JsonNode value, Map<String, String> remembered) {
        return walk(
                spec,
                value,
                FieldPath.ROOT,
                (path, text) -> {
                    String here = remembered.get(path.pointer() + "=" + text);
                    return here == null ? remembered.getOrDefault(text, text) : here;
                });
    }

    private static JsonNode walk(
            FieldSpec spec,
            JsonNode value,
            FieldPath path,
            BiFunction<FieldPath, String, String> secret) {
        return switch (spec) {
            case Text text when text.traits().encrypted() && value.isTextual() ->
                    TextNode.valueOf(secret.apply(path, value.textValue()));
            case Struct struct when value instanceof ObjectNode object -> {
                ObjectNode copy = object.deepCopy();
                for (FieldSpec field : struct.fields()) {
                    if (object.has(field.name())) {
                        copy.set(
                                field.name(),
                                walk(
                                        field,
                                        object.get(field.name()),
                                        path.child(field.name()),
                                        secret));
                    }
                }
                yield copy;
            }
            case Sequence sequence when value instanceof ArrayNode array -> {
                ArrayNode copy = array.deepCopy();
                for (int i = 0; i < array.size(); i++) {
                    copy.set(i, walk(sequence.element(), array.get(i), path.element(i), secret));
                }
                yield copy;
            }
            case Mapping mapping when value instanceof ObjectNode object -> {
                ObjectNode copy = object.deepCopy();
                object.properties()
                        .forEach(entry ->
                                copy.set(
                                        entry.getKey(),
                                        walk(
                                                mapping.values(),
                                                entry.getValue(),
                                                path.child(entry.getKey()),
                                                secret)));
                yield copy;
            }
            default -> value;
        };
    }
}
