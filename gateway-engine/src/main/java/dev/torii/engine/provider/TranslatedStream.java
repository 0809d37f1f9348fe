package dev.torii.engine.provider;

import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.StreamEvent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.function.Consumer;

/// A stream that is said again in the client's dialect, event by event.
final class TranslatedStream implements AnswerStream {

    /// How much of an answer is kept to count its tokens, in characters.
    private static final int MAX_KEPT = 8 * 1024 * 1024;

    private final LlmCall call;
    private final EventReader reader;
    private final EventWriter writer;
    private final InstantSource clock;
    private final StringBuilder text = new StringBuilder();

    private boolean firstToken;
    private boolean finished;
    private boolean failed;

    TranslatedStream(LlmCall call, EventReader reader, EventWriter writer, InstantSource clock) {
        this.call = call;
        this.reader = reader;
        this.writer = writer;
        this.clock = clock;
        call.answer(text::toString);
    }

    @Override
    public ByteBuffer onBytes(ByteBuffer bytes) {
        return written(sink -> reader.read(bytes, sink));
    }

    @Override
    public ByteBuffer onEnd() {
        return written(reader::end);
    }

    @Override
    public ByteBuffer onFailure(String message) {
        if (complete()) {
            return ByteBuffer.allocate(0);
        }
        return written(sink -> {
            sink.accept(new StreamEvent.Failed(LlmError.interrupted(message)));
            sink.accept(new StreamEvent.Ended());
        });
    }

    private ByteBuffer written(Consumer<Consumer<StreamEvent>> source) {
        var out = new ByteArrayOutputStream();
        source.accept(event -> writer.write(seen(event), out));
        return ByteBuffer.wrap(out.toByteArray());
    }

    private StreamEvent seen(StreamEvent event) {
        switch (event) {
            case StreamEvent.Start(var id, var model, var created) -> {
                if (model != null) {
                    call.responseModel(model);
                }
                if (created == 0) {
                    return new StreamEvent.Start(id, model, clock.instant().getEpochSecond());
                }
            }
            case StreamEvent.PartStart(_, _, StreamEvent.Opening.ToolCall(_, var name, _)) ->
                    keep(name);
            case StreamEvent.PartDelta(_, _, var piece) -> {
                firstToken = true;
                keep(piece);
            }
            case StreamEvent.Counted(var usage) -> call.usage(usage);
            case StreamEvent.Finished _ -> finished = true;
            case StreamEvent.Failed _ -> failed = true;
            default -> {}
        }
        return event;
    }

    private void keep(String piece) {
        if (text.length() + piece.length() <= MAX_KEPT) {
            text.append(piece);
        }
    }

    @Override
    public boolean firstTokenSeen() {
        return firstToken;
    }

    @Override
    public boolean complete() {
        return finished && !failed;
    }
}
