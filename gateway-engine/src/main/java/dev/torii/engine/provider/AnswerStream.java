package dev.torii.engine.provider;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A streamed answer on its way from the provider to the client. Touched by one thread at a time.
public interface AnswerStream {

    /// What shows the client of a silent upstream that the connection lives; empty where nothing
    /// can be said now.
    default ByteBuffer signOfLife() {
        return ByteBuffer.allocate(0);
    }

    /// What the client is told that the stream is; null where it is what the upstream says.
    default @Nullable String contentType() {
        return null;
    }

    /// Takes the next bytes of the upstream.
    ///
    /// @return what the client gets now: a view of the same bytes wherever nothing has to change,
    ///   empty when an event is not whole yet
    ByteBuffer onBytes(ByteBuffer bytes);

    /// The upstream has ended in good order.
    ///
    /// @return what is still owed to the client; an error event when the answer was cut short
    ByteBuffer onEnd();

    /// The upstream has broken off.
    ///
    /// @return an error event in the client's dialect; empty when the answer was complete before
    ByteBuffer onFailure(String message);

    /// Whether the first piece of the answer has passed.
    boolean firstTokenSeen();

    /// Whether the answer came whole.
    boolean complete();
}
