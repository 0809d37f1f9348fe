package dev.torii.model.llm;

import org.jspecify.annotations.Nullable;

/// A mark behind which a provider may cache the prompt.
///
/// @param ttl such as `5m` or `1h`; null for the provider's usual one
public record CacheHint(@Nullable String ttl) {}
