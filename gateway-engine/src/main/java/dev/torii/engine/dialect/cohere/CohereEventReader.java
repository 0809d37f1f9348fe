package dev.torii.engine.dialect.cohere;

import static dev.torii.engine.dialect.Fields.textOrEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.PartEvents;
import dev.torii.engine.sse.SseEvent;
import dev.torii.engine.sse.SseReader;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.StreamEvent;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Reads the events of a streamed chat. The `type` in the data says what an event is; citations
/// stand between the pieces of a text, which goes on behind them. Source: Cohere's guide, "A Guide
/// to Streaming Responses".
final class CohereEventReader implements EventReader {

    private final SseReader events = new SseReader();
    private final PartEvents parts = new PartEvents();

    /// Whether arguments of the open call have come.
    private boolean argued;

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
        JsonNode message = data.path("delta").path("message");
        switch (Fields.text(data, "type")) {
            case "message-start" -> parts.start(Fields.text(data, "id"), null, 0, sink);
            case "tool-plan-delta" -> parts.thought(textOrEmpty(message, "tool_plan"), true, sink);
            case "content-start", "content-delta" -> content(message.path("content"), sink);
            case "citation-start" ->
                    CohereAnswerReader.sources(message.path("citations"))
                            .forEach(citation -> parts.cite(citation, sink));
            case "tool-call-start" -> call(message.path("tool_calls"), sink);
            case "tool-call-delta" -> arguments(message.path("tool_calls"), sink);
            case "content-end", "tool-call-end" -> parts.close(sink);
            case "message-end" -> end(data.path("delta"), sink);
            case null -> {
                if (data.has("message")) {
                    parts.fail(CohereErrors.read(200, data), sink);
                }
            }
            default -> {}
        }
    }

    private void content(JsonNode content, Consumer<StreamEvent> sink) {
        parts.thought(textOrEmpty(content, "thinking"), false, sink);
        parts.text(textOrEmpty(content, "text"), sink);
    }

    private void call(JsonNode call, Consumer<StreamEvent> sink) {
        argued = false;
        parts.call(textOrEmpty(call, "id"), textOrEmpty(call.path("function"), "name"), sink);
        arguments(call, sink);
    }

    private void arguments(JsonNode call, Consumer<StreamEvent> sink) {
        String arguments = textOrEmpty(call.path("function"), "arguments");
        if (argued || !CohereAnswerReader.isNone(arguments)) {
            argued = true;
            parts.arguments(arguments, sink);
        }
    }

    private void end(JsonNode delta, Consumer<StreamEvent> sink) {
        String error = Fields.text(delta, "error");
        if (error != null) {
            parts.fail(new LlmError(LlmError.Kind.SERVER, 200, error, null, null), sink);
        } else {
            parts.finish(CohereFinish.read(delta), CohereUsage.read(delta.path("usage")), sink);
        }
    }
}
