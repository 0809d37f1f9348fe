package dev.torii.engine.router;

import dev.torii.engine.exchange.ClientRequest;
import dev.torii.engine.exchange.MatchedRoute;
import dev.torii.engine.router.RouteBucket.Found;
import dev.torii.model.config.Ref;
import dev.torii.model.config.Route;
import dev.torii.model.config.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// All routes of one snapshot, ready to match. Immutable. Routes that name their hosts are looked
/// up by the request's host, prefix paths by their text, both by hash, so that the time to match
/// does not grow with the number of routes.
public final class RouteTable implements Router {

    public static final RouteTable EMPTY =
            new RouteTable(TreePMap.empty(), RouteBucket.EMPTY, Map.of());

    private final TreePMap<String, List<RouteEntry>> byRoute;
    private final RouteBucket anyHost;
    private final Map<String, RouteBucket> byHost;

    private RouteTable(
            TreePMap<String, List<RouteEntry>> byRoute,
            RouteBucket anyHost,
            Map<String, RouteBucket> byHost) {
        this.byRoute = byRoute;
        this.anyHost = anyHost;
        this.byHost = byHost;
    }

    /// The table after some routes have changed; only those are compiled.
    ///
    /// @param ids of routes that are new, gone, other than they were, or of another service
    /// @param routes finds those that are there now; a route of a disabled service is left out
    public RouteTable with(
            Collection<String> ids,
            Function<String, @Nullable Route> routes,
            Function<String, @Nullable Service> services) {
        var next = byRoute;
        // Entries are compared as objects: each is compiled once.
        Set<RouteEntry> gone = Collections.newSetFromMap(new IdentityHashMap<>());
        List<RouteEntry> added = new ArrayList<>();
        for (String id : ids) {
            gone.addAll(entries(id));
            Route route = routes.apply(id);
            Ref of = route == null ? null : route.service();
            Service service = of == null ? null : services.apply(of.id());
            if (route == null || (service != null && !service.enabled())) {
                next = next.minus(id);
            } else {
                List<RouteEntry> compiled = RouteEntry.of(route, service);
                added.addAll(compiled);
                next = next.plus(id, compiled);
            }
        }
        return new RouteTable(
                next,
                anyHost.with(
                        gone, added.stream().filter(one -> one.hostNames().isEmpty()).toList()),
                hosts(gone, added));
    }

    private Map<String, RouteBucket> hosts(Set<RouteEntry> gone, List<RouteEntry> added) {
        Map<String, List<RouteEntry>> touched = new HashMap<>();
        for (RouteEntry entry : gone) {
            entry.hostNames().forEach(host -> touched.put(host, new ArrayList<>()));
        }
        for (RouteEntry entry : added) {
            entry.hostNames()
                    .forEach(host ->
                            touched.computeIfAbsent(host, _ -> new ArrayList<>()).add(entry));
        }
        if (touched.isEmpty()) {
            return byHost;
        }
        Map<String, RouteBucket> next = new HashMap<>(byHost);
        touched.forEach((host, entries) -> {
            RouteBucket bucket = next.getOrDefault(host, RouteBucket.EMPTY).with(gone, entries);
            if (bucket.isEmpty()) {
                next.remove(host);
            } else {
                next.put(host, bucket);
            }
        });
        return next;
    }

    /// What a route was compiled to.
    List<RouteEntry> entries(String routeId) {
        return byRoute.getOrDefault(routeId, List.of());
    }

    @Override
    public @Nullable MatchedRoute match(ClientRequest request) {
        Found best = anyHost.find(request, null);
        if (!byHost.isEmpty()) {
            RouteBucket own = byHost.get(HostMatcher.name(request.hostHeader()));
            best = own == null ? best : own.find(request, best);
        }
        return best == null ? null : best.match();
    }
}
