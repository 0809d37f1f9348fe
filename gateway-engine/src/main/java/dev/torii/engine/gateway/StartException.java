package dev.torii.engine.gateway;

/// The engine cannot start. The message is one sentence for the user: what is wrong, with which
/// value, and the way out; it is printed alone, without a stack trace.
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
