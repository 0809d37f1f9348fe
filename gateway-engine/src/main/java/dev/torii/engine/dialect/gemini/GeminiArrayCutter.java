package dev.torii.engine.dialect.gemini;

import dev.torii.engine.sse.SseReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Cuts a JSON array into its objects as they come, wherever the network cut it before. A single
/// object is taken for an array of one.
final class GeminiArrayCutter {

    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private int depth;
    private boolean text;
    private boolean escaped;

    /// @throws IllegalStateException when an object grows over [SseReader#MAX_EVENT]
    void read(ByteBuffer bytes, Consumer<byte[]> sink) {
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            if (depth == 0 && b != '{') {
                continue;
            }
            piece.write(b);
            count(b);
            if (depth == 0) {
                sink.accept(piece.toByteArray());
                piece.reset();
            } else if (piece.size() > SseReader.MAX_EVENT) {
                throw new IllegalStateException(
                        "an element of a stream is longer than " + SseReader.MAX_EVENT + " bytes");
            }
        }
    }

    private void count(byte b) {
        if (text) {
            if (escaped) {
                escaped = false;
            } else if (b == '\\') {
                escaped = true;
            } else if (b == '"') {
                text = false;
            }
        } else {
            switch (b) {
                case '"' -> text = true;
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
        }
    }
}
