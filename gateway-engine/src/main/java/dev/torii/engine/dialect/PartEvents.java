package dev.torii.engine.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import dev.torii.model.llm.TokenUsage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The events of a streamed answer of one choice. A reader says what comes; parts open and close as
/// [StreamEvent] wants it, and nothing follows the end.
public final class PartEvents {

    private boolean started;
    private boolean ended;
    private boolean called;
    private int part = -1;
    private @Nullable Opening open;
    private boolean any;

    public boolean ended() {
        return ended;
    }

    /// Only the first start counts.
    public void start(
            @Nullable String id, @Nullable String model, long created, Consumer<StreamEvent> sink) {
        if (!started) {
            started = true;
            sink.accept(new StreamEvent.Start(id, model, created));
        }
    }

    public void text(String piece, Consumer<StreamEvent> sink) {
        piece(new Opening.Text(), piece, sink);
    }

    public void thought(String piece, boolean summary, Consumer<StreamEvent> sink) {
        piece(new Opening.Thinking(summary), piece, sink);
    }

    /// A piece of the open part, or of one that it opens where another kind is open.
    private void piece(Opening opening, String piece, Consumer<StreamEvent> sink) {
        if (piece.isEmpty()) {
            return;
        }
        if (!opening.equals(open)) {
            open(opening, sink);
        }
        delta(piece, sink);
    }

    /// Where the open text was found.
    public void cite(ObjectNode citation, Consumer<StreamEvent> sink) {
        if (open instanceof Opening.Text) {
            sink.accept(new StreamEvent.Cited(0, part, citation));
        }
    }

    /// A tool call begins.
    public void call(String id, String name, Consumer<StreamEvent> sink) {
        called = true;
        open(new Opening.ToolCall(id, name, false), sink);
    }

    /// A piece of the open call's arguments.
    public void arguments(String piece, Consumer<StreamEvent> sink) {
        if (open instanceof Opening.ToolCall && !piece.isEmpty()) {
            delta(piece, sink);
        }
    }

    private void open(Opening opening, Consumer<StreamEvent> sink) {
        close(sink);
        start(null, null, 0, sink);
        part++;
        open = opening;
        any = false;
        sink.accept(new StreamEvent.PartStart(0, part, opening));
    }

    private void delta(String piece, Consumer<StreamEvent> sink) {
        any = true;
        sink.accept(new StreamEvent.PartDelta(0, part, piece));
    }

    /// The open part, if any, is whole. A call that came without arguments takes none.
    public void close(Consumer<StreamEvent> sink) {
        if (open == null) {
            return;
        }
        if (open instanceof Opening.ToolCall && !any) {
            delta("{}", sink);
        }
        open = null;
        sink.accept(new StreamEvent.PartEnd(0, part, null));
    }

    /// The answer is whole.
    public void finish(Finish finish, @Nullable TokenUsage usage, Consumer<StreamEvent> sink) {
        start(null, null, 0, sink);
        close(sink);
        if (usage != null) {
            sink.accept(new StreamEvent.Counted(usage));
        }
        sink.accept(new StreamEvent.Finished(0, called ? finish.withToolCalls() : finish));
        end(sink);
    }

    public void fail(LlmError error, Consumer<StreamEvent> sink) {
        close(sink);
        sink.accept(new StreamEvent.Failed(error));
        end(sink);
    }

    /// The upstream has ended; an answer that was not whole by then was cut short.
    public void upstreamEnded(Consumer<StreamEvent> sink) {
        if (!ended) {
            fail(LlmError.interrupted(EventReader.CUT_SHORT), sink);
        }
    }

    private void end(Consumer<StreamEvent> sink) {
        ended = true;
        sink.accept(new StreamEvent.Ended());
    }
}
