package dev.torii.engine.proxy;

import dev.torii.engine.auth.ConsumerIndex;
import dev.torii.engine.exchange.ConsumerDirectory;
import dev.torii.engine.plugin.PluginChains;
import dev.torii.engine.plugin.PluginHandlers;
import dev.torii.engine.router.RouteTable;
import dev.torii.engine.router.Router;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.Service;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The configuration that traffic runs under: one immutable, compiled snapshot behind one
/// reference. A change compiles a new one and swaps it; exchanges under way end under the one that
/// they began with.
public final class LiveConfig implements AutoCloseable {

    /// A snapshot, ready for requests.
    record Compiled(
            long revision, Router router, PluginChains chains, ConsumerDirectory consumers) {}

    private final PluginHandlers handlers;
    private volatile Compiled current;

    public LiveConfig(PluginHandlers handlers, ConfigSnapshot first) {
        this.handlers = handlers;
        this.current = compile(first);
    }

    /// Puts a snapshot in force. Called by one thread at a time.
    public void apply(ConfigSnapshot snapshot) {
        Compiled replaced = current;
        current = compile(snapshot);
        replaced.chains().close();
    }

    private Compiled compile(ConfigSnapshot snapshot) {
        var services =
                snapshot.services().stream()
                        .collect(Collectors.toMap(Service::id, Function.identity()));
        return new Compiled(
                snapshot.revision(),
                new RouteTable(snapshot.routes(), services),
                handlers.compile(snapshot),
                new ConsumerIndex(snapshot.consumers(), snapshot.keyAuthCredentials()));
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
