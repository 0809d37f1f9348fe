package dev.torii.desktop.entity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.api.UsageRow;
import dev.torii.model.config.EntityKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the engine has, as it was read last.
///
/// @param priorities the plugins that can be added, each with its place in the order of running
/// @param serviceUsage the last 24 hours by the service's label
/// @param routeUsage the last 24 hours by the route's label
record Inventory(
        List<ObjectNode> services,
        List<ObjectNode> routes,
        List<ObjectNode> plugins,
        List<ObjectNode> consumers,
        Map<String, Integer> priorities,
        Map<String, UsageRow> serviceUsage,
        Map<String, UsageRow> routeUsage) {

    static final Inventory EMPTY =
            new Inventory(List.of(), List.of(), List.of(), List.of(), Map.of(), Map.of(), Map.of());

    List<ObjectNode> all(EntityKind kind) {
        return switch (kind) {
            case SERVICES -> services;
            case ROUTES -> routes;
            case PLUGINS -> plugins;
            case CONSUMERS -> consumers;
            default -> List.of();
        };
    }

    Optional<ObjectNode> find(EntityKind kind, @Nullable String id) {
        return all(kind).stream().filter(entity -> Entities.id(entity).equals(id)).findFirst();
    }

    List<ObjectNode> routesOf(ObjectNode service) {
        return referring(routes, "service", service);
    }

    /// The plugins that are set on this very entity.
    List<ObjectNode> pluginsOn(EntityKind kind, ObjectNode entity) {
        return referring(plugins, Entities.reference(kind), entity);
    }

    private static List<ObjectNode> referring(
            List<ObjectNode> from, String field, ObjectNode target) {
        return from.stream()
                .filter(each -> each.path(field).path("id").asText().equals(Entities.id(target)))
                .toList();
    }

    int priority(String plugin) {
        return priorities.getOrDefault(plugin, 0);
    }

    @Nullable UsageRow usage(EntityKind kind, ObjectNode entity) {
        return switch (kind) {
            case SERVICES -> serviceUsage.get(Entities.usageLabel(entity));
            case ROUTES -> routeUsage.get(Entities.usageLabel(entity));
            default -> null;
        };
    }
}
