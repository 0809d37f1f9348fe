package dev.torii.engine.dialect.anthropic;

import static dev.torii.engine.dialect.Fields.textOrEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.sse.SseEvent;
import dev.torii.engine.sse.SseReader;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import dev.torii.model.llm.TokenUsage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the events of a streamed message. Blocks come one after another; blocks that only
/// Anthropic's clients understand, such as those of its own tools, are passed over. Source:
/// Anthropic's API reference, "Streaming Messages".
final class AnthropicEventReader implements EventReader {

    private final SseReader events = new SseReader();
    private final AnthropicUsage usage = new AnthropicUsage();

    private boolean started;
    private boolean ended;
    private int part = -1;
    private @Nullable Open open;
    private @Nullable Finish finish;

    /// The block being read.
    ///
    /// @param call whether it is a tool call, which may come without a single argument
    private record Open(boolean call, boolean any, @Nullable Seal seal) {}

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
        if (!ended) {
            fail(LlmError.interrupted(EventReader.CUT_SHORT), sink);
        }
    }

    private void onEvent(SseEvent event, Consumer<StreamEvent> sink) {
        ObjectNode data = Json.parseObjectOrNull(event.data().getBytes(StandardCharsets.UTF_8));
        if (data == null || ended) {
            return;
        }
        switch (Fields.text(data, "type")) {
            case "message_start" -> start(data.path("message"), sink);
            case "content_block_start" -> {
                start(Json.object(), sink);
                openBlock(data.path("content_block"), sink);
            }
            case "content_block_delta" -> delta(data.path("delta"), sink);
            case "content_block_stop" -> closeBlock(sink);
            case "message_delta" -> {
                usage.update(data.path("usage"));
                if (data.path("delta").hasNonNull("stop_reason")) {
                    finish = AnthropicFinish.read(data.path("delta"));
                }
            }
            case "message_stop" -> stop(sink);
            case "ping" -> sink.accept(new StreamEvent.Tick());
            case "error" ->
                    fail(
                            AnthropicErrors.read(
                                    200,
                                    data.path("error") instanceof ObjectNode error
                                            ? error
                                            : Json.object()),
                            sink);
            case null, default -> {}
        }
    }

    private void start(JsonNode message, Consumer<StreamEvent> sink) {
        if (started) {
            return;
        }
        started = true;
        usage.update(message.path("usage"));
        sink.accept(
                new StreamEvent.Start(
                        Fields.text(message, "id"), Fields.text(message, "model"), 0));
        if (usage.isKnown()) {
            sink.accept(new StreamEvent.Counted(usage.tokens(TokenUsage.Source.PARTIAL)));
        }
    }

    private void openBlock(JsonNode block, Consumer<StreamEvent> sink) {
        closeBlock(sink);
        if (!(block instanceof ObjectNode object)) {
            return;
        }
        switch (Fields.text(object, "type")) {
            case "text" -> open(new Opening.Text(), textOrEmpty(object, "text"), null, sink);
            case "thinking" ->
                    open(new Opening.Thinking(false), textOrEmpty(object, "thinking"), null, sink);
            case "redacted_thinking" ->
                    open(
                            new Opening.Thinking(false),
                            "",
                            AnthropicSeals.encrypted(textOrEmpty(object, "data")),
                            sink);
            case "tool_use" ->
                    open(
                            new Opening.ToolCall(
                                    textOrEmpty(object, "id"), textOrEmpty(object, "name"), false),
                            object.path("input").isEmpty() ? "" : Json.text(object.path("input")),
                            null,
                            sink);
            case null, default -> {}
        }
    }

    private void open(
            Opening opening, String text, @Nullable Seal seal, Consumer<StreamEvent> sink) {
        part++;
        open = new Open(opening instanceof Opening.ToolCall, false, seal);
        sink.accept(new StreamEvent.PartStart(0, part, opening));
        piece(text, sink);
    }

    private void piece(@Nullable String text, Consumer<StreamEvent> sink) {
        Open block = open;
        if (block != null && text != null && !text.isEmpty()) {
            open = new Open(block.call, true, block.seal);
            sink.accept(new StreamEvent.PartDelta(0, part, text));
        }
    }

    private void delta(JsonNode delta, Consumer<StreamEvent> sink) {
        switch (Fields.text(delta, "type")) {
            case "text_delta" -> piece(Fields.text(delta, "text"), sink);
            case "input_json_delta" -> piece(Fields.text(delta, "partial_json"), sink);
            case "thinking_delta" -> piece(Fields.text(delta, "thinking"), sink);
            case "citations_delta" -> {
                ObjectNode citation = AnthropicAnswerReader.citation(delta.path("citation"));
                if (open != null && citation != null) {
                    sink.accept(new StreamEvent.Cited(0, part, citation));
                }
            }
            case "signature_delta" -> {
                Open block = open;
                if (block != null) {
                    Seal seal = AnthropicSeals.signature(Fields.text(delta, "signature"));
                    open = new Open(block.call, block.any, seal);
                }
            }
            case null, default -> {}
        }
    }

    private void closeBlock(Consumer<StreamEvent> sink) {
        Open block = open;
        if (block == null) {
            return;
        }
        if (block.call && !block.any) {
            sink.accept(new StreamEvent.PartDelta(0, part, "{}"));
        }
        sink.accept(new StreamEvent.PartEnd(0, part, block.seal));
        open = null;
    }

    private void stop(Consumer<StreamEvent> sink) {
        start(Json.object(), sink);
        closeBlock(sink);
        if (usage.isKnown()) {
            sink.accept(new StreamEvent.Counted(usage.tokens(TokenUsage.Source.FINAL)));
        }
        Finish reason = finish;
        sink.accept(
                new StreamEvent.Finished(
                        0, reason == null ? Finish.of(Finish.Kind.UNKNOWN) : reason));
        ended = true;
        sink.accept(new StreamEvent.Ended());
    }

    private void fail(LlmError error, Consumer<StreamEvent> sink) {
        ended = true;
        closeBlock(sink);
        sink.accept(new StreamEvent.Failed(error));
        sink.accept(new StreamEvent.Ended());
    }
}
