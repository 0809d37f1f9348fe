package dev.torii.model.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A certificate with its key, both as PEM.
///
/// @param cert with the chain behind it
/// @param certAlt the same with another type of key, for clients that cannot use the first
/// @param keyAlt there with `certAlt`, and only then
public record Certificate(
        String id,
        String cert,
        Secret key,
        @Nullable String certAlt,
        @Nullable Secret keyAlt,
        @Nullable List<String> tags) {

    public Certificate {
        tags = tags == null ? null : List.copyOf(tags);
    }
}
