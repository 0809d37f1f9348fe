package dev.torii.engine.plugin;

import dev.torii.engine.balancer.UpstreamHealth;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.Plugin;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
    private final Supplier<List<UpstreamHealth>> upstreams;

    /// What the newest generation was made from, and what it has.
    private ConfigSnapshot compiled = ConfigSnapshot.empty();

    private HandlerGroups handlers = HandlerGroups.EMPTY;
    private long generation;

    /// The generations that are in use.
    private final NavigableSet<Long> live = new TreeSet<>();

    /// Handlers that the newest generation does without, in the order in which they went.
    private final List<PooledHandler> retired = new ArrayList<>();

    /// @param upstreams how all upstreams in force are when it is asked
    public PluginHandlers(
            PluginRegistry registry,
            InstantSource clock,
            PrometheusRegistry metrics,
            Supplier<List<UpstreamHealth>> upstreams) {
        this.registry = registry;
        this.clock = clock;
        this.metrics = metrics;
        this.upstreams = upstreams;
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
        generation++;
        for (String id : snapshot.changedSince(compiled, EntityKind.PLUGINS)) {
            replace(id, snapshot.plugin(id), vaulted);
        }
        compiled = snapshot;
        live.add(generation);
        return new PluginChains(handlers, this, generation);
    }

    private void replace(
            String id, @Nullable Plugin plugin, Function<String, VaultedConfig> vaulted) {
        boolean runs =
                plugin != null
                        && plugin.enabled()
                        && plugin.protocols().stream().anyMatch(HTTP::contains);
        VaultedConfig references = runs ? vaulted.apply(id) : VaultedConfig.NONE;
        PooledHandler present = handlers.all().get(id);
        if (present != null) {
            if (runs && present.plugin().equals(plugin) && present.vaulted().equals(references)) {
                return;
            }
            handlers = handlers.without(present);
            present.retire(generation - 1);
            retired.add(present);
        }
        if (plugin != null && runs) {
            handlers = handlers.with(make(plugin, references));
        }
    }

    private PooledHandler make(Plugin plugin, VaultedConfig vaulted) {
        Optional<PluginFactory> factory = registry.find(plugin.name());
        if (factory.isEmpty()) {
            String reason =
                    "plugin '%s' is configured but not installed; what it covers answers 500 until it is installed or deleted"
                            .formatted(plugin.name());
            report(plugin).log(reason);
            // First of all, since nobody knows what it was to protect.
            return new PooledHandler(
                    plugin, vaulted, Integer.MAX_VALUE, new BrokenHandler(reason), generation);
        }
        return new PooledHandler(
                plugin,
                vaulted,
                factory.get().type().priority(),
                handler(factory.get(), plugin, vaulted),
                generation);
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
            return factory.create(
                    new PluginContext(plugin, clock, metrics, upstreams, vaulted.missing()));
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

    /// Says that a generation of chains is used no longer, and closes what none needs any more.
    void release(long generation) {
        for (PooledHandler unused : unused(generation)) {
            try {
                unused.handler().close();
            } catch (RuntimeException e) {
                report(unused.plugin()).setCause(e).log("a plugin failed to close");
            }
        }
    }

    /// The last made come first, so that they are closed first.
    private synchronized List<PooledHandler> unused(long generation) {
        live.remove(generation);
        if (generation == this.generation) {
            // The end: nothing takes its place.
            retired.addAll(handlers.all().values());
            handlers = HandlerGroups.EMPTY;
            compiled = ConfigSnapshot.empty();
        }
        List<PooledHandler> unused =
                retired.stream().filter(handler -> !handler.isNeeded(live)).toList().reversed();
        retired.removeIf(handler -> !handler.isNeeded(live));
        return unused;
    }

    private static LoggingEventBuilder report(Plugin plugin) {
        return log.atError()
                .addKeyValue("plugin", plugin.name())
                .addKeyValue("plugin_id", plugin.id());
    }
}
