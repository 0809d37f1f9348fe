package dev.torii.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer of `GET /torii/secrets`.
///
/// @param data by name
/// @param keptIn where the key that seals them is: `macOS Keychain`, `key file`, …; null while
///   there are none
public record SecretList(List<SecretSummary> data, @Nullable String keptIn) {

    public SecretList {
        data = List.copyOf(data);
    }
}
