package dev.torii.engine.router;

import org.jspecify.annotations.Nullable;

/// The path that goes upstream, out of the service's and the request's. Source: Kong,
/// `path_handling` v0.
public final class UpstreamPath {

    private UpstreamPath() {}

    /// Joins the service's path and the request's.
    ///
    /// @param servicePath the service's `path`, or null
    /// @param requestPath the normalized request path
    /// @param matched the text that the route's path matched; empty when the route has none
    /// @param strip the route's `strip_path`
    public static String of(
            @Nullable String servicePath, String requestPath, String matched, boolean strip) {
        String base = servicePath == null ? "/" : servicePath;
        boolean slashBase = base.endsWith("/");
        if (!strip || matched.isEmpty()) {
            if (slashBase) {
                return base + requestPath.substring(1);
            }
            return requestPath.equals("/") ? base : base + requestPath;
        }
        String rest = withoutDots(requestPath.substring(matched.length()));
        if (rest.isEmpty()) {
            boolean slashRequest = requestPath.length() > 1 && requestPath.endsWith("/");
            if (!slashBase) {
                return slashRequest ? base + "/" : base;
            }
            if (base.equals("/") || slashRequest) {
                return base;
            }
            return base.substring(0, base.length() - 1);
        }
        if (rest.startsWith("/")) {
            return (slashBase ? base.substring(0, base.length() - 1) : base) + rest;
        }
        return slashBase ? base + rest : base + "/" + rest;
    }

    /// A prefix may end inside a segment and leave `./x` or `../x`, which would climb out of the
    /// service's path.
    private static String withoutDots(String rest) {
        if (rest.equals(".") || rest.equals("..")) {
            return "";
        }
        return rest.startsWith("./")
                ? rest.substring(2)
                : rest.startsWith("../") ? rest.substring(3) : rest;
    }
}
