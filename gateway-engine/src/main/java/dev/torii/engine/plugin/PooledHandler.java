package dev.torii.engine.plugin;

import dev.torii.model.config.Plugin;
import dev.torii.model.config.PluginScope;
import java.util.NavigableSet;

/// A handler that several configurations may share, as long as its plugin stays as it is.
final class PooledHandler {

    private final Plugin plugin;
    private final VaultedConfig vaulted;
    private final PluginScope scope;
    private final int priority;
    private final PluginHandler handler;

    /// The first and the last generation of [PluginChains] that have it; guarded by the pool.
    private final long first;

    private long last = Long.MAX_VALUE;

    PooledHandler(
            Plugin plugin, VaultedConfig vaulted, int priority, PluginHandler handler, long first) {
        this.plugin = plugin;
        this.vaulted = vaulted;
        this.scope = plugin.scope();
        this.priority = priority;
        this.handler = handler;
        this.first = first;
    }

    Plugin plugin() {
        return plugin;
    }

    VaultedConfig vaulted() {
        return vaulted;
    }

    PluginScope scope() {
        return scope;
    }

    int priority() {
        return priority;
    }

    PluginHandler handler() {
        return handler;
    }

    /// Says that later generations do without it.
    void retire(long last) {
        this.last = last;
    }

    /// Whether one of the generations in use has it.
    boolean isNeeded(NavigableSet<Long> live) {
        Long next = live.ceiling(first);
        return next != null && next <= last;
    }
}
