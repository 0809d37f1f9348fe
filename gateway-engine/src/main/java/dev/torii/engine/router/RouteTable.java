package dev.torii.engine.router;

import dev.torii.engine.exchange.ClientRequest;
import dev.torii.engine.exchange.MatchedRoute;
import dev.torii.model.config.Route;
import dev.torii.model.config.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All routes of one snapshot, ready to match. Immutable. Prefix paths are looked up by hash, one
/// look-up for each distinct prefix length, so that the time to match does not grow with the number
/// of routes.
public final class RouteTable implements Router {

    private final Map<String, List<RouteEntry>> byPrefix = new HashMap<>();
    private final int[] prefixLengths;
    private final List<RouteEntry> others;

    /// Compiles the routes.
    ///
    /// @param services by id; routes of a disabled service are left out
    public RouteTable(Collection<Route> routes, Map<String, Service> services) {
        List<RouteEntry> entries = new ArrayList<>();
        for (Route route : routes) {
            Service service = route.service() == null ? null : services.get(route.service().id());
            if (service == null || service.enabled()) {
                entries.addAll(RouteEntry.of(route, service));
            }
        }
        entries.sort(Comparator.naturalOrder());
        List<RouteEntry> withoutPrefix = new ArrayList<>();
        for (int rank = 0; rank < entries.size(); rank++) {
            RouteEntry entry = entries.get(rank);
            entry.rank(rank);
            if (entry.prefixes().isEmpty()) {
                withoutPrefix.add(entry);
            }
            for (String prefix : entry.prefixes()) {
                byPrefix.computeIfAbsent(prefix, _ -> new ArrayList<>()).add(entry);
            }
        }
        others = List.copyOf(withoutPrefix);
        prefixLengths = byPrefix.keySet().stream().mapToInt(String::length).distinct().toArray();
    }

    @Override
    public @Nullable MatchedRoute match(ClientRequest request) {
        String path = request.normalizedPath();
        RouteEntry best = null;
        String bestPrefix = "";
        for (int length : prefixLengths) {
            if (length > path.length()) {
                continue;
            }
            String prefix = path.substring(0, length);
            for (RouteEntry entry : byPrefix.getOrDefault(prefix, List.of())) {
                if ((best == null || entry.rank() < best.rank())
                        && entry.matchesAllButPath(request)) {
                    best = entry;
                    bestPrefix = prefix;
                    break;
                }
            }
        }
        for (RouteEntry entry : others) {
            if (best != null && entry.rank() > best.rank()) {
                break;
            }
            MatchedRoute match = entry.matchRegexOrPathless(request);
            if (match != null) {
                return match;
            }
        }
        return best == null
                ? null
                : new MatchedRoute(best.route(), best.service(), bestPrefix, Map.of());
    }
}
