package dev.torii.desktop.client;

import dev.torii.model.api.EngineIdentity;
import java.net.URI;
import java.time.Instant;

/// How the window stands with its engine.
public sealed interface EngineState {

    /// The engine's process has been started and does not answer yet.
    ///
    /// @param lastLine what the engine said last; may be empty
    record Starting(String lastLine) implements EngineState {}

    /// The engine answers.
    ///
    /// @param proxy where applications send their requests
    record Running(URI admin, URI proxy, EngineIdentity identity) implements EngineState {}

    /// The engine answered once and does not now.
    ///
    /// @param attempt how often a connection was tried since, from 1
    record Reconnecting(URI admin, Instant lastSeen, int attempt, Instant nextTry)
            implements EngineState {}

    /// The engine ended in good order: nobody is called back to it until someone starts one.
    record Stopped() implements EngineState {}

    /// The engine could not be started.
    ///
    /// @param reason what the engine, or the system, said
    record Failed(String reason) implements EngineState {}
}
