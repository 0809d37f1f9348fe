package dev.torii.engine.proxy;

import dev.torii.engine.auth.ConsumerIndex;
import dev.torii.engine.exchange.ConsumerDirectory;
import dev.torii.engine.plugin.PluginChains;
import dev.torii.engine.plugin.PluginHandlers;
import dev.torii.engine.router.RouteTable;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.Service;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The configuration that traffic runs under: one immutable, compiled snapshot behind one
/// reference. A change compiles a new one and swaps it; exchanges under way end under the one that
/// they began with.
public final class LiveConfig implements AutoCloseable {

    /// A snapshot, ready for requests.
    record Compiled(
            long revision, RouteTable router, PluginChains chains, ConsumerDirectory consumers) {}

    private final PluginHandlers handlers;
    private ConfigSnapshot snapshot;
    private volatile Compiled current;

    public LiveConfig(PluginHandlers handlers, ConfigSnapshot first) {
        this.handlers = handlers;
        this.snapshot = first;
        this.current =
                new Compiled(
                        first.revision(),
                        router(first, RouteTable.EMPTY),
                        handlers.compile(first),
                        consumers(first));
    }

    /// Puts a snapshot in force, and keeps what the change left alone. Called by one thread at a
    /// time.
    public void apply(ConfigSnapshot next) {
        Compiled replaced = current;
        ConfigSnapshot last = snapshot;
        current =
                new Compiled(
                        next.revision(),
                        next.shares(last, EntityKind.ROUTES, EntityKind.SERVICES)
                                ? replaced.router()
                                : router(next, replaced.router()),
                        handlers.compile(next),
                        next.shares(last, EntityKind.CONSUMERS, EntityKind.KEYAUTH_CREDENTIALS)
                                ? replaced.consumers()
                                : consumers(next));
        snapshot = next;
        replaced.chains().close();
    }

    private static RouteTable router(ConfigSnapshot snapshot, RouteTable last) {
        var services =
                snapshot.services().stream()
                        .collect(Collectors.toMap(Service::id, Function.identity()));
        return last.with(snapshot.routes(), services);
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
