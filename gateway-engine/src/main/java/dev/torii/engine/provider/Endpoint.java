package dev.torii.engine.provider;

import java.net.URI;
import java.net.URISyntaxException;

/// Where a call goes.
///
/// @param scheme `http` or `https`
/// @param port always set: 80 or 443 where a URL names none
/// @param path begins with a slash; empty where a URL has none
public record Endpoint(String scheme, String host, int port, String path) {

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
        return new Endpoint(scheme, uri.getHost(), port, path.replaceFirst("^/{2,}", "/"));
    }

    public Endpoint withPath(String path) {
        return new Endpoint(scheme, host, port, path);
    }
}
