package dev.torii.engine.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;

/// Where a call goes.
///
/// @param scheme `http` or `https`
/// @param port always set: 80 or 443 where a URL names none
/// @param path begins with a slash; empty where a URL has none
/// @param query arguments that the provider wants, over the client's of the same names; without a
///   question mark, empty for none
public record Endpoint(String scheme, String host, int port, String path, String query) {

    public Endpoint(String scheme, String host, int port, String path) {
        this(scheme, host, port, path, "");
    }

    /// Reads a URL; its query, if any, is ignored, as Kong does.
    ///
    /// @throws IllegalArgumentException when it is no http or https URL with a host
    public static Endpoint parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL: " + e.getReason(), e);
        }
        String scheme = uri.getScheme();
        if (uri.getHost() == null || (!"http".equals(scheme) && !"https".equals(scheme))) {
            throw new IllegalArgumentException(
                    "not a URL with a host and the scheme http or https");
        }
        int port = uri.getPort() > 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        while (path.startsWith("//")) {
            path = path.substring(1);
        }
        return new Endpoint(scheme, uri.getHost(), port, path);
    }

    /// Where a target's options lead: `upstream_url` in place of the usual server, and
    /// `upstream_path` in place of any path. An address that ends in the host or in `/v1`, as SDKs
    /// call a base URL, gets the path of the call.
    ///
    /// @param call the path below `/v1`; empty to keep the address as it is
    /// @throws IllegalArgumentException as [#parse] does
    public static Endpoint of(JsonNode options, Endpoint usual, String call) {
        return of(options, usual, "/v1", call);
    }

    /// The same for a server whose calls lie below another path than `/v1`.
    ///
    /// @param below where the calls of the server lie, such as `/api`
    public static Endpoint of(JsonNode options, Endpoint usual, String below, String call) {
        String url = options.path("upstream_url").textValue();
        Endpoint base = url == null ? usual : parse(url);
        String path = options.path("upstream_path").textValue();
        if (path != null) {
            return base.withPath(path);
        }
        if (call.isEmpty()) {
            return base;
        }
        String start = base.path();
        if (start.endsWith("/")) {
            start = start.substring(0, start.length() - 1);
        }
        // No call ends here, so its own path follows.
        if (start.isEmpty()) {
            return base.withPath(below + call);
        }
        return start.endsWith(below) ? base.withPath(start + call) : base;
    }

    /// Whether the address that options give in place of the usual one ends so, but for its query.
    public static boolean endsIn(JsonNode options, String end) {
        String path = options.path("upstream_path").textValue();
        String address = path == null ? options.path("upstream_url").textValue() : path;
        if (address == null) {
            return false;
        }
        int query = address.indexOf('?');
        return (query < 0 ? address : address.substring(0, query)).endsWith(end);
    }

    public Endpoint withPath(String path) {
        return new Endpoint(scheme, host, port, path, query);
    }

    public Endpoint withQuery(String query) {
        return new Endpoint(scheme, host, port, path, query);
    }
}
