package dev.torii.engine.tls;

/// A text is no certificate or no key that can be used; the message is half a sentence that never
/// quotes the text.
public final class PemException extends Exception {

    private static final long serialVersionUID = 1L;

    /// What is wrong with it.
    public enum Fault {
        /// There is nothing of the kind in it.
        ABSENT,
        UNREADABLE,
        /// It cannot be read without a passphrase.
        LOCKED,
        /// Key and certificate do not belong together.
        MISMATCH
    }

    private final Fault fault;

    PemException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    PemException(Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
