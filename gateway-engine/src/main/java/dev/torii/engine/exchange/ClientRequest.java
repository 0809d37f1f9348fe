package dev.torii.engine.exchange;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the client sent, without its body. Immutable, and valid after the exchange has ended.
public interface ClientRequest {

    String method();

    /// `http` or `https`.
    String scheme();

    /// The `Host` header as sent.
    String hostHeader();

    /// The path as sent, percent-encoded, without the query.
    String path();

    /// The path with dot segments resolved, double slashes merged and unreserved characters
    /// decoded; routes match it.
    String normalizedPath();

    /// The query as sent, without its question mark; null when there is none.
    @Nullable String query();

    /// The values of a query argument, decoded.
    List<String> queryValues(String name);

    /// The first value of a header; names are case-insensitive.
    @Nullable String header(String name);

    List<String> headers(String name);

    /// All headers, names in lower case, in the order sent.
    Map<String, List<String>> headers();

    String clientIp();

    /// What the connection is secured with; null for plain HTTP.
    @Nullable TlsSession tls();

    /// The port that the client connected to.
    int localPort();
}
