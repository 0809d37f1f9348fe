package dev.torii.engine.router;

import dev.torii.engine.exchange.ClientRequest;
import dev.torii.engine.exchange.MatchedRoute;
import dev.torii.engine.router.RouteBucket.Found;
import dev.torii.engine.router.RouteBucket.Ranked;
import dev.torii.model.config.Route;
import dev.torii.model.config.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All routes of one snapshot, ready to match. Immutable. Routes that name their hosts are looked
/// up by the request's host, prefix paths by their text, both by hash, so that the time to match
/// does not grow with the number of routes.
public final class RouteTable implements Router {

    public static final RouteTable EMPTY = new RouteTable(Map.of(), List.of());

    private final Map<String, List<RouteEntry>> byRoute;
    private final List<RouteEntry> sorted;
    private final RouteBucket anyHost;
    private final Map<String, RouteBucket> byHost = new HashMap<>();

    private RouteTable(Map<String, List<RouteEntry>> byRoute, List<RouteEntry> sorted) {
        this.byRoute = byRoute;
        this.sorted = sorted;
        List<Ranked> withoutHost = new ArrayList<>();
        Map<String, List<Ranked>> withHost = new HashMap<>();
        for (int rank = 0; rank < sorted.size(); rank++) {
            var ranked = new Ranked(sorted.get(rank), rank);
            List<String> hosts = ranked.entry().hostNames();
            if (hosts.isEmpty()) {
                withoutHost.add(ranked);
            }
            for (String host : hosts) {
                withHost.computeIfAbsent(host, _ -> new ArrayList<>()).add(ranked);
            }
        }
        anyHost = new RouteBucket(withoutHost);
        withHost.forEach((host, entries) -> byHost.put(host, new RouteBucket(entries)));
    }

    /// The table of other routes. Those that are in this one already, and their services, are not
    /// compiled again.
    ///
    /// @param services by id; routes of a disabled service are left out
    public RouteTable with(Collection<Route> routes, Map<String, Service> services) {
        Map<String, List<RouteEntry>> next = new HashMap<>();
        List<RouteEntry> fresh = new ArrayList<>();
        for (Route route : routes) {
            Service service = route.service() == null ? null : services.get(route.service().id());
            if (service != null && !service.enabled()) {
                continue;
            }
            List<RouteEntry> entries = byRoute.get(route.id());
            if (entries == null || !entries.getFirst().isOf(route, service)) {
                entries = RouteEntry.of(route, service);
                fresh.addAll(entries);
            }
            next.put(route.id(), entries);
        }
        // What was in order stays so; one run and a few are sorted fast.
        List<RouteEntry> order = new ArrayList<>();
        for (RouteEntry entry : sorted) {
            if (isKept(entry, next)) {
                order.add(entry);
            }
        }
        order.addAll(fresh);
        order.sort(Comparator.naturalOrder());
        return new RouteTable(next, order);
    }

    @SuppressWarnings("ReferenceEquality") // a kept route has the very same entries
    private boolean isKept(RouteEntry entry, Map<String, List<RouteEntry>> next) {
        String id = entry.route().id();
        return next.get(id) == byRoute.get(id);
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
