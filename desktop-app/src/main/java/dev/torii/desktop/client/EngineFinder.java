package dev.torii.desktop.client;

import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/// Where the engine is, and how one is started where none runs.
public interface EngineFinder {

    /// The Admin API of the engine that runs now.
    Optional<URI> find();

    /// Whether the engine that ran last ended in good order, rather than being killed.
    boolean endedInOrder();

    /// Starts an engine and waits until it answers.
    ///
    /// @param progress hears what the engine says meanwhile
    /// @throws EngineStartException when it does not come up; the message says why
    URI start(Consumer<String> progress) throws EngineStartException, InterruptedException;
}
