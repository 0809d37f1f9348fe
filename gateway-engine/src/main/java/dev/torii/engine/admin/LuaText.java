package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Values as Lua tables: Kong shows keys and nested errors like that in its messages.
final class LuaText {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private LuaText() {}

    /// On one line: `{id="…"}`.
    static String inline(JsonNode value) {
        return write(value, "", "", "", "=");
    }

    /// One entry a line.
    static String pretty(JsonNode value) {
        return write(value, "\n", "  ", "", " = ");
    }

    private static String write(
            JsonNode value, String lineBreak, String step, String indent, String equals) {
        return switch (value) {
            case ObjectNode object -> {
                List<String> entries = new ArrayList<>();
                var sorted = new TreeMap<String, JsonNode>();
                object.properties().forEach(e -> sorted.put(e.getKey(), e.getValue()));
                sorted.forEach((key, inner) ->
                        entries.add(
                                key(key)
                                        + equals
                                        + write(inner, lineBreak, step, indent + step, equals)));
                yield table(entries, lineBreak, indent + step, indent);
            }
            case ArrayNode array -> {
                List<String> entries = new ArrayList<>();
                boolean holes = false;
                for (int i = 0; i < array.size(); i++) {
                    if (array.get(i).isNull()) {
                        holes = true;
                        continue;
                    }
                    String inner = write(array.get(i), lineBreak, step, indent + step, equals);
                    entries.add(holes ? "[" + (i + 1) + "]" + equals + inner : inner);
                }
                yield table(entries, lineBreak, indent + step, indent);
            }
            default ->
                    value.isTextual()
                            ? '"' + value.textValue().replace("\"", "\\\"") + '"'
                            : value.asText();
        };
    }

    private static String table(
            List<String> entries, String lineBreak, String inner, String outer) {
        if (entries.isEmpty()) {
            return "{" + lineBreak + outer + "}";
        }
        return "{"
                + lineBreak
                + inner
                + String.join("," + lineBreak + inner, entries)
                + lineBreak
                + outer
                + "}";
    }

    private static String key(String key) {
        return NAME.matcher(key).matches() ? key : "[\"" + key + "\"]";
    }
}
