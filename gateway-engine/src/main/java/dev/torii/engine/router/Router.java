package dev.torii.engine.router;

import dev.torii.engine.exchange.ClientRequest;
import dev.torii.engine.exchange.MatchedRoute;
import org.jspecify.annotations.Nullable;

/// Finds the route of a request.
public interface Router {

    /// The route, or null when none matches.
    @Nullable MatchedRoute match(ClientRequest request);
}
