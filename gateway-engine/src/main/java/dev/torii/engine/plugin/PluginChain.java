package dev.torii.engine.plugin;

import dev.torii.engine.exchange.Exchange;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.stream.Collectors;

/// The plugins of one route, in the order in which they run: by priority, then by name.
public final class PluginChain {

    private final PluginSlot[] slots;
    private final Set<String> secretNames;

    /// @param instances all that may run on the route, in any order
    PluginChain(Collection<PooledHandler> instances, Set<String> secretNames) {
        var byPlugin =
                instances.stream()
                        .sorted(
                                Comparator.comparingInt(PooledHandler::priority)
                                        .reversed()
                                        .thenComparing(instance -> instance.plugin().name())
                                        .thenComparingInt(instance -> instance.scope().rank()))
                        .collect(
                                Collectors.groupingBy(
                                        instance -> instance.plugin().name(),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        this.slots = byPlugin.values().stream().map(PluginSlot::new).toArray(PluginSlot[]::new);
        this.secretNames = secretNames;
    }

    /// Opens the run of one exchange.
    public PluginRun start(Exchange exchange) {
        exchange.secretNames(secretNames);
        return new PluginRun(slots, exchange);
    }
}
