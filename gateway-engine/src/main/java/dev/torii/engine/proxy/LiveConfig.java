package dev.torii.engine.proxy;

import dev.torii.engine.auth.ConsumerIndex;
import dev.torii.engine.balancer.BalancerTable;
import dev.torii.engine.balancer.Balancers;
import dev.torii.engine.exchange.ConsumerDirectory;
import dev.torii.engine.plugin.PluginChains;
import dev.torii.engine.plugin.PluginHandlers;
import dev.torii.engine.plugin.VaultedConfig;
import dev.torii.engine.router.RouteTable;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.engine.tls.ServerTls;
import dev.torii.engine.vault.References;
import dev.torii.engine.vault.ResolvedConfig;
import dev.torii.model.api.UnresolvedReference;
import dev.torii.model.config.EntityKind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The configuration that traffic runs under: one immutable, compiled snapshot behind one
/// reference. A change compiles a new one and swaps it; exchanges under way end under the one that
/// they began with.
public final class LiveConfig implements AutoCloseable {

    private static final EntityKind[] OF_UPSTREAM_TLS = {
        EntityKind.SERVICES,
        EntityKind.UPSTREAMS,
        EntityKind.CERTIFICATES,
        EntityKind.CA_CERTIFICATES
    };

    /// A snapshot, ready for requests.
    record Compiled(
            long revision,
            RouteTable router,
            PluginChains chains,
            ConsumerDirectory consumers,
            BalancerTable balancers,
            UpstreamSsls upstreamTls,
            List<UnresolvedReference> unresolved) {}

    private final PluginHandlers handlers;
    private final References references;
    private final Balancers balancers;
    private final @Nullable ServerTls serverTls;

    /// As it is stored, with references.
    private ConfigSnapshot stored;

    /// As it runs, with secrets in their place.
    private ConfigSnapshot snapshot;

    private volatile Compiled current;

    /// @param serverTls null where clients cannot speak TLS
    public LiveConfig(
            PluginHandlers handlers,
            References references,
            Balancers balancers,
            @Nullable ServerTls serverTls,
            ConfigSnapshot first) {
        this.handlers = handlers;
        this.references = references;
        this.balancers = balancers;
        this.serverTls = serverTls;
        this.stored = first;
        ResolvedConfig resolved = references.resolve(first);
        this.snapshot = resolved.running();
        if (serverTls != null) {
            serverTls.apply(snapshot);
        }
        // With many routes and plugins these two are most of a start, and go beside each other.
        CompletableFuture<RouteTable> router =
                CompletableFuture.supplyAsync(
                        () -> router(resolved.running(), ConfigSnapshot.empty(), RouteTable.EMPTY));
        PluginChains chains = chains(resolved);
        this.current =
                new Compiled(
                        snapshot.revision(),
                        router.join(),
                        chains,
                        consumers(snapshot),
                        balancers.apply(snapshot.upstreams(), snapshot.targets()),
                        UpstreamSsls.EMPTY.with(snapshot),
                        resolved.unresolved());
    }

    /// Puts a snapshot in force, and keeps what the change left alone.
    public synchronized void apply(ConfigSnapshot configured) {
        Compiled replaced = current;
        ConfigSnapshot last = snapshot;
        ResolvedConfig resolved = references.resolve(configured);
        ConfigSnapshot next = resolved.running();
        current =
                new Compiled(
                        next.revision(),
                        router(next, last, replaced.router()),
                        chains(resolved),
                        next.shares(last, EntityKind.CONSUMERS, EntityKind.KEYAUTH_CREDENTIALS)
                                ? replaced.consumers()
                                : consumers(next),
                        next.shares(last, EntityKind.UPSTREAMS, EntityKind.TARGETS)
                                ? replaced.balancers()
                                : balancers.apply(next.upstreams(), next.targets()),
                        next.shares(last, OF_UPSTREAM_TLS)
                                ? replaced.upstreamTls()
                                : replaced.upstreamTls().with(next),
                        resolved.unresolved());
        if (serverTls != null && !next.shares(last, EntityKind.CERTIFICATES, EntityKind.SNIS)) {
            serverTls.apply(next);
        }
        stored = configured;
        snapshot = next;
        replaced.chains().close();
    }

    /// Puts the same snapshot in force with the secrets that its references stand for now. What
    /// needs none of those that changed runs on as it is.
    public synchronized void secretsChanged() {
        apply(stored);
    }

    /// The references that stand for nothing in what runs.
    public List<UnresolvedReference> unresolved() {
        return current.unresolved();
    }

    private PluginChains chains(ResolvedConfig resolved) {
        return handlers.compile(
                resolved.running(),
                id ->
                        resolved.refers(EntityKind.PLUGINS, id)
                                ? new VaultedConfig(true, resolved.missing(EntityKind.PLUGINS, id))
                                : VaultedConfig.NONE);
    }

    private static RouteTable router(
            ConfigSnapshot next, ConfigSnapshot last, RouteTable replaced) {
        Set<String> routes = new TreeSet<>(next.changedSince(last, EntityKind.ROUTES));
        if (!routes.containsAll(next.byId(EntityKind.ROUTES).keySet())) {
            for (String service : next.changedSince(last, EntityKind.SERVICES)) {
                next.having(EntityKind.ROUTES, "service", service)
                        .forEach(route -> routes.add(route.path("id").asText()));
            }
        }
        return routes.isEmpty() ? replaced : replaced.with(routes, next::route, next::service);
    }

    private static ConsumerDirectory consumers(ConfigSnapshot snapshot) {
        return new ConsumerIndex(snapshot.consumers(), snapshot.keyAuthCredentials());
    }

    /// The configuration for one exchange, which releases its chains in the end.
    Compiled acquire() {
        Compiled compiled = current;
        while (!compiled.chains().acquire()) {
            // Replaced and given up between the two lines: its successor is in place already.
            compiled = current;
        }
        return compiled;
    }

    @Override
    public void close() {
        current.chains().close();
    }
}
