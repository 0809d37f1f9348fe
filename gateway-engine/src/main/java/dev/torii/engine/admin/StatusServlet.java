package dev.torii.engine.admin;

import dev.torii.engine.openapi.ApiDocument;
import dev.torii.model.json.Json;
import dev.torii.model.schema.Schema;
import java.io.Serial;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the status port answers beside `/metrics`: how the gateway is, and whether it is ready.
/// Source: Kong's Status API.
public final class StatusServlet extends AnsweringServlet {

    @Serial private static final long serialVersionUID = 1L;

    private static final Set<String> READ = Set.of("GET");
    private static final String STATUS = "status";
    private static final String TARGETS = "targets";
    private static final String DRAINING = "draining";

    private static final Schema READINESS = readiness();

    private final transient StatusReport report;
    private final transient @Nullable AdminServlet upstreams;

    /// Whether the gateway shall get no more requests. It serves those that come all the same.
    private volatile boolean draining;

    /// @param upstreams shows the targets of upstreams; null where the Admin API alone does, which
    ///   is where the configuration is stored
    public StatusServlet(StatusReport report, @Nullable AdminServlet upstreams) {
        this.report = report;
        this.upstreams = upstreams;
    }

    @Override
    Endpoint endpoint(List<String> path) {
        if (path.equals(List.of(STATUS))) {
            return new Endpoint(READ, report::answer);
        }
        if (path.equals(List.of(STATUS, "ready"))) {
            return new Endpoint(Set.of("GET", "POST"), this::ready);
        }
        if (path.equals(List.of(STATUS, "dns"))) {
            return new Endpoint(READ, NodeResource::dns);
        }
        if (upstreams != null && isOfUpstream(path)) {
            return new Endpoint(READ, upstreams.endpoint(path).handler());
        }
        throw Problems.notFound();
    }

    private static boolean isOfUpstream(List<String> path) {
        return switch (path.size()) {
            case 3 -> isUpstreams(path) && Set.of("health", TARGETS).contains(path.get(2));
            case 4 -> isUpstreams(path) && path.get(2).equals(TARGETS);
            default -> false;
        };
    }

    private static boolean isUpstreams(List<String> path) {
        return path.getFirst().equals("upstreams");
    }

    private Answer ready(AdminCall call) {
        if (call.method().equals("POST")) {
            return drain(call);
        }
        if (draining) {
            return Answer.message(503, DRAINING);
        }
        // The proxy starts before this port, so nothing else can be missing.
        return report.isConfigured()
                ? Answer.message(200, "ready")
                : Answer.message(503, "no configuration available (empty configuration present)");
    }

    private Answer drain(AdminCall call) {
        if (!call.body().under(READINESS).path(STATUS).asText().equals(DRAINING)) {
            throw Problems.plain(400, "status: not one that can be set (expected: draining)");
        }
        draining = true;
        return Answer.NO_CONTENT;
    }

    private static Schema readiness() {
        var shape = Json.object();
        shape.putArray("fields").addObject().putObject(STATUS).put("type", "string");
        return Schema.parse("readiness", shape);
    }

    /// Nothing: the document is that of the admin port.
    @Override
    public void describe(ApiDocument api) {}
}
