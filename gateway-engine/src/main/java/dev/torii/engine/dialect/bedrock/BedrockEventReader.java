package dev.torii.engine.dialect.bedrock;

import static dev.torii.engine.dialect.Fields.textOrEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.AmazonErrors;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import dev.torii.model.llm.TokenUsage;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the events of ConverseStream. Blocks come one after another; only those of tools say that
/// they begin. The usage comes last, after the reason why the answer ended. Source: Amazon
/// Bedrock's API reference, "ConverseStream".
final class BedrockEventReader implements EventReader {

    /// The block being read.
    private static final class Open {
        private final int index;
        private final Opening opening;
        private final StringBuilder signature = new StringBuilder();
        private boolean any;

        Open(int index, Opening opening) {
            this.index = index;
            this.opening = opening;
        }
    }

    private final EventFrames frames = new EventFrames();

    private boolean started;
    private boolean ended;
    private boolean called;
    private int part = -1;
    private int passedOver = -1;
    private @Nullable Open open;
    private @Nullable Finish finish;

    @Override
    public void read(ByteBuffer bytes, Consumer<StreamEvent> sink) {
        if (ended) {
            return;
        }
        try {
            frames.read(bytes, frame -> onFrame(frame, sink));
        } catch (IllegalArgumentException _) {
            fail(LlmError.interrupted("the upstream sent a damaged event stream"), sink);
        }
    }

    @Override
    public void end(Consumer<StreamEvent> sink) {
        if (ended) {
            return;
        }
        if (finish != null && !frames.isOpen()) {
            finish(null, sink);
        } else {
            fail(LlmError.interrupted(EventReader.CUT_SHORT), sink);
        }
    }

    private void onFrame(EventFrames.Frame frame, Consumer<StreamEvent> sink) {
        if (ended) {
            return;
        }
        if (!frame.isEvent()) {
            fail(AmazonErrors.inStream(frame.type(), frame.payload()), sink);
            return;
        }
        ObjectNode data = Json.parseObjectOrNull(frame.payload());
        if (data == null) {
            return;
        }
        int index = data.path("contentBlockIndex").asInt();
        switch (frame.type()) {
            case "messageStart" -> start(sink);
            case "contentBlockStart" -> openBlock(index, data.path("start"), sink);
            case "contentBlockDelta" -> delta(index, data.path("delta"), sink);
            case "contentBlockStop" -> closeBlock(null, sink);
            case "messageStop" -> {
                closeBlock(null, sink);
                finish = BedrockFinish.read(data);
            }
            case "metadata" -> finish(BedrockUsage.read(data.path("usage")), sink);
            case null, default -> {}
        }
    }

    private void start(Consumer<StreamEvent> sink) {
        if (!started) {
            started = true;
            sink.accept(new StreamEvent.Start(null, null, 0));
        }
    }

    /// Blocks of tools that the provider runs itself are passed over.
    private void openBlock(int index, JsonNode start, Consumer<StreamEvent> sink) {
        JsonNode call = start.path("toolUse");
        closeBlock(null, sink);
        if (BedrockAnswerReader.SERVER_TOOL.equals(Fields.text(call, "type"))) {
            passedOver = index;
        } else if (call.isObject()) {
            called = true;
            open(
                    index,
                    new Opening.ToolCall(
                            textOrEmpty(call, "toolUseId"), textOrEmpty(call, "name"), false),
                    sink);
        }
    }

    private Open open(int index, Opening opening, Consumer<StreamEvent> sink) {
        start(sink);
        Open block = new Open(index, opening);
        open = block;
        part++;
        sink.accept(new StreamEvent.PartStart(0, part, opening));
        return block;
    }

    /// The block that a delta belongs to; it begins here, unless it has.
    private Open block(int index, Opening opening, Consumer<StreamEvent> sink) {
        Open block = open;
        if (block != null && block.index == index && block.opening.equals(opening)) {
            return block;
        }
        closeBlock(null, sink);
        return open(index, opening, sink);
    }

    private void delta(int index, JsonNode delta, Consumer<StreamEvent> sink) {
        String text = Fields.text(delta, "text");
        if (text != null && !text.isEmpty()) {
            piece(block(index, new Opening.Text(), sink), text, sink);
        }
        JsonNode thought = delta.path("reasoningContent");
        if (thought.isObject()) {
            thought(block(index, new Opening.Thinking(false), sink), thought, sink);
        }
        ObjectNode citation = BedrockAnswerReader.citation(delta.path("citation"));
        if (citation != null && open != null && open.opening instanceof Opening.Text) {
            sink.accept(new StreamEvent.Cited(0, part, citation));
        }
        String input = Fields.text(delta.path("toolUse"), "input");
        if (input != null && index != passedOver) {
            arguments(index, input, sink);
        }
    }

    private void arguments(int index, String input, Consumer<StreamEvent> sink) {
        Open block = open;
        if (block == null || block.index != index || !(block.opening instanceof Opening.ToolCall)) {
            fail(LlmError.interrupted("the upstream sent arguments of no open tool call"), sink);
        } else {
            piece(block, input, sink);
        }
    }

    private void piece(Open block, String text, Consumer<StreamEvent> sink) {
        if (!text.isEmpty()) {
            block.any = true;
            sink.accept(new StreamEvent.PartDelta(0, part, text));
        }
    }

    private void thought(Open block, JsonNode thought, Consumer<StreamEvent> sink) {
        piece(block, textOrEmpty(thought, "text"), sink);
        block.signature.append(textOrEmpty(thought, "signature"));
        String redacted = Fields.text(thought, "redactedContent");
        if (redacted != null) {
            closeBlock(BedrockSeals.encrypted(redacted), sink);
        }
    }

    /// @param seal in place of the block's own
    private void closeBlock(@Nullable Seal seal, Consumer<StreamEvent> sink) {
        Open block = open;
        if (block == null) {
            return;
        }
        if (block.opening instanceof Opening.ToolCall && !block.any) {
            sink.accept(new StreamEvent.PartDelta(0, part, "{}"));
        }
        Seal own = BedrockSeals.signature(block.signature.toString());
        sink.accept(new StreamEvent.PartEnd(0, part, seal == null ? own : seal));
        open = null;
    }

    private void finish(@Nullable TokenUsage usage, Consumer<StreamEvent> sink) {
        start(sink);
        closeBlock(null, sink);
        if (usage != null) {
            sink.accept(new StreamEvent.Counted(usage));
        }
        Finish reason = finish == null ? Finish.of(Finish.Kind.UNKNOWN) : finish;
        sink.accept(new StreamEvent.Finished(0, called ? reason.withToolCalls() : reason));
        ended = true;
        sink.accept(new StreamEvent.Ended());
    }

    private void fail(LlmError error, Consumer<StreamEvent> sink) {
        closeBlock(null, sink);
        sink.accept(new StreamEvent.Failed(error));
        ended = true;
        sink.accept(new StreamEvent.Ended());
    }
}
