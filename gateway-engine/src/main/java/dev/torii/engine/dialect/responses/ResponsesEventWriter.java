package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.engine.dialect.SealWrap;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import dev.torii.model.llm.TokenUsage;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// Writes the events of a streamed response. An item closes when the next one begins or the answer
/// ends, and the last event has the whole response. Source: OpenAI's API reference, "Streaming
/// events".
final class ResponsesEventWriter implements EventWriter {

    /// Clients give up on a stream without events, and comments are none to them: of so many signs
    /// of life in a row the last is an event.
    private static final int TICKS_TO_AN_EVENT = 4;

    private final LlmRequest request;
    private final ResponsesNames names;
    private final ResponsesEvents events = new ResponsesEvents(0);
    private final ArrayNode output = Json.array();
    private ResponsesFrame frame;
    private boolean started;
    private boolean refused;
    private boolean failed;
    private int ticks;
    private @Nullable OpenItem open;
    private @Nullable Finish finish;
    private @Nullable TokenUsage usage;

    ResponsesEventWriter(LlmRequest request) {
        this.request = request;
        this.names = new ResponsesNames(request.extra().kept());
        this.frame = new ResponsesFrame(request, null, null, 0);
    }

    @Override
    public void write(StreamEvent event, ByteArrayOutputStream out) {
        events.to(out);
        ticks = event instanceof StreamEvent.Tick ? ticks + 1 : 0;
        switch (event) {
            case StreamEvent.Start(var id, var model, var created) -> {
                frame = new ResponsesFrame(request, id, model, created);
                start();
            }
            case StreamEvent.PartStart(var choice, var _, var opening) -> {
                if (choice == 0) {
                    begin(opening);
                }
            }
            case StreamEvent.PartDelta(var choice, var _, var text) -> {
                if (choice == 0 && open != null) {
                    open.piece(text);
                }
            }
            case StreamEvent.Cited(var choice, var _, var citation) -> {
                if (choice == 0 && open != null) {
                    open.cite(citation);
                }
            }
            case StreamEvent.Weighed(var choice, var _, var tokens) -> {
                if (choice == 0 && open != null) {
                    open.weigh(tokens);
                }
            }
            case StreamEvent.PartEnd(var choice, var _, var seal) -> {
                if (choice == 0) {
                    end(seal);
                }
            }
            case StreamEvent.Counted(var now) -> usage = now;
            case StreamEvent.Finished(var choice, var reason) -> {
                if (choice == 0) {
                    finish = reason;
                    closeLast(reason);
                }
            }
            case StreamEvent.Failed(var error) -> fail(error);
            case StreamEvent.Tick _ -> tick();
            case StreamEvent.Ended _ -> end();
        }
    }

    private void start() {
        started = true;
        events.response("response.created", frame.inProgress());
        events.response("response.in_progress", frame.inProgress());
    }

    private void tick() {
        if (started && ticks % TICKS_TO_AN_EVENT == 0) {
            events.response("response.in_progress", frame.inProgress());
        } else {
            events.comment();
        }
    }

    private void begin(Opening opening) {
        if (opening instanceof Opening.Image) {
            // An item would say that OpenAI's tool drew it.
            close("completed");
            return;
        }
        refused |= opening instanceof Opening.Refusal;
        OpenItem item = open;
        if (item == null || !item.takes(opening)) {
            close("completed");
            item = item(opening);
            open = item;
        }
        item.begin(opening);
    }

    private OpenItem item(Opening opening) {
        return switch (opening) {
            case Opening.Text _ -> message();
            case Opening.Refusal _ -> message();
            case Opening.Image _ -> throw new IllegalStateException("no item for it");
            case Opening.Thinking(var summary) ->
                    thought(ResponsesReasoning.abridged(summary, request));
            case Opening.ToolCall(var callId, var name, var custom) ->
                    new OpenCall(
                            events,
                            id(custom ? "ctc" : "fc"),
                            output.size(),
                            ResponsesIds.ofCall(callId),
                            names.find(name),
                            custom);
        };
    }

    private OpenItem message() {
        return new OpenMessage(events, id("msg"), output.size());
    }

    private OpenReasoning thought(boolean abridged) {
        return new OpenReasoning(events, id("rs"), output.size(), abridged);
    }

    private String id(String kind) {
        return ResponsesIds.ofItem(kind, frame.id(), output.size());
    }

    private void end(@Nullable Seal seal) {
        OpenItem item = open;
        if (item == null) {
            return;
        }
        item.end(seal);
        if (seal != null && item instanceof OpenCall call) {
            close("completed");
            OpenReasoning carrier = thought(true);
            carrier.carry(SealWrap.wrap(seal, call.callId()));
            open = carrier;
        }
    }

    private void closeLast(Finish reason) {
        close(ResponsesFinish.incomplete(reason, refused) == null ? "completed" : "incomplete");
    }

    private void close(String status) {
        if (open != null) {
            output.add(open.close(status));
            open = null;
        }
    }

    private void fail(LlmError error) {
        if (failed) {
            return;
        }
        failed = true;
        if (!started) {
            start();
        }
        events.write(ResponsesErrors.event(error));
        events.response("response.failed", frame.failed(output, error));
    }

    private void end() {
        if (failed) {
            return;
        }
        Finish reason = finish == null ? Finish.of(Finish.Kind.UNKNOWN) : finish;
        if (reason.kind() == Finish.Kind.ERROR) {
            fail(LlmError.interrupted("the provider broke the answer off and gave no reason"));
            return;
        }
        String status = ResponsesFinish.status(reason, refused);
        events.response(
                "response." + status,
                frame.ended(status, output, ResponsesFinish.incomplete(reason, refused), usage));
    }
}
