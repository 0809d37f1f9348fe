package dev.torii.engine.plugin;

import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.RouteFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What runs: one per configured plugin. See [PluginFactory] for its life.
public interface PluginHandler extends AutoCloseable {

    /// Whether `onRequest` looks at the body; the chain reads it before the first handler that
    /// does.
    default boolean needsBody() {
        return false;
    }

    /// The body size that this handler takes, in bytes; a larger request is refused with 413.
    default long maxBodySize() {
        return Long.MAX_VALUE;
    }

    /// Headers and query arguments, in lower case, that this handler reads credentials from; logs
    /// mask them on every route.
    default Set<String> secretNames() {
        return Set.of();
    }

    /// In what dialect the clients of a route speak, when this handler decides that; null when it
    /// does not.
    default @Nullable RouteFormat format() {
        return null;
    }

    /// Before anything goes upstream.
    default Decision onRequest(Exchange exchange) {
        return Decision.proceed();
    }

    /// When the upstream's headers are there and the client's are not yet sent.
    default void onResponse(Exchange exchange) {}

    /// After the end, on the recorder's thread; usage and outcome are known.
    default void onLog(Exchange exchange) {}

    @Override
    default void close() {}
}
