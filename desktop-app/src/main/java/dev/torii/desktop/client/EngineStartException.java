package dev.torii.desktop.client;

/// The engine did not start. The message is the engine's own sentence where it gave one.
public final class EngineStartException extends Exception {

    private static final long serialVersionUID = 1L;

    EngineStartException(String message) {
        super(message);
    }
}
