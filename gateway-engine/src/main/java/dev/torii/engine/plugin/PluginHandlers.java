package dev.torii.engine.plugin;

import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.Plugin;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Makes the handlers of each configuration, keeps those whose plugin did not change, and closes
/// those that nobody uses any more.
public final class PluginHandlers {

    private static final Logger log = LoggerFactory.getLogger(PluginHandlers.class);

    private static final Set<String> HTTP = Set.of("http", "https", "grpc", "grpcs");

    private final PluginRegistry registry;
    private final InstantSource clock;
    private final PrometheusRegistry metrics;
    private final Map<String, PooledHandler> pool = new HashMap<>();

    public PluginHandlers(
            PluginRegistry registry, InstantSource clock, PrometheusRegistry metrics) {
        this.registry = registry;
        this.clock = clock;
        this.metrics = metrics;
    }

    /// The chains of a configuration whose plugins hold no references to vaults.
    public PluginChains compile(ConfigSnapshot snapshot) {
        return compile(snapshot, _ -> VaultedConfig.NONE);
    }

    /// The chains of a configuration. Whoever takes them into use closes the ones that they
    /// replace.
    ///
    /// @param snapshot with secrets in the place of references
    /// @param vaulted what became of a plugin's references, by its id
    public synchronized PluginChains compile(
            ConfigSnapshot snapshot, Function<String, VaultedConfig> vaulted) {
        var handlers = new ArrayList<PooledHandler>();
        for (Plugin plugin : snapshot.plugins()) {
            if (plugin.enabled() && plugin.protocols().stream().anyMatch(HTTP::contains)) {
                PooledHandler pooled = pooled(plugin, vaulted.apply(plugin.id()));
                pooled.holders++;
                handlers.add(pooled);
            }
        }
        return new PluginChains(List.copyOf(handlers), this);
    }

    @SuppressWarnings("ReferenceEquality") // records of unchanged entities are shared
    private PooledHandler pooled(Plugin plugin, VaultedConfig vaulted) {
        PooledHandler present = pool.get(plugin.id());
        if (present != null
                && (present.plugin() == plugin || present.plugin().equals(plugin))
                && present.vaulted().equals(vaulted)) {
            return present;
        }
        PooledHandler made = make(plugin, vaulted);
        pool.put(plugin.id(), made);
        return made;
    }

    private PooledHandler make(Plugin plugin, VaultedConfig vaulted) {
        Optional<PluginFactory> factory = registry.find(plugin.name());
        if (factory.isEmpty()) {
            String reason =
                    "plugin '%s' is configured but not installed; what it covers answers 500 until it is installed or deleted"
                            .formatted(plugin.name());
            report(plugin).log(reason);
            // First of all, since nobody knows what it was to protect.
            return new PooledHandler(plugin, vaulted, Integer.MAX_VALUE, new BrokenHandler(reason));
        }
        return new PooledHandler(
                plugin,
                vaulted,
                factory.get().type().priority(),
                handler(factory.get(), plugin, vaulted));
    }

    private PluginHandler handler(PluginFactory factory, Plugin plugin, VaultedConfig vaulted) {
        String problem = vaulted.problem(factory, plugin);
        if (problem != null) {
            String reason =
                    "plugin '%s' does not run: %s; what it covers answers 500 until that is mended"
                            .formatted(plugin.name(), problem);
            report(plugin).log(reason);
            return new BrokenHandler(reason);
        }
        try {
            return factory.create(new PluginContext(plugin, clock, metrics));
        } catch (RuntimeException e) {
            String reason =
                    "plugin '%s' cannot start with its configuration; what it covers answers 500 until that is changed"
                            .formatted(plugin.name());
            LoggingEventBuilder report = report(plugin);
            // What a factory throws may quote the configuration, and here that holds secrets.
            (vaulted.refers() ? report : report.setCause(e)).log(reason);
            return new BrokenHandler(reason);
        }
    }

    /// Takes the handlers back from chains that are no longer used.
    void release(List<PooledHandler> handlers) {
        for (PooledHandler unused : unused(handlers)) {
            try {
                unused.handler().close();
            } catch (RuntimeException e) {
                report(unused.plugin()).setCause(e).log("a plugin failed to close");
            }
        }
    }

    /// The last made come first, so that they are closed first.
    private synchronized List<PooledHandler> unused(List<PooledHandler> handlers) {
        var unused = new ArrayList<PooledHandler>();
        for (PooledHandler pooled : handlers.reversed()) {
            pooled.holders--;
            if (pooled.holders == 0) {
                pool.remove(pooled.plugin().id(), pooled);
                unused.add(pooled);
            }
        }
        return unused;
    }

    private static LoggingEventBuilder report(Plugin plugin) {
        return log.atError()
                .addKeyValue("plugin", plugin.name())
                .addKeyValue("plugin_id", plugin.id());
    }
}
