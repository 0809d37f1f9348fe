package dev.torii.engine.exchange;

import dev.torii.model.config.Route;
import dev.torii.model.config.Service;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The route that a request matched.
///
/// @param service null for a route without a service
/// @param matchedPath the prefix, or the text that the regex matched; empty when the route has no
///   paths
/// @param uriCaptures the named groups of the route's regex path
public record MatchedRoute(
        Route route,
        @Nullable Service service,
        String matchedPath,
        Map<String, String> uriCaptures) {}
