package dev.torii.engine.demo;

/// The demo did not go as it should; the message is a sentence that says where.
public final class DemoException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoException(String message) {
        super(message);
    }

    DemoException(String message, Throwable cause) {
        super(message, cause);
    }
}
