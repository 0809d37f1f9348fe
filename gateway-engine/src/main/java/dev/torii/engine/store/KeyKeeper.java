package dev.torii.engine.store;

import dev.torii.model.config.Secret;
import java.io.Serial;

/// Keeps the key that the secrets are sealed with, outside of the file that holds them.
public interface KeyKeeper {

    /// What users call it: `macOS Keychain`. The sealed file names it, so it stays the same.
    String name();

    /// Keeps a new key.
    ///
    /// @param key 32 bytes in Base64
    /// @return a text by which the key is found again; it is stored beside the secrets and gives
    ///   nothing away by itself
    /// @throws UnavailableException when there is no such place on this machine, or it is locked
    String keep(Secret key) throws UnavailableException;

    /// Finds a key again.
    ///
    /// @throws UnavailableException when it is not there, or cannot be had now
    Secret find(String token) throws UnavailableException;

    /// The key cannot be had; the message says why and never holds it.
    final class UnavailableException extends Exception {

        @Serial private static final long serialVersionUID = 1L;

        public UnavailableException(String message) {
            super(message);
        }
    }
}
