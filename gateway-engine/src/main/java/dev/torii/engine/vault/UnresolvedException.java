package dev.torii.engine.vault;

import java.io.Serial;

/// A reference stands for nothing. The message says why and never holds a secret.
public final class UnresolvedException extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    UnresolvedException(String message) {
        super(message);
    }
}
