package dev.torii.engine.admin;

import dev.torii.engine.openapi.ApiDocument;
import dev.torii.engine.openapi.Operation;
import dev.torii.model.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Kong's paths of filter chains, which are WebAssembly. Torii runs none and says so at each.
final class FilterChains {

    private static final String MISSING = "this endpoint is only available when wasm is enabled";

    private static final Set<String> MANY = Set.of("GET", "POST");
    private static final Set<String> ONE = Set.of("GET", "PUT", "PATCH", "DELETE");
    private static final Set<String> READ = Set.of("GET");

    /// By template, with Kong's names of the keys, the methods.
    static final Map<String, Set<String>> PATHS =
            new TreeMap<>(
                    Map.of(
                            "/filter-chains", MANY,
                            "/filter-chains/{filter_chains}", ONE,
                            "/filter-chains/{filter_chains}/route", ONE,
                            "/filter-chains/{filter_chains}/service", ONE,
                            "/routes/{routes}/filter-chains", MANY,
                            "/routes/{routes}/filter-chains/{filter_chains}", ONE,
                            "/routes/{routes}/filters/{which}", READ,
                            "/services/{services}/filter-chains", MANY,
                            "/services/{services}/filter-chains/{filter_chains}", ONE));

    /// What may stand for `{which}`.
    static final List<String> FILTERS = List.of("all", "disabled", "enabled");

    private static final Pattern KEY = Pattern.compile("\\{(\\w+?)s?}");

    private FilterChains() {}

    /// Empty for a path that is none of these.
    static Optional<AnsweringServlet.Endpoint> find(List<String> path) {
        return PATHS.entrySet().stream()
                .filter(entry -> fits(path, segments(entry.getKey())))
                .findFirst()
                .map(entry ->
                        new AnsweringServlet.Endpoint(
                                entry.getValue(), call -> Answer.message(400, MISSING)));
    }

    private static boolean fits(List<String> path, List<String> template) {
        if (path.size() != template.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            boolean here =
                    switch (template.get(i)) {
                        case "{which}" -> FILTERS.contains(path.get(i));
                        case String segment when segment.startsWith("{") -> true;
                        case String segment -> segment.equals(path.get(i));
                    };
            if (!here) {
                return false;
            }
        }
        return true;
    }

    private static List<String> segments(String template) {
        return Arrays.asList(template.substring(1).split("/", -1));
    }

    static void describe(ApiDocument api) {
        api.tag("filter-chains", "WebAssembly, which Torii does not run: 400 at every path.");
        PATHS.forEach((template, methods) ->
                methods.forEach(method ->
                        api.add(operation(method, KEY.matcher(template).replaceAll("{$1}")))));
    }

    private static Operation operation(String method, String path) {
        Operation operation =
                Operation.of(method, path, id(method, path), "Answers that there is no WebAssembly")
                        .tag("filter-chains")
                        .refuses(400);
        KEY.matcher(path)
                .results()
                .forEach(key -> {
                    var schema = Json.object().put("type", "string");
                    if (key.group(1).equals("which")) {
                        FILTERS.forEach(schema.withArray("enum")::add);
                    }
                    operation.pathParameter(key.group(1), "Counts for nothing.", schema);
                });
        return operation;
    }

    /// Such as `getFilterChainsFilterChainRoute`.
    private static String id(String method, String path) {
        return method.toLowerCase(Locale.ROOT)
                + Pattern.compile("[^a-z]+([a-z])")
                        .matcher(path)
                        .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT))
                        .replace("}", "");
    }
}
