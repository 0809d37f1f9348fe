package dev.torii.engine.exchange;

import org.jspecify.annotations.Nullable;

/// What was agreed on for a client's connection.
///
/// @param version such as `TLSv1.3`
/// @param cipher the cipher suite
/// @param serverName what the client asked for; null when it named none
public record TlsSession(String version, String cipher, @Nullable String serverName) {}
