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
        byte[] copy = new byte[end - start];
        bytes.get(start, copy);
        return new String(copy, StandardCharsets.UTF_8);
    }

    /// Index of the first byte of `needle` at or behind `from`, or -1.
    public int indexOf(byte[] needle, int from) {
        int last = end - needle.length;
        byte first = needle[0];
        outer:
        for (int i = from; i <= last; i++) {
            if (bytes.get(i) != first) {
                continue;
            }
            for (int j = 1; j < needle.length; j++) {
                if (bytes.get(i + j) != needle[j]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }

    public boolean contains(byte[] needle) {
        return indexOf(needle, start) >= 0;
    }
}
