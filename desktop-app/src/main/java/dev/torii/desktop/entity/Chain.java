package dev.torii.desktop.entity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.PluginScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The plugins that run for a request, in the order in which they run.
///
/// @param before those between the client and the upstream, higher priority first
/// @param after those that work when the answer has been sent
record Chain(List<Link> before, List<Link> after) {

    /// Plugins that only look at a finished exchange.
    private static final Set<String> AFTER_THE_ANSWER =
            Set.of(
                    "file-log",
                    "http-log",
                    "tcp-log",
                    "udp-log",
                    "syslog",
                    "loggly",
                    "statsd",
                    "datadog",
                    "prometheus",
                    "zipkin",
                    "opentelemetry");

    /// @param hidden another instance of the same plugin is more specific and runs instead
    record Link(ObjectNode plugin, String name, int priority, PluginScope scope, boolean hidden) {

        boolean enabled() {
            return Entities.enabled(plugin);
        }
    }

    /// The chain for a request to this route from nobody in particular.
    ///
    /// @param route null asks for a request to any route of the service
    static Chain of(Inventory inventory, @Nullable ObjectNode route, @Nullable ObjectNode service) {
        String routeId = route == null ? "" : Entities.id(route);
        String serviceId = service == null ? null : Entities.id(service);
        var links = new ArrayList<ObjectNode>();
        Map<String, Integer> most = new HashMap<>();
        for (ObjectNode plugin : inventory.plugins()) {
            PluginScope scope = scope(plugin);
            if (scope.consumerId() == null && scope.covers(routeId, serviceId, null)) {
                links.add(plugin);
                if (Entities.enabled(plugin)) {
                    most.merge(plugin.path("name").asText(), scope.rank(), Math::min);
                }
            }
        }
        var before = new ArrayList<Link>();
        var after = new ArrayList<Link>();
        for (ObjectNode plugin : links) {
            String name = plugin.path("name").asText();
            PluginScope scope = scope(plugin);
            boolean hidden = scope.rank() > most.getOrDefault(name, scope.rank());
            var link = new Link(plugin, name, inventory.priority(name), scope, hidden);
            (AFTER_THE_ANSWER.contains(name) ? after : before).add(link);
        }
        Comparator<Link> order =
                Comparator.comparingInt(Link::priority)
                        .reversed()
                        .thenComparing(Link::name)
                        .thenComparingInt(link -> link.scope().rank());
        before.sort(order);
        after.sort(order);
        return new Chain(List.copyOf(before), List.copyOf(after));
    }

    static PluginScope scope(ObjectNode plugin) {
        return new PluginScope(id(plugin, "route"), id(plugin, "service"), id(plugin, "consumer"));
    }

    private static @Nullable String id(ObjectNode plugin, String reference) {
        return plugin.path(reference).path("id").textValue();
    }
}
