package dev.torii.engine.provider;

import dev.torii.engine.dialect.ClientDialect;
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

    private final AnswerNotes notes;
    private final AnswerLosses losses;
    private final EventReader reader;
    private final EventWriter writer;
    private final InstantSource clock;

    TranslatedStream(LlmCall call, EventReader reader, ClientDialect client, InstantSource clock) {
        this.notes = new AnswerNotes(call);
        this.losses = new AnswerLosses(client, call.losses());
        this.reader = reader;
        this.writer = client.writer(call.asked());
        this.clock = clock;
    }

    @Override
    public String contentType() {
        return writer.contentType();
    }

    @Override
    public ByteBuffer signOfLife() {
        return written(sink -> sink.accept(new StreamEvent.Tick()));
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
        // A failure that the provider told of has been said already.
        if (complete() || notes.failure() != null) {
            return ByteBuffer.allocate(0);
        }
        return written(sink -> {
            sink.accept(new StreamEvent.Failed(LlmError.interrupted(message)));
            sink.accept(new StreamEvent.Ended());
        });
    }

    private ByteBuffer written(Consumer<Consumer<StreamEvent>> source) {
        var out = new ByteArrayOutputStream();
        source.accept(event -> {
            notes.take(event);
            losses.take(event);
            writer.write(dated(event), out);
        });
        return ByteBuffer.wrap(out.toByteArray());
    }

    private StreamEvent dated(StreamEvent event) {
        return event instanceof StreamEvent.Start(var id, var model, var created) && created == 0
                ? new StreamEvent.Start(id, model, clock.instant().getEpochSecond())
                : event;
    }

    @Override
    public boolean firstTokenSeen() {
        return notes.firstTokenSeen();
    }

    @Override
    public boolean complete() {
        return notes.complete();
    }
}
