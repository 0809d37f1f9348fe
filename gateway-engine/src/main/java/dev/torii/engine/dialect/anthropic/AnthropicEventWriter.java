package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.engine.dialect.SealWrap;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import dev.torii.model.llm.TokenUsage;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// Writes the events of a streamed message. `message_start` waits for the first thing that there is
/// to tell, since its usage may come behind the start, and `message_delta` for the end, since the
/// usage may come behind the finish. A block begins with its first piece, so that there is no empty
/// one; a call begins with its second, so that a seal that comes with a whole call can stand before
/// it. Source: Anthropic's API reference, "Streaming Messages".
final class AnthropicEventWriter implements EventWriter {

    private final LlmRequest request;
    private final AnthropicBlockWriter blocks = new AnthropicBlockWriter();

    private StreamEvent.Start start = new StreamEvent.Start(null, null, 0);
    private boolean begun;
    private boolean started;
    private boolean failed;
    private @Nullable Opening part;
    private @Nullable String held;
    private Finish finish = Finish.of(Finish.Kind.UNKNOWN);
    private boolean calls;
    private @Nullable TokenUsage usage;

    AnthropicEventWriter(LlmRequest request) {
        this.request = request;
    }

    @Override
    public void write(StreamEvent event, ByteArrayOutputStream out) {
        switch (event) {
            case StreamEvent.Start its -> {
                start = its;
                begun = true;
            }
            case StreamEvent.Counted(var now) -> usage = now;
            case StreamEvent.Tick _ -> tick(out);
            case StreamEvent.PartStart(var choice, _, var opening) -> {
                if (choice == 0) {
                    start(out);
                    blocks.close(out);
                    // A model of this dialect's kind draws nothing; there is no block for it.
                    part = opening instanceof Opening.Image ? null : opening;
                    held = null;
                    calls |= opening instanceof Opening.ToolCall;
                }
            }
            case StreamEvent.PartDelta(var choice, _, var text) -> {
                if (choice == 0 && part != null) {
                    piece(part, text, out);
                }
            }
            case StreamEvent.PartEnd(var choice, _, var seal) -> {
                if (choice == 0 && part != null) {
                    end(part, seal, out);
                    part = null;
                }
            }
            case StreamEvent.Finished(var choice, var its) -> {
                if (choice == 0) {
                    start(out);
                    finish = its;
                }
            }
            case StreamEvent.Failed(var error) -> {
                failed = true;
                AnthropicSse.write(AnthropicErrors.json(error), out);
            }
            case StreamEvent.Cited _, StreamEvent.Weighed _ -> {}
            case StreamEvent.Ended _ -> stop(out);
        }
    }

    private void start(ByteArrayOutputStream out) {
        if (started) {
            return;
        }
        started = true;
        ObjectNode message = AnthropicAnswerWriter.message(start.id(), start.model(), request);
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        message.set("usage", AnthropicUsage.jsonOfMessage(usage));
        ObjectNode event = AnthropicSse.event("message_start");
        event.set("message", message);
        AnthropicSse.write(event, out);
    }

    /// Clients take nothing before the start but a comment.
    private void tick(ByteArrayOutputStream out) {
        if (!begun && !started) {
            AnthropicSse.comment(out);
            return;
        }
        start(out);
        AnthropicSse.write(AnthropicSse.event("ping"), out);
    }

    private void piece(Opening opening, String text, ByteArrayOutputStream out) {
        if (blocks.isOpen()) {
            blocks.piece(opening, text, out);
        } else if (opening instanceof Opening.ToolCall && held == null) {
            held = text;
        } else {
            open(opening, out);
            blocks.piece(opening, text, out);
        }
    }

    private void open(Opening opening, ByteArrayOutputStream out) {
        blocks.open(opening, out);
        if (held != null) {
            blocks.piece(opening, held, out);
            held = null;
        }
    }

    private void end(Opening opening, @Nullable Seal seal, ByteArrayOutputStream out) {
        switch (opening) {
            case Opening.ToolCall(var id, _, _) -> {
                String carried = seal == null ? null : SealWrap.wrap(seal, AnthropicIds.ofCall(id));
                boolean whole = !blocks.isOpen();
                if (whole) {
                    carry(carried, out);
                    open(opening, out);
                }
                blocks.close(out);
                if (!whole) {
                    carry(carried, out);
                }
            }
            case Opening.Thinking _ -> {
                if (seal != null && !blocks.isOpen() && isRedacted(seal)) {
                    blocks.whole(AnthropicBlocks.json("", seal), out);
                } else {
                    if (seal != null) {
                        if (!blocks.isOpen()) {
                            blocks.open(opening, out);
                        }
                        blocks.sign(SealWrap.carried(seal, AnthropicDialect.NAME), out);
                    }
                    blocks.close(out);
                }
            }
            case Opening.Text _, Opening.Refusal _, Opening.Image _ -> blocks.close(out);
        }
    }

    private static boolean isRedacted(Seal seal) {
        return AnthropicSeals.isOwn(seal) && seal.kind() == Seal.Kind.ENCRYPTED;
    }

    /// The seal of a call, which has no place for it, as a thought without words.
    private void carry(@Nullable String seal, ByteArrayOutputStream out) {
        if (seal != null) {
            blocks.open(new Opening.Thinking(false), out);
            blocks.sign(seal, out);
            blocks.close(out);
        }
    }

    private void stop(ByteArrayOutputStream out) {
        if (failed) {
            return;
        }
        start(out);
        blocks.close(out);
        if (finish.kind() == Finish.Kind.ERROR) {
            AnthropicSse.write(
                    AnthropicErrors.json(
                            LlmError.interrupted(
                                    "the provider broke the answer off and gave no reason")),
                    out);
            return;
        }
        ObjectNode event = AnthropicSse.event("message_delta");
        AnthropicFinish.write(calls ? finish.withToolCalls() : finish, event.putObject("delta"));
        event.set("usage", AnthropicUsage.json(usage));
        AnthropicSse.write(event, out);
        AnthropicSse.write(AnthropicSse.event("message_stop"), out);
    }
}
