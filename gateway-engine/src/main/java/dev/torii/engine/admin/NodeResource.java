package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.admin.AnsweringServlet.Endpoint;
import dev.torii.model.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Paths that name no entity and no schema: tags, the list of paths, and what Kong has besides. Of
/// what Torii does not have it says so in Kong's words.
final class NodeResource {

    private static final Set<String> GET = Set.of("GET");

    private static final String NO_CONTROL_PLANE =
            "this endpoint is only available when Kong is configured to run as Control Plane for"
                    + " the cluster";
    private static final String NO_DNS_FIGURES = "not implemented with the legacy DNS client";

    private final TagResource tags;

    NodeResource(TagResource tags) {
        this.tags = tags;
    }

    /// Empty for a path that is none of these.
    Optional<Endpoint> find(List<String> path) {
        Optional<Endpoint> own =
                switch (path.size()) {
                    case 1 -> collection(path.getFirst());
                    case 2 -> item(path.getFirst(), path.get(1));
                    default -> Optional.empty();
                };
        return own.or(() -> FilterChains.find(path));
    }

    private Optional<Endpoint> collection(String name) {
        return switch (name) {
            case "tags" -> at(GET, tags::all);
            case "endpoints" -> at(GET, call -> Answer.ok(EndpointList.toJson()));
            case "timers" -> at(GET, call -> Answer.ok(timers()));
            // There is no cache to look into: what is configured is in memory as a whole.
            case "cache" -> at(Set.of("DELETE"), call -> Answer.NO_CONTENT);
            default -> Optional.empty();
        };
    }

    private Optional<Endpoint> item(String name, String key) {
        return switch (name) {
            case "tags" -> at(GET, call -> tags.of(key, call));
            case "cache" -> at(Set.of("GET", "DELETE"), NodeResource::cached);
            case "status" -> key.equals("dns") ? at(GET, NodeResource::dns) : Optional.empty();
            case "clustering" ->
                    key.equals("data-planes") || key.equals("status")
                            ? at(GET, call -> Answer.message(400, NO_CONTROL_PLANE))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Endpoint> at(Set<String> methods, Function<AdminCall, Answer> handler) {
        return Optional.of(new Endpoint(methods, handler));
    }

    static Answer dns(AdminCall call) {
        return Answer.message(501, NO_DNS_FIGURES);
    }

    private static Answer cached(AdminCall call) {
        if (call.method().equals("DELETE")) {
            return Answer.NO_CONTENT;
        }
        throw Problems.notFound();
    }

    private static ObjectNode timers() {
        ObjectNode body = Json.object();
        body.putObject("worker").put("id", 0).put("count", 1);
        ObjectNode stats = body.putObject("stats");
        stats.putObject("flamegraph").put("running", "").put("pending", "").put("elapsed_time", "");
        stats.putObject("sys")
                .put("total", 0)
                .put("runs", 0)
                .put("running", 0)
                .put("pending", 0)
                .put("waiting", 0);
        stats.putObject("timers");
        return body;
    }
}
