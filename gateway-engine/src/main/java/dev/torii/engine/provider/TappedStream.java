package dev.torii.engine.provider;

import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.model.llm.LlmError;
import java.nio.ByteBuffer;

/// A stream that passes as it is, and is read along.
final class TappedStream implements AnswerStream {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final AnswerNotes notes;
    private final EventReader reader;
    private final ClientDialect client;

    TappedStream(LlmCall call, EventReader reader, ClientDialect client) {
        this.notes = new AnswerNotes(call);
        this.reader = reader;
        this.client = client;
    }

    @Override
    public ByteBuffer onBytes(ByteBuffer bytes) {
        reader.read(bytes.duplicate(), notes::take);
        return bytes;
    }

    @Override
    public ByteBuffer onEnd() {
        // A failure that the provider told of has passed already.
        boolean told = notes.failed();
        reader.end(notes::take);
        return notes.complete() || told ? NOTHING : failure(EventReader.CUT_SHORT);
    }

    @Override
    public ByteBuffer onFailure(String message) {
        return notes.complete() ? NOTHING : failure(message);
    }

    private ByteBuffer failure(String message) {
        return ByteBuffer.wrap(client.writeFailure(LlmError.interrupted(message)));
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
