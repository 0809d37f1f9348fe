package dev.torii.engine.dialect;

/// A request that cannot be read, or cannot be said to the model that it goes to. The message is
/// for the client, and names the field.
public final class UnsayableException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnsayableException(String message) {
        super(message, null, false, false);
    }
}
