package dev.torii.engine.dialect.ollama;

import static dev.torii.engine.dialect.Fields.textOrEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.PartEvents;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.StreamEvent;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Reads a streamed answer, to a chat or to a prompt: an object a line, tool calls whole, and all
/// counts on the line that is `done`.
final class OllamaEventReader implements EventReader {

    private final LineReader lines = new LineReader();
    private final PartEvents parts = new PartEvents();
    private int calls;

    @Override
    public void read(ByteBuffer bytes, Consumer<StreamEvent> sink) {
        lines.read(bytes, line -> onLine(line, sink));
    }

    @Override
    public void end(Consumer<StreamEvent> sink) {
        lines.last(line -> onLine(line, sink));
        parts.upstreamEnded(sink);
    }

    private void onLine(byte[] bytes, Consumer<StreamEvent> sink) {
        ObjectNode line = Json.parseObjectOrNull(bytes);
        if (line == null || parts.ended()) {
            return;
        }
        if (line.hasNonNull("error")) {
            parts.fail(OllamaErrors.inStream(line), sink);
            return;
        }
        parts.start(null, Fields.text(line, "model"), OllamaFinish.created(line), sink);
        JsonNode message = line.path("message");
        parts.thought(textOrEmpty(message, "thinking"), false, sink);
        parts.thought(textOrEmpty(line, "thinking"), false, sink);
        parts.text(textOrEmpty(message, "content"), sink);
        parts.text(textOrEmpty(line, "response"), sink);
        for (JsonNode given : message.path("tool_calls")) {
            Part.ToolCall call = OllamaCalls.read(given, line, calls++);
            parts.call(call.id(), call.name(), sink);
            parts.arguments(call.arguments(), sink);
            parts.close(sink);
        }
        if (line.path("done").booleanValue()) {
            parts.finish(OllamaFinish.read(line), OllamaFinish.usage(line), sink);
        }
    }
}
