package dev.torii.engine.plugin;

import dev.torii.model.config.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// The handlers of one configuration by what they are for, each by its plugin's id. Immutable; a
/// changed one shares with its predecessor what did not change.
///
/// @param secretNames how many handlers name it, by name
record HandlerGroups(
        TreePMap<String, PooledHandler> all,
        TreePMap<String, PooledHandler> everywhere,
        TreePMap<String, TreePMap<String, PooledHandler>> ofRoutes,
        TreePMap<String, TreePMap<String, PooledHandler>> ofServices,
        TreePMap<String, Integer> secretNames) {

    static final HandlerGroups EMPTY =
            new HandlerGroups(
                    TreePMap.empty(),
                    TreePMap.empty(),
                    TreePMap.empty(),
                    TreePMap.empty(),
                    TreePMap.empty());

    HandlerGroups with(PooledHandler handler) {
        String id = handler.plugin().id();
        String route = handler.scope().routeId();
        String service = route == null ? handler.scope().serviceId() : null;
        return new HandlerGroups(
                all.plus(id, handler),
                route == null && service == null ? everywhere.plus(id, handler) : everywhere,
                grouped(ofRoutes, route, of(ofRoutes, route).plus(id, handler)),
                grouped(ofServices, service, of(ofServices, service).plus(id, handler)),
                counted(handler, 1));
    }

    HandlerGroups without(PooledHandler handler) {
        String id = handler.plugin().id();
        String route = handler.scope().routeId();
        String service = route == null ? handler.scope().serviceId() : null;
        return new HandlerGroups(
                all.minus(id),
                everywhere.minus(id),
                grouped(ofRoutes, route, of(ofRoutes, route).minus(id)),
                grouped(ofServices, service, of(ofServices, service).minus(id)),
                counted(handler, -1));
    }

    private static TreePMap<String, PooledHandler> of(
            TreePMap<String, TreePMap<String, PooledHandler>> groups, @Nullable String key) {
        return key == null ? TreePMap.empty() : groups.getOrDefault(key, TreePMap.empty());
    }

    private static TreePMap<String, TreePMap<String, PooledHandler>> grouped(
            TreePMap<String, TreePMap<String, PooledHandler>> groups,
            @Nullable String key,
            TreePMap<String, PooledHandler> group) {
        if (key == null) {
            return groups;
        }
        return group.isEmpty() ? groups.minus(key) : groups.plus(key, group);
    }

    private TreePMap<String, Integer> counted(PooledHandler handler, int more) {
        var names = secretNames;
        for (String name : handler.handler().secretNames()) {
            int count = names.getOrDefault(name, 0) + more;
            names = count == 0 ? names.minus(name) : names.plus(name, count);
        }
        return names;
    }

    Set<String> allSecretNames() {
        return Set.copyOf(secretNames.keySet());
    }

    /// All that may run on a route, whoever the consumer is.
    Collection<PooledHandler> covering(Route route) {
        String serviceId = route.service() == null ? null : route.service().id();
        List<PooledHandler> covering = new ArrayList<>(everywhere.values());
        covering.addAll(of(ofServices, serviceId).values());
        for (PooledHandler own : of(ofRoutes, route.id()).values()) {
            String wanted = own.scope().serviceId();
            if (wanted == null || wanted.equals(serviceId)) {
                covering.add(own);
            }
        }
        return covering;
    }
}
