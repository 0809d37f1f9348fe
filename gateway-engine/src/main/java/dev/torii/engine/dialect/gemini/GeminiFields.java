package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds fields under either of the names that Google's servers take: `systemInstruction` and
/// `system_instruction`.
final class GeminiFields {

    private GeminiFields() {}

    /// The value, whichever way it is named; a missing node where there is none.
    static JsonNode of(JsonNode object, String camelCase) {
        JsonNode value = object.path(camelCase);
        return value.isMissingNode() ? object.path(snakeCase(camelCase)) : value;
    }

    static boolean has(JsonNode object, String camelCase) {
        return !of(object, camelCase).isMissingNode();
    }

    static @Nullable String text(JsonNode object, String camelCase) {
        return of(object, camelCase).textValue();
    }

    static @Nullable ObjectNode object(JsonNode object, String camelCase) {
        return of(object, camelCase) instanceof ObjectNode found ? found : null;
    }

    /// The elements of a list, or the one object that stands in its place: Google's servers take
    /// both.
    static Iterable<JsonNode> each(JsonNode object, String camelCase) {
        JsonNode value = of(object, camelCase);
        return value.isObject() ? List.of(value) : value;
    }

    static List<String> texts(JsonNode object, String camelCase) {
        return Fields.texts(object, object.has(camelCase) ? camelCase : snakeCase(camelCase));
    }

    static String snakeCase(String camelCase) {
        var snake = new StringBuilder(camelCase.length() + 4);
        for (int i = 0; i < camelCase.length(); i++) {
            char letter = camelCase.charAt(i);
            if (Character.isUpperCase(letter)) {
                snake.append('_').append(Character.toLowerCase(letter));
            } else {
                snake.append(letter);
            }
        }
        return snake.toString();
    }

    static String camelCase(String snakeCase) {
        var camel = new StringBuilder(snakeCase.length());
        boolean upper = false;
        for (int i = 0; i < snakeCase.length(); i++) {
            char letter = snakeCase.charAt(i);
            if (letter == '_') {
                upper = true;
            } else {
                camel.append(upper ? Character.toUpperCase(letter) : letter);
                upper = false;
            }
        }
        return camel.toString();
    }
}
