package dev.torii.engine.dialect;

import java.nio.ByteBuffer;

/// Takes a stream's events out of the frames of another protocol, wherever the network cut them.
/// One instance for each stream.
public interface Unwrapping {

    /// The events that these bytes complete, as server-sent ones of the dialect; empty when none is
    /// whole yet.
    ByteBuffer events(ByteBuffer bytes);
}
