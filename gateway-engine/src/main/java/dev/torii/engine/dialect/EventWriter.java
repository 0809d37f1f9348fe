package dev.torii.engine.dialect;

import dev.torii.model.llm.StreamEvent;
import java.io.ByteArrayOutputStream;

/// Writes one streamed answer. What it writes for an event ends at the end of a server-sent event.
public interface EventWriter {

    void write(StreamEvent event, ByteArrayOutputStream out);

    /// What the client is told that the stream is.
    default String contentType() {
        return "text/event-stream";
    }
}
