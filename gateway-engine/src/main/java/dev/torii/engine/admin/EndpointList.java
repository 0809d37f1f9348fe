package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import java.util.Comparator;
import java.util.List;
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
                    "/config",
                    "/debug/cluster/log-level/{log_level}",
                    "/debug/node/log-level",
                    "/debug/node/log-level/{log_level}",
                    "/endpoints",
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
                    "/timers");

    private EndpointList() {}

    static ObjectNode toJson() {
        // By segments: a slash sorts before everything else.
        var paths = new TreeSet<String>(Comparator.comparing(path -> path.replace('/', '\0')));
        paths.addAll(FIXED);
        FilterChains.PATHS
                .keySet()
                .forEach(path ->
                        FilterChains.FILTERS.forEach(
                                which -> paths.add(path.replace("{which}", which))));
        paths.addAll(PlaceTemplates.ofKinds(EntityKind::schemaName).keySet());
        ObjectNode body = Json.object();
        ArrayNode data = body.putArray("data");
        paths.forEach(data::add);
        return body;
    }
}
