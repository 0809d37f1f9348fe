package dev.torii.engine.dialect;

import dev.torii.model.llm.StreamEvent;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Reads one streamed answer, wherever the network cut its bytes.
public interface EventReader {

    /// What a client is told of an answer that stops in the middle.
    String CUT_SHORT = "the upstream ended before the answer was complete";

    /// The number of the next event, where the dialect numbers them.
    default int nextNumber() {
        return 0;
    }

    void read(ByteBuffer bytes, Consumer<StreamEvent> sink);

    /// The upstream has ended in good order. What is still open is closed; an answer that stops in
    /// the middle is a failure.
    void end(Consumer<StreamEvent> sink);
}
