package dev.torii.model.config;

import org.jspecify.annotations.Nullable;

/// A key that stands for a consumer.
///
/// @param ttl seconds after `createdAt` when it expires; null never
/// @param createdAt Unix seconds
public record KeyAuthCredential(
        String id, Ref consumer, Secret key, long createdAt, @Nullable Long ttl) {

    public boolean expiredAt(long unixSeconds) {
        return ttl != null && ttl > 0 && unixSeconds >= createdAt + ttl;
    }
}
