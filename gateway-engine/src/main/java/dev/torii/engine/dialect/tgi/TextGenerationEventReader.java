package dev.torii.engine.dialect.tgi;

import static dev.torii.engine.dialect.Fields.textOrEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.PartEvents;
import dev.torii.engine.sse.SseEvent;
import dev.torii.engine.sse.SseReader;
import dev.torii.model.llm.StreamEvent;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Reads a streamed answer: a token an event, and the whole text again with the last one. There is
/// no other end.
final class TextGenerationEventReader implements EventReader {

    private final SseReader events = new SseReader();
    private final PartEvents parts = new PartEvents();

    @Override
    public void read(ByteBuffer bytes, Consumer<StreamEvent> sink) {
        events.read(bytes, event -> onEvent(event, sink));
    }

    @Override
    public void end(Consumer<StreamEvent> sink) {
        SseEvent last = events.last();
        if (last != null) {
            onEvent(last, sink);
        }
        parts.upstreamEnded(sink);
    }

    private void onEvent(SseEvent event, Consumer<StreamEvent> sink) {
        ObjectNode data = Fields.parsed(event.data());
        if (data == null || parts.ended()) {
            return;
        }
        if (data.hasNonNull("error")) {
            parts.fail(TextGenerationErrors.read(200, data), sink);
            return;
        }
        parts.start(null, null, 0, sink);
        JsonNode token = data.path("token");
        // Such as the mark that ends a text.
        if (!token.path("special").booleanValue()) {
            parts.text(textOrEmpty(token, "text"), sink);
        }
        if (data.path("generated_text").isTextual()) {
            JsonNode details = data.path("details");
            parts.finish(
                    TextGenerationReader.finish(details),
                    TextGenerationReader.usage(details),
                    sink);
        }
    }
}
