package dev.torii.engine.tls;

/// A text is no certificate or no key that can be used; the message is half a sentence that never
/// quotes the text.
public final class PemException extends Exception {

    private static final long serialVersionUID = 1L;

    PemException(String message) {
        super(message);
    }

    PemException(String message, Throwable cause) {
        super(message, cause);
    }
}
