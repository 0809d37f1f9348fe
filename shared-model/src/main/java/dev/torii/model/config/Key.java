package dev.torii.model.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key that tokens are signed with: a JWK or a pair in PEM.
///
/// @param kid how tokens name it; unique within the set
/// @param jwk JSON as text
public record Key(
        String id,
        @Nullable Ref set,
        @Nullable String name,
        String kid,
        @Nullable Secret jwk,
        @Nullable Pem pem,
        @Nullable List<String> tags) {

    public Key {
        tags = tags == null ? null : List.copyOf(tags);
    }

    /// At least one of the two is there.
    public record Pem(@Nullable Secret privateKey, @Nullable String publicKey) {}
}
