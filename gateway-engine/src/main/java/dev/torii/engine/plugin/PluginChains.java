package dev.torii.engine.plugin;

import dev.torii.model.config.Ref;
import dev.torii.model.config.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// The plugin chains of all routes of one configuration, each put together when the first request
/// of its route comes. An exchange acquires them before it uses one and releases them after its log
/// phase; neither takes a lock. Their handlers stay open until they are closed and the last
/// exchange has let go.
public final class PluginChains implements AutoCloseable {

    private final List<PooledHandler> handlers;
    private final PluginHandlers pool;
    private final List<PooledHandler> everywhere = new ArrayList<>();
    private final Map<String, List<PooledHandler>> ofRoutes = new HashMap<>();
    private final Map<String, List<PooledHandler>> ofServices = new HashMap<>();
    private final Set<String> secretNames;
    private final ConcurrentHashMap<String, PluginChain> byRoute = new ConcurrentHashMap<>();
    private final PluginChain unmatched;

    /// One for the configuration itself, until it is replaced, and one for each exchange.
    private final AtomicInteger holders = new AtomicInteger(1);

    PluginChains(List<PooledHandler> handlers, PluginHandlers pool) {
        this.handlers = handlers;
        this.pool = pool;
        for (PooledHandler pooled : handlers) {
            String route = pooled.scope().routeId();
            String service = pooled.scope().serviceId();
            List<PooledHandler> group;
            if (route != null) {
                group = ofRoutes.computeIfAbsent(route, _ -> new ArrayList<>(1));
            } else if (service != null) {
                group = ofServices.computeIfAbsent(service, _ -> new ArrayList<>(1));
            } else {
                group = everywhere;
            }
            group.add(pooled);
        }
        secretNames =
                handlers.stream()
                        .flatMap(pooled -> pooled.handler().secretNames().stream())
                        .collect(Collectors.toUnmodifiableSet());
        unmatched = new PluginChain(everywhere, secretNames);
    }

    /// The chain of a route of this configuration.
    public PluginChain of(Route route) {
        PluginChain chain = byRoute.get(route.id());
        if (chain == null) {
            // Two requests may both get here; their chains are alike.
            chain = new PluginChain(covering(route), secretNames);
            byRoute.put(route.id(), chain);
        }
        return chain;
    }

    private List<PooledHandler> covering(Route route) {
        Ref service = route.service();
        String serviceId = service == null ? null : service.id();
        List<PooledHandler> covering = new ArrayList<>(everywhere);
        if (serviceId != null) {
            covering.addAll(ofServices.getOrDefault(serviceId, List.of()));
        }
        for (PooledHandler own : ofRoutes.getOrDefault(route.id(), List.of())) {
            String wanted = own.scope().serviceId();
            if (wanted == null || wanted.equals(serviceId)) {
                covering.add(own);
            }
        }
        return covering;
    }

    /// How many chains have been put together, besides that of requests without a route.
    int assembled() {
        return byRoute.size();
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
