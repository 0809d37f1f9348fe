package dev.torii.engine.plugin;

import dev.torii.model.config.Route;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The plugin chains of all routes of one configuration, each put together when the first request
/// of its route comes. An exchange acquires them before it uses one and releases them after its log
/// phase; neither takes a lock. Their handlers stay open until they are closed and the last
/// exchange has let go.
public final class PluginChains implements AutoCloseable {

    private final HandlerGroups handlers;
    private final PluginHandlers pool;
    private final long generation;
    private final Set<String> secretNames;
    private final ConcurrentHashMap<String, PluginChain> byRoute = new ConcurrentHashMap<>();
    private final PluginChain unmatched;

    /// One for the configuration itself, until it is replaced, and one for each exchange.
    private final AtomicInteger holders = new AtomicInteger(1);

    /// @param generation by which the pool knows these chains
    PluginChains(HandlerGroups handlers, PluginHandlers pool, long generation) {
        this.handlers = handlers;
        this.pool = pool;
        this.generation = generation;
        this.secretNames = handlers.allSecretNames();
        this.unmatched = new PluginChain(handlers.everywhere().values(), secretNames);
    }

    /// The chain of a route of this configuration.
    public PluginChain of(Route route) {
        PluginChain chain = byRoute.get(route.id());
        if (chain == null) {
            // Two requests may both get here; their chains are alike.
            chain = new PluginChain(handlers.covering(route), secretNames);
            byRoute.put(route.id(), chain);
        }
        return chain;
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
            pool.release(generation);
        }
    }

    /// Says that this configuration was replaced. Its handlers are closed after the last exchange.
    @Override
    public void close() {
        release();
    }
}
