package dev.torii.model.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Changes fields of a JSON object in its text, so that every byte that has nothing to do with them
/// stays: order, spaces, and the spelling of numbers and strings.
public final class JsonSplice {

    private final byte[] original;
    private final ByteArrayOutputStream out;
    private int copied;

    private JsonSplice(byte[] original) {
        this.original = original;
        this.out = new ByteArrayOutputStream(original.length + 64);
    }

    /// The object with these fields: each in the place of the one that it has, or at its end; a
    /// field whose value is missing is left out. A field that the text has twice is changed twice.
    ///
    /// @param object the text of one JSON object
    public static byte[] with(byte[] object, Map<String, JsonNode> fields) {
        try {
            return new JsonSplice(object).write(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] write(Map<String, JsonNode> fields) throws IOException {
        try (JsonParser parser = Json.parser(original)) {
            parser.nextToken();
            int afterLast = (int) parser.currentLocation().getByteOffset();
            boolean first = true;
            Set<String> seen = new HashSet<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                int nameStart = (int) parser.currentTokenLocation().getByteOffset();
                String name = parser.currentName();
                parser.nextToken();
                int valueStart = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken();
                int valueEnd = (int) parser.currentLocation().getByteOffset();
                seen.add(name);
                JsonNode value = fields.get(name);
                if (value != null && value.isMissingNode()) {
                    // With the comma before it, or, for the first of all, with the one behind.
                    copyUntil(first ? nameStart : afterLast);
                    copied = first ? behindComma(valueEnd) : valueEnd;
                    afterLast = valueEnd;
                    continue;
                }
                if (value != null) {
                    copyUntil(valueStart);
                    out.writeBytes(Json.bytes(value));
                    copied = valueEnd;
                }
                afterLast = valueEnd;
                first = false;
            }
            copyUntil(Math.max(copied, afterLast));
            for (var field : fields.entrySet()) {
                if (!field.getValue().isMissingNode() && !seen.contains(field.getKey())) {
                    String comma = first ? "" : ",";
                    out.writeBytes(
                            (comma + Json.text(field.getKey()) + ":")
                                    .getBytes(StandardCharsets.UTF_8));
                    out.writeBytes(Json.bytes(field.getValue()));
                    first = false;
                }
            }
            copyUntil(original.length);
        }
        return out.toByteArray();
    }

    private void copyUntil(int end) {
        if (end > copied) {
            out.write(original, copied, end - copied);
            copied = end;
        }
    }

    private int behindComma(int from) {
        int at = from;
        while (original[at] == ' '
                || original[at] == '\t'
                || original[at] == '\n'
                || original[at] == '\r') {
            at++;
        }
        return original[at] == ',' ? at + 1 : from;
    }
}
