package dev.torii.engine.plugin;

import dev.torii.model.config.Plugin;
import dev.torii.model.config.PluginScope;

/// A handler that several configurations may share, as long as its plugin stays as it is.
final class PooledHandler {

    private final Plugin plugin;
    private final VaultedConfig vaulted;
    private final PluginScope scope;
    private final int priority;
    private final PluginHandler handler;

    /// How many [PluginChains] hold it; guarded by the pool.
    int holders;

    PooledHandler(Plugin plugin, VaultedConfig vaulted, int priority, PluginHandler handler) {
        this.plugin = plugin;
        this.vaulted = vaulted;
        this.scope = plugin.scope();
        this.priority = priority;
        this.handler = handler;
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
}
