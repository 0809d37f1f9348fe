package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Extra;
import java.util.Set;

/// Fields of blocks and of tools that only Anthropic knows. A part has no place for them, so they
/// stand in the [Extra] of its message, and those of tools in the request's: under the type of the
/// block and the name of the field, then under the place of the block, such as `"tool_use.caller":
/// {"1": …}`. Whoever drops them can say what he dropped.
final class AnthropicExtras {

    /// In place of a field's name: the whole block.
    private static final String WHOLE = "*";

    private final ObjectNode kept = Json.object();

    void keepOthers(String type, String place, ObjectNode block, Set<String> known) {
        for (var field : block.properties()) {
            if (!known.contains(field.getKey())) {
                keep(type, field.getKey(), place, field.getValue());
            }
        }
    }

    void keep(String type, String field, String place, JsonNode value) {
        kept.withObjectProperty(type + "." + field).set(place, value);
    }

    void keepWhole(String type, String place, ObjectNode block) {
        keep(type, WHOLE, place, block);
    }

    /// Fields of a message itself.
    void keepField(String field, JsonNode value) {
        kept.set(field, value);
    }

    Extra extra() {
        return kept.isEmpty() ? Extra.NONE : new Extra(AnthropicDialect.NAME, kept);
    }

    ObjectNode fields() {
        return kept;
    }

    /// Puts back what belongs to the block at this place.
    static void restore(Extra extra, String place, ObjectNode block) {
        if (extra.isEmpty() || !isOwn(extra)) {
            return;
        }
        for (var field : extra.fields().properties()) {
            int dot = field.getKey().indexOf('.');
            JsonNode value = dot < 0 ? null : field.getValue().get(place);
            if (value == null) {
                continue;
            }
            String name = field.getKey().substring(dot + 1);
            if (name.equals(WHOLE)) {
                block.removeAll();
                block.setAll((ObjectNode) value);
            } else {
                block.set(name, value);
            }
        }
    }

    /// Puts back the fields of a message itself.
    static void restoreFields(Extra extra, ObjectNode message) {
        if (isOwn(extra)) {
            for (var field : extra.fields().properties()) {
                if (field.getKey().indexOf('.') < 0) {
                    message.set(field.getKey(), field.getValue());
                }
            }
        }
    }

    static boolean isOwn(Extra extra) {
        return extra.dialect().equals(AnthropicDialect.NAME);
    }
}
