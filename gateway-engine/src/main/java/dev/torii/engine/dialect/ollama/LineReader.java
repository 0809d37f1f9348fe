package dev.torii.engine.dialect.ollama;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Cuts a byte stream into lines, wherever the network cut it before. Line ends may be `\n`, `\r\n`
/// or `\r`; empty lines are passed over.
final class LineReader {

    private static final int MAX_LINE = 16 * 1024 * 1024;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /// @throws IllegalStateException when a line grows over 16 MiB
    void read(ByteBuffer bytes, Consumer<byte[]> lines) {
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            if (b == '\n' || b == '\r') {
                last(lines);
            } else if (line.size() == MAX_LINE) {
                throw new IllegalStateException("a line is longer than " + MAX_LINE + " bytes");
            } else {
                line.write(b);
            }
        }
    }

    /// What is left when the stream has ended: a last line without its end.
    void last(Consumer<byte[]> lines) {
        if (line.size() > 0) {
            lines.accept(line.toByteArray());
            line.reset();
        }
    }
}
