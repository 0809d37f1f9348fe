package dev.torii.engine.router;

import dev.torii.engine.exchange.ClientRequest;
import dev.torii.engine.exchange.MatchedRoute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Routes that a request of one host may match. Prefixes are looked up by hash, one look-up for
/// each distinct length; routes with regexes or without a path are tried in turn. Immutable.
final class RouteBucket {

    /// @param rank the place in the order of the whole table: the lower, the sooner
    record Ranked(RouteEntry entry, int rank) {}

    record Found(MatchedRoute match, int rank) {}

    private final Map<String, List<Ranked>> byPrefix = new HashMap<>();
    private final int[] prefixLengths;
    private final List<Ranked> others = new ArrayList<>();

    /// @param entries in order of rank
    RouteBucket(List<Ranked> entries) {
        for (Ranked ranked : entries) {
            List<String> prefixes = ranked.entry().prefixes();
            if (prefixes.isEmpty()) {
                others.add(ranked);
            }
            for (String prefix : prefixes) {
                byPrefix.computeIfAbsent(prefix, _ -> new ArrayList<>()).add(ranked);
            }
        }
        prefixLengths = byPrefix.keySet().stream().mapToInt(String::length).distinct().toArray();
    }

    /// The first route that matches.
    ///
    /// @param best what was found elsewhere; it stays when nothing here comes before it
    @Nullable Found find(ClientRequest request, @Nullable Found best) {
        String path = request.normalizedPath();
        Ranked byPath = null;
        String matched = "";
        int bound = best == null ? Integer.MAX_VALUE : best.rank();
        for (int length : prefixLengths) {
            if (length > path.length()) {
                continue;
            }
            String prefix = path.substring(0, length);
            for (Ranked ranked : byPrefix.getOrDefault(prefix, List.of())) {
                if (ranked.rank() >= bound) {
                    break;
                }
                if (ranked.entry().matchesAllButPath(request)) {
                    byPath = ranked;
                    bound = ranked.rank();
                    matched = prefix;
                    break;
                }
            }
        }
        for (Ranked ranked : others) {
            if (ranked.rank() >= bound) {
                break;
            }
            MatchedRoute match = ranked.entry().matchRegexOrPathless(request);
            if (match != null) {
                return new Found(match, ranked.rank());
            }
        }
        return byPath == null
                ? best
                : new Found(
                        new MatchedRoute(
                                byPath.entry().route(),
                                byPath.entry().service(),
                                matched,
                                Map.of()),
                        byPath.rank());
    }
}
