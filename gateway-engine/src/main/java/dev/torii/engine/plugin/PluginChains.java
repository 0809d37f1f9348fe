package dev.torii.engine.plugin;

import dev.torii.model.config.Ref;
import dev.torii.model.config.Route;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The plugin chains of all routes of one configuration. An exchange acquires them before it uses
/// one and releases them after its log phase; neither takes a lock. Their handlers stay open until
/// they are closed and the last exchange has let go.
public final class PluginChains implements AutoCloseable {

    private final List<PooledHandler> handlers;
    private final PluginHandlers pool;
    private final Map<String, PluginChain> byRoute = new HashMap<>();
    private final PluginChain unmatched;

    /// One for the configuration itself, until it is replaced, and one for each exchange.
    private final AtomicInteger holders = new AtomicInteger(1);

    PluginChains(Collection<Route> routes, List<PooledHandler> handlers, PluginHandlers pool) {
        this.handlers = handlers;
        this.pool = pool;
        Set<String> secretNames =
                handlers.stream()
                        .flatMap(pooled -> pooled.handler().secretNames().stream())
                        .collect(Collectors.toUnmodifiableSet());
        Set<String> ownRoutes = new HashSet<>();
        for (PooledHandler pooled : handlers) {
            String routeId = pooled.scope().routeId();
            if (routeId != null) {
                ownRoutes.add(routeId);
            }
        }
        Map<Scope, PluginChain> chains = new HashMap<>();
        for (Route route : routes) {
            // Routes without plugins of their own share the chain of their service.
            String routeId = ownRoutes.contains(route.id()) ? route.id() : null;
            Ref service = route.service();
            var scope = new Scope(routeId, service == null ? null : service.id());
            byRoute.put(
                    route.id(),
                    chains.computeIfAbsent(scope, key -> chain(handlers, key, secretNames)));
        }
        unmatched = chain(handlers, new Scope(null, null), secretNames);
    }

    private record Scope(@Nullable String routeId, @Nullable String serviceId) {

        boolean mayRun(PooledHandler handler) {
            String route = handler.scope().routeId();
            String service = handler.scope().serviceId();
            return (route == null || route.equals(routeId))
                    && (service == null || service.equals(serviceId));
        }
    }

    private static PluginChain chain(
            List<PooledHandler> handlers, Scope scope, Set<String> secretNames) {
        return new PluginChain(handlers.stream().filter(scope::mayRun).toList(), secretNames);
    }

    /// The chain of a route of this configuration.
    public PluginChain of(Route route) {
        PluginChain chain = byRoute.get(route.id());
        if (chain == null) {
            throw new IllegalArgumentException("route " + route.id() + " is of another revision");
        }
        return chain;
    }

    /// The global plugins, for a request that matches no route: it has no request phase, but is
    /// logged.
    public PluginChain unmatched() {
        return unmatched;
    }

    /// Keeps the handlers open for one exchange.
    ///
    /// @return false when they are closed already: take the current configuration instead
    public boolean acquire() {
        int seen = holders.get();
        while (seen > 0) {
            if (holders.compareAndSet(seen, seen + 1)) {
                return true;
            }
            seen = holders.get();
        }
        return false;
    }

    /// Lets go; once for each `acquire` that said true.
    public void release() {
        if (holders.decrementAndGet() == 0) {
            pool.release(handlers);
        }
    }

    /// Says that this configuration was replaced. Its handlers are closed after the last exchange.
    @Override
    public void close() {
        release();
    }
}
