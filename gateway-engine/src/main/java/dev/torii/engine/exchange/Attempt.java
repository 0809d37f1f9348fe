package dev.torii.engine.exchange;

import org.jspecify.annotations.Nullable;

/// One call made upstream.
///
/// @param startedAt Unix milliseconds
/// @param status the upstream's status; 0 when none came
/// @param error why it failed; null when it did not
public record Attempt(String host, int port, long startedAt, int status, @Nullable String error) {}
