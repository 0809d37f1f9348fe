package dev.torii.engine.sse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// One server-sent event, as a view of the bytes that it came in.
///
/// @param bytes where it lies
/// @param start index of its first byte
/// @param end index behind its blank line
public record SseEvent(ByteBuffer bytes, int start, int end) {

    /// The `data` lines, joined by `\n`; empty for a comment or a bare blank line.
    public String data() {
        StringBuilder data = new StringBuilder(end - start);
        boolean any = false;
        for (String line : text().split("\r\n|\r|\n", -1)) {
            if (line.startsWith("data:")) {
                if (any) {
                    data.append('\n');
                }
                data.append(line, line.startsWith("data: ") ? 6 : 5, line.length());
                any = true;
            }
        }
        return data.toString();
    }

    public String text() {
        return new String(toBytes(), StandardCharsets.UTF_8);
    }

    /// A copy of its bytes.
    public byte[] toBytes() {
        byte[] copy = new byte[end - start];
        bytes.get(start, copy);
        return copy;
    }
}
