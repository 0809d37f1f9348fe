package dev.torii.engine.provider;

import org.jspecify.annotations.Nullable;

/// A call as it leaves the gateway.
///
/// @param query without its question mark
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Outgoing(String method, Endpoint endpoint, @Nullable String query, byte[] body) {}
