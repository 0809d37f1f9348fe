package dev.torii.engine.provider;

import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.model.llm.LlmError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A stream that passes as it is, and is read along.
final class TappedStream implements AnswerStream {

    private static final byte[] COMMENT = ": torii\n\n".getBytes(StandardCharsets.UTF_8);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final AnswerNotes notes;
    private final EventReader reader;
    private final ClientDialect client;
    private final boolean events;
    private int lastLineEnds = 2;

    /// @param events whether it is made of server-sent events
    TappedStream(LlmCall call, EventReader reader, ClientDialect client, boolean events) {
        this.notes = new AnswerNotes(call);
        this.reader = reader;
        this.client = client;
        this.events = events;
    }

    @Override
    public ByteBuffer onBytes(ByteBuffer bytes) {
        reader.read(bytes.duplicate(), notes::take);
        for (int i = bytes.position(); events && i < bytes.limit(); i++) {
            byte b = bytes.get(i);
            lastLineEnds = b == '\n' ? lastLineEnds + 1 : b == '\r' ? lastLineEnds : 0;
        }
        return bytes;
    }

    /// A comment, but not in the midst of an event.
    @Override
    public ByteBuffer signOfLife() {
        return events && lastLineEnds > 1 ? ByteBuffer.wrap(COMMENT.clone()) : NOTHING;
    }

    @Override
    public ByteBuffer onEnd() {
        // A failure that the provider told of has passed already.
        boolean told = notes.failure() != null;
        reader.end(notes::take);
        LlmError failure = notes.failure();
        return notes.complete() || told
                ? NOTHING
                : failure(failure == null ? EventReader.CUT_SHORT : failure.message());
    }

    @Override
    public ByteBuffer onFailure(String message) {
        return notes.complete() ? NOTHING : failure(message);
    }

    private ByteBuffer failure(String message) {
        // What is no event stream lacks its end, which says the same.
        return !events
                ? NOTHING
                : ByteBuffer.wrap(
                        client.writeFailure(LlmError.interrupted(message), reader.nextNumber()));
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
