package dev.torii.desktop.form;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// On which line of a JSON text each value begins.
final class JsonLines {

    private final Map<FieldPath, Integer> lines = new HashMap<>();

    JsonLines(String text) {
        try (JsonParser parser = Json.MAPPER.createParser(text)) {
            if (parser.nextToken() != null) {
                value(parser, List.of());
            }
        } catch (IOException e) {
            // Broken text: the lines up to the break are known, and that is all one can say.
        }
    }

    private void value(JsonParser parser, List<String> path) throws IOException {
        lines.putIfAbsent(new FieldPath(path), parser.currentTokenLocation().getLineNr() - 1);
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                List<String> inner = plus(path, parser.currentName());
                lines.put(new FieldPath(inner), parser.currentTokenLocation().getLineNr() - 1);
                parser.nextToken();
                value(parser, inner);
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            for (int i = 1; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                value(parser, plus(path, Integer.toString(i)));
            }
        }
    }

    private static List<String> plus(List<String> path, String step) {
        var longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    /// 0-based; null when the value is not in the text.
    @Nullable Integer line(FieldPath path) {
        return lines.get(path);
    }
}
