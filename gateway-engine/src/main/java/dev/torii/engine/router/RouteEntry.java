package dev.torii.engine.router;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.torii.engine.exchange.ClientRequest;
import dev.torii.engine.exchange.MatchedRoute;
import dev.torii.model.config.Route;
import dev.torii.model.config.Service;
import dev.torii.model.schema.LinearRegex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One way in: a route's criteria with its regex paths, or with its prefixes of one length, or
/// without a path. A route is split into such entries because each has a priority of its own.
final class RouteEntry implements Comparable<RouteEntry> {

    private final Route route;
    private final @Nullable Service service;
    private final List<String> prefixes;
    private final List<Pattern> regexes;
    private final List<String> methods;
    private final boolean hasPaths;
    private final @Nullable HostMatcher hosts;
    private final @Nullable HeaderMatcher headers;
    private final @Nullable SniMatcher snis;

    // What the order of routes goes by.
    private final int kinds;
    private final boolean plainHosts;
    private final int headerCount;
    private final int prefixLength;

    private RouteEntry(
            Route route, @Nullable Service service, List<String> prefixes, List<Pattern> regexes) {
        this.route = route;
        this.service = service;
        this.prefixes = prefixes;
        this.regexes = regexes;
        this.methods = orEmpty(route.methods());
        this.hasPaths = !prefixes.isEmpty() || !regexes.isEmpty();
        List<String> hosts = orEmpty(route.hosts());
        this.hosts = hosts.isEmpty() ? null : new HostMatcher(hosts);
        Map<String, List<String>> headers = route.headers();
        this.headers = headers == null || headers.isEmpty() ? null : new HeaderMatcher(headers);
        List<String> snis = orEmpty(route.snis());
        this.snis = snis.isEmpty() ? null : new SniMatcher(snis);
        this.kinds =
                (methods.isEmpty() ? 0 : 1)
                        + (this.hosts == null ? 0 : 1)
                        + (this.headers == null ? 0 : 1)
                        + (this.snis == null ? 0 : 1)
                        + (hasPaths ? 1 : 0);
        this.plainHosts = this.hosts != null && this.hosts.plain();
        this.headerCount = this.headers == null ? 0 : this.headers.count();
        this.prefixLength = prefixes.isEmpty() ? 0 : prefixes.getFirst().length();
    }

    static List<RouteEntry> of(Route route, @Nullable Service service) {
        List<String> paths = orEmpty(route.paths());
        if (paths.isEmpty()) {
            return List.of(new RouteEntry(route, service, List.of(), List.of()));
        }
        List<Pattern> regexes = new ArrayList<>();
        Map<Integer, List<String>> prefixesByLength = new TreeMap<>();
        for (String path : paths) {
            if (path.startsWith("~")) {
                regexes.add(LinearRegex.compile(path.substring(1)));
            } else {
                prefixesByLength.computeIfAbsent(path.length(), _ -> new ArrayList<>()).add(path);
            }
        }
        List<RouteEntry> entries = new ArrayList<>();
        if (!regexes.isEmpty()) {
            entries.add(new RouteEntry(route, service, List.of(), regexes));
        }
        prefixesByLength
                .values()
                .forEach(same -> entries.add(new RouteEntry(route, service, same, List.of())));
        return entries;
    }

    Route route() {
        return route;
    }

    @Nullable Service service() {
        return service;
    }

    List<String> prefixes() {
        return prefixes;
    }

    /// The names that a request's host must be one of; none when any may do, or a wildcard decides.
    List<String> hostNames() {
        return hosts != null && plainHosts ? hosts.names() : List.of();
    }

    boolean matchesAllButPath(ClientRequest request) {
        return (methods.isEmpty() || methods.contains(request.method()))
                && (hosts == null || hosts.matches(request))
                && (headers == null || headers.matches(request))
                && (snis == null || snis.matches(request));
    }

    @Nullable MatchedRoute matchRegexOrPathless(ClientRequest request) {
        if (!matchesAllButPath(request)) {
            return null;
        }
        if (regexes.isEmpty()) {
            return new MatchedRoute(route, service, "", Map.of());
        }
        for (Pattern regex : regexes) {
            Matcher matcher = regex.matcher(request.normalizedPath());
            if (matcher.lookingAt()) {
                return new MatchedRoute(route, service, matcher.group(), captures(matcher));
            }
        }
        return null;
    }

    private static Map<String, String> captures(Matcher matcher) {
        Map<String, String> captures = new HashMap<>();
        matcher.pattern()
                .namedGroups()
                .keySet()
                .forEach(name -> {
                    String value = matcher.group(name);
                    if (value != null) {
                        captures.put(name, value);
                    }
                });
        return captures;
    }

    /// Kong's priority, field by field; see kong-behaviour, "Priority".
    @Override
    public int compareTo(RouteEntry other) {
        int order = Integer.compare(other.kinds, kinds);
        if (order == 0) {
            order = Boolean.compare(other.plainHosts, plainHosts);
        }
        if (order == 0) {
            order = Integer.compare(other.headerCount, headerCount);
        }
        if (order == 0) {
            order = Boolean.compare(!other.regexes.isEmpty(), !regexes.isEmpty());
        }
        if (order == 0 && !regexes.isEmpty()) {
            order = Integer.compare(other.route.regexPriority(), route.regexPriority());
        }
        if (order == 0) {
            order = Integer.compare(other.prefixLength, prefixLength);
        }
        return order == 0 ? other.route.id().compareTo(route.id()) : order;
    }

    private static List<String> orEmpty(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }
}
