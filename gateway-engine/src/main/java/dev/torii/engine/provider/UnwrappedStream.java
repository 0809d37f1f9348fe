package dev.torii.engine.provider;

import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.Unwrapping;
import java.nio.ByteBuffer;

/// A stream whose events are first taken out of what carries them.
final class UnwrappedStream implements AnswerStream {

    private final Unwrapping unwrapping;
    private final AnswerStream stream;

    UnwrappedStream(Unwrapping unwrapping, AnswerStream stream) {
        this.unwrapping = unwrapping;
        this.stream = stream;
    }

    /// The stream itself where nothing carries its events.
    static AnswerStream of(ProviderDialect dialect, AnswerStream stream) {
        Unwrapping unwrapping = dialect.unwrapping();
        return unwrapping == null ? stream : new UnwrappedStream(unwrapping, stream);
    }

    @Override
    public String contentType() {
        String own = stream.contentType();
        return own == null ? "text/event-stream" : own;
    }

    @Override
    public ByteBuffer signOfLife() {
        return stream.signOfLife();
    }

    @Override
    public ByteBuffer onBytes(ByteBuffer bytes) {
        return stream.onBytes(unwrapping.events(bytes));
    }

    @Override
    public ByteBuffer onEnd() {
        return stream.onEnd();
    }

    @Override
    public ByteBuffer onFailure(String message) {
        return stream.onFailure(message);
    }

    @Override
    public boolean firstTokenSeen() {
        return stream.firstTokenSeen();
    }

    @Override
    public boolean complete() {
        return stream.complete();
    }
}
