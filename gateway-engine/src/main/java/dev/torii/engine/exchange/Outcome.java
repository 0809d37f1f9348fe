package dev.torii.engine.exchange;

import org.jspecify.annotations.Nullable;

/// How an exchange ended.
///
/// @param status what the client was answered; 499 when it hung up before an answer
/// @param source who made the answer
/// @param requestBytes body bytes received
/// @param responseBytes body bytes sent
/// @param error a short word for what went wrong (`client_closed`, `upstream_timeout`, …); null
///   when nothing did
public record Outcome(
        int status, Source source, long requestBytes, long responseBytes, @Nullable String error) {

    public enum Source {
        UPSTREAM,
        /// The gateway or a plugin.
        GATEWAY
    }

    public boolean failed() {
        return error != null || status >= 400;
    }
}
