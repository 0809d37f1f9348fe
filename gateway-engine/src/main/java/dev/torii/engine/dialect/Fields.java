package dev.torii.engine.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Extra;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads fields that may be absent, null, or of another type than they should be, which is as good
/// as absent where a provider's answer is read.
public final class Fields {

    private Fields() {}

    public static @Nullable String text(JsonNode object, String field) {
        return object.path(field).textValue();
    }

    public static String textOrEmpty(JsonNode object, String field) {
        return object.path(field).isTextual() ? object.path(field).textValue() : "";
    }

    public static @Nullable BigDecimal number(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isNumber() ? value.decimalValue() : null;
    }

    public static @Nullable Integer integer(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.canConvertToInt() && value.isNumber() ? value.intValue() : null;
    }

    public static @Nullable Long wide(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.canConvertToLong() && value.isNumber() ? value.longValue() : null;
    }

    public static @Nullable Boolean flag(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isBoolean() ? value.booleanValue() : null;
    }

    public static @Nullable ObjectNode object(JsonNode object, String field) {
        return object.path(field) instanceof ObjectNode found ? found : null;
    }

    /// The texts of a list, or the one text that stands in its place.
    public static List<String> texts(JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (value.isTextual()) {
            return List.of(value.textValue());
        }
        List<String> texts = new ArrayList<>();
        value.forEach(element -> {
            if (element.isTextual()) {
                texts.add(element.textValue());
            }
        });
        return texts;
    }

    /// The fields of the object that are not among the known ones.
    public static Extra others(ObjectNode object, Set<String> known, String dialect) {
        ObjectNode others = null;
        for (var field : object.properties()) {
            if (!known.contains(field.getKey())) {
                others = others == null ? Json.object() : others;
                others.set(field.getKey(), field.getValue());
            }
        }
        return others == null ? Extra.NONE : new Extra(dialect, others);
    }

    /// An object that a text holds; null when it holds anything else.
    public static @Nullable ObjectNode parsed(String text) {
        return Json.parseObjectOrNull(text.getBytes(StandardCharsets.UTF_8));
    }
}
