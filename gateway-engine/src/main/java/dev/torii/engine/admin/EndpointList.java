package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.admin.Relations.Relation;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// All paths of the Admin API, with the names of their parameters in braces.
final class EndpointList {

    private static final List<String> FIXED =
            List.of(
                    "/",
                    "/cache",
                    "/cache/{key}",
                    "/clustering/data-planes",
                    "/clustering/status",
                    "/debug/cluster/log-level/{log_level}",
                    "/debug/node/log-level",
                    "/debug/node/log-level/{log_level}",
                    "/endpoints",
                    "/filter-chains",
                    "/filter-chains/{filter_chains}",
                    "/filter-chains/{filter_chains}/route",
                    "/filter-chains/{filter_chains}/service",
                    "/metrics",
                    "/plugins/enabled",
                    "/plugins/schema/{name}",
                    "/schemas/plugins/validate",
                    "/schemas/plugins/{name}",
                    "/schemas/vaults/validate",
                    "/schemas/vaults/{name}",
                    "/schemas/{db_entity_name}/validate",
                    "/schemas/{name}",
                    "/status",
                    "/status/dns",
                    "/tags",
                    "/tags/{tags}",
                    "/timers",
                    "/upstreams/{upstreams}/targets/all");

    private EndpointList() {}

    static ObjectNode toJson() {
        // By segments: a slash sorts before everything else.
        var paths = new TreeSet<String>(Comparator.comparing(path -> path.replace('/', '\0')));
        paths.addAll(FIXED);
        for (EntityKind kind : EntityKind.values()) {
            addReached(paths, List.of(kind.path()));
            addReached(paths, List.of(kind.path(), parameter(kind)));
            for (Relation relation : Relations.ofChild(kind)) {
                addReached(paths, List.of(kind.path(), parameter(kind), relation.field()));
                EntityKind parent = relation.parent();
                addReached(paths, List.of(parent.path(), parameter(parent), kind.nestedPath()));
                addReached(
                        paths,
                        List.of(
                                parent.path(),
                                parameter(parent),
                                kind.nestedPath(),
                                parameter(kind)));
            }
        }
        ObjectNode body = Json.object();
        ArrayNode data = body.putArray("data");
        paths.forEach(data::add);
        return body;
    }

    private static String parameter(EntityKind kind) {
        return "{" + kind.schemaName() + "}";
    }

    /// Some paths that the kinds would have are closed.
    private static void addReached(Set<String> paths, List<String> path) {
        if (Place.of(path).isPresent()) {
            paths.add("/" + String.join("/", path));
        }
    }
}
