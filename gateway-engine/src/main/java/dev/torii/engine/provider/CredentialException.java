package dev.torii.engine.provider;

import org.jspecify.annotations.Nullable;

/// There is nothing to vouch for a call with; the message says what is missing and may be shown.
public final class CredentialException extends Exception {

    private static final long serialVersionUID = 1L;

    public CredentialException(String message) {
        super(message);
    }

    public CredentialException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
