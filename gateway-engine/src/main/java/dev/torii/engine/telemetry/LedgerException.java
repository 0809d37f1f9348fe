package dev.torii.engine.telemetry;

/// The ledger's disk refused; the message says what was tried, where, and what to do.
public final class LedgerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LedgerException(String message, Throwable cause) {
        super(message, cause);
    }
}
