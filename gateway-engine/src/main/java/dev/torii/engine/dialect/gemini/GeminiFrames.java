package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// What stands around the responses of a stream.
sealed interface GeminiFrames {

    void chunk(ObjectNode response, ByteArrayOutputStream out);

    /// Says nothing, so that nobody takes the connection for dead.
    void tick(ByteArrayOutputStream out);

    void end(ByteArrayOutputStream out);

    String contentType();

    private static void write(String text, ByteArrayOutputStream out) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Server-sent events; nothing marks the last one.
    final class Events implements GeminiFrames {

        @Override
        public void chunk(ObjectNode response, ByteArrayOutputStream out) {
            write("data: " + Json.text(response) + "\n\n", out);
        }

        @Override
        public void tick(ByteArrayOutputStream out) {
            write(": torii\n\n", out);
        }

        @Override
        public void end(ByteArrayOutputStream out) {}

        @Override
        public String contentType() {
            return "text/event-stream";
        }
    }

    /// One JSON array, which may have blanks between its elements.
    final class Array implements GeminiFrames {

        private boolean any;

        @Override
        public void chunk(ObjectNode response, ByteArrayOutputStream out) {
            write((any ? ",\n" : "[") + Json.text(response), out);
            any = true;
        }

        @Override
        public void tick(ByteArrayOutputStream out) {
            write("\n", out);
        }

        @Override
        public void end(ByteArrayOutputStream out) {
            write(any ? "]" : "[]", out);
        }

        @Override
        public String contentType() {
            return "application/json";
        }
    }
}
