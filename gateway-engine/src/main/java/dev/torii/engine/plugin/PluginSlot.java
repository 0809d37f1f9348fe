package dev.torii.engine.plugin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The instances of one plugin that may run on one route, the most specific first. They differ in
/// the consumer that they are for.
final class PluginSlot {

    private final String plugin;
    private final @Nullable String[] consumerIds;
    private final PluginHandler[] handlers;

    PluginSlot(List<PooledHandler> instances) {
        plugin = instances.getFirst().plugin().name();
        consumerIds = new String[instances.size()];
        handlers = new PluginHandler[instances.size()];
        for (int i = 0; i < handlers.length; i++) {
            consumerIds[i] = instances.get(i).scope().consumerId();
            handlers[i] = instances.get(i).handler();
        }
    }

    String plugin() {
        return plugin;
    }

    /// The instance to run; null when none is meant for this consumer.
    @Nullable PluginHandler handlerFor(@Nullable String consumerId) {
        for (int i = 0; i < handlers.length; i++) {
            String wanted = consumerIds[i];
            if (wanted == null || wanted.equals(consumerId)) {
                return handlers[i];
            }
        }
        return null;
    }
}
