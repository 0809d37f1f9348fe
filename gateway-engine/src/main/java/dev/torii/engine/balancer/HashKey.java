package dev.torii.engine.balancer;

import dev.torii.engine.exchange.ClientRequest;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.MatchedRoute;
import dev.torii.model.config.Consumer;
import dev.torii.model.config.Upstream;
import dev.torii.model.config.Upstream.HashInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of a request a consistent hash is made of.
///
/// @param name of the header, cookie, argument or capture; empty for the other inputs
record HashKey(HashInput input, String name) {

    static HashKey first(Upstream upstream) {
        return of(
                upstream.hashOn(),
                upstream.hashOnHeader(),
                upstream.hashOnCookie(),
                upstream.hashOnQueryArg(),
                upstream.hashOnUriCapture());
    }

    static HashKey fallback(Upstream upstream) {
        return of(
                upstream.hashFallback(),
                upstream.hashFallbackHeader(),
                upstream.hashOnCookie(),
                upstream.hashFallbackQueryArg(),
                upstream.hashFallbackUriCapture());
    }

    private static HashKey of(
            HashInput input,
            @Nullable String header,
            @Nullable String cookie,
            @Nullable String argument,
            @Nullable String capture) {
        String name =
                switch (input) {
                    case HEADER -> header;
                    case COOKIE -> cookie;
                    case QUERY_ARG -> argument;
                    case URI_CAPTURE -> capture;
                    case NONE, CONSUMER, IP, PATH -> "";
                };
        return name == null ? new HashKey(HashInput.NONE, "") : new HashKey(input, name);
    }

    boolean isCookie() {
        return input == HashInput.COOKIE;
    }

    /// Null where the request has no such thing.
    @Nullable String of(Exchange exchange) {
        ClientRequest request = exchange.request();
        return switch (input) {
            case NONE -> null;
            case CONSUMER -> consumer(exchange);
            case IP -> request.clientIp();
            case PATH -> request.normalizedPath();
            case HEADER -> joined(request.headers(name));
            case COOKIE -> cookie(request);
            case QUERY_ARG -> joined(request.queryValues(name).stream().sorted().toList());
            case URI_CAPTURE -> {
                MatchedRoute match = exchange.match();
                yield match == null ? null : match.uriCaptures().get(name);
            }
        };
    }

    private static @Nullable String consumer(Exchange exchange) {
        Consumer consumer = exchange.consumer();
        return consumer == null ? exchange.credentialId() : consumer.id();
    }

    private static @Nullable String joined(List<String> values) {
        return values.isEmpty() ? null : String.join(",", values);
    }

    private @Nullable String cookie(ClientRequest request) {
        for (String header : request.headers("cookie")) {
            for (String pair : header.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).trim().equals(name)) {
                    return pair.substring(equals + 1).trim();
                }
            }
        }
        return null;
    }
}
