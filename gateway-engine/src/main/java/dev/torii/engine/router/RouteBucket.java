package dev.torii.engine.router;

import dev.torii.engine.exchange.ClientRequest;
import dev.torii.engine.exchange.MatchedRoute;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Routes that a request of one host may match. Prefixes are looked up by hash, one look-up for
/// each distinct length; routes with regexes or without a path are tried in turn. Immutable.
final class RouteBucket {

    static final RouteBucket EMPTY = new RouteBucket(Map.of(), List.of());

    /// @param entry what matched
    record Found(MatchedRoute match, RouteEntry entry) {}

    private final Map<String, List<RouteEntry>> byPrefix;
    private final int[] prefixLengths;
    private final List<RouteEntry> others;

    private RouteBucket(Map<String, List<RouteEntry>> byPrefix, List<RouteEntry> others) {
        this.byPrefix = byPrefix;
        this.others = others;
        prefixLengths = byPrefix.keySet().stream().mapToInt(String::length).distinct().toArray();
    }

    RouteBucket with(Set<RouteEntry> gone, Collection<RouteEntry> added) {
        Map<String, List<RouteEntry>> prefixes = new HashMap<>(byPrefix);
        for (RouteEntry entry : gone) {
            for (String prefix : entry.prefixes()) {
                prefixes.computeIfPresent(prefix, (_, entries) -> without(entries, gone));
            }
        }
        Map<String, List<RouteEntry>> addedPrefixes = new HashMap<>();
        List<RouteEntry> addedOthers = new ArrayList<>();
        for (RouteEntry entry : added) {
            if (entry.prefixes().isEmpty()) {
                addedOthers.add(entry);
            }
            for (String prefix : entry.prefixes()) {
                addedPrefixes.computeIfAbsent(prefix, _ -> new ArrayList<>()).add(entry);
            }
        }
        addedPrefixes.forEach(
                (prefix, entries) -> prefixes.merge(prefix, sorted(entries), RouteBucket::merged));
        List<RouteEntry> left = without(others, gone);
        return new RouteBucket(prefixes, merged(left == null ? List.of() : left, addedOthers));
    }

    private static @Nullable List<RouteEntry> without(
            List<RouteEntry> entries, Set<RouteEntry> gone) {
        List<RouteEntry> left = entries.stream().filter(entry -> !gone.contains(entry)).toList();
        return left.isEmpty() ? null : left;
    }

    private static List<RouteEntry> merged(List<RouteEntry> some, List<RouteEntry> more) {
        List<RouteEntry> all = new ArrayList<>(some);
        all.addAll(more);
        return sorted(all);
    }

    /// A list of one is the rule, and kept small.
    private static List<RouteEntry> sorted(List<RouteEntry> entries) {
        return entries.stream().sorted(Comparator.naturalOrder()).toList();
    }

    boolean isEmpty() {
        return byPrefix.isEmpty() && others.isEmpty();
    }

    /// The first route that matches.
    ///
    /// @param best what was found elsewhere; it stays when nothing here comes before it
    @Nullable Found find(ClientRequest request, @Nullable Found best) {
        String path = request.normalizedPath();
        RouteEntry first = best == null ? null : best.entry();
        String matched = null;
        for (int length : prefixLengths) {
            if (length > path.length()) {
                continue;
            }
            String prefix = path.substring(0, length);
            for (RouteEntry entry : byPrefix.getOrDefault(prefix, List.of())) {
                if (first != null && entry.compareTo(first) >= 0) {
                    break;
                }
                if (entry.matchesAllButPath(request)) {
                    first = entry;
                    matched = prefix;
                    break;
                }
            }
        }
        for (RouteEntry entry : others) {
            if (first != null && entry.compareTo(first) >= 0) {
                break;
            }
            MatchedRoute match = entry.matchRegexOrPathless(request);
            if (match != null) {
                return new Found(match, entry);
            }
        }
        return first == null || matched == null
                ? best
                : new Found(
                        new MatchedRoute(first.route(), first.service(), matched, Map.of()), first);
    }
}
