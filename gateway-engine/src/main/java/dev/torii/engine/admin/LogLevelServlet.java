package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.openapi.ApiDocument;
import dev.torii.engine.openapi.Operation;
import dev.torii.engine.openapi.Types;
import dev.torii.model.json.Json;
import dev.torii.model.schema.Schema;
import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Answers `/debug/node/log-level` and what is below. A cluster is this one node.
public final class LogLevelServlet extends AnsweringServlet {

    @Serial private static final long serialVersionUID = 1L;

    private static final Set<String> LEVELS =
            Set.of("debug", "info", "notice", "warn", "error", "crit", "alert", "emerg");

    private static final String TAG = "node";

    private static final double USUAL_SECONDS = 60;
    private static final double MOST_SECONDS = Integer.MAX_VALUE;

    private static final String TIMEOUT = "timeout";
    private static final Schema BODY = body();

    private final transient LogLevels levels;
    private final boolean fileBacked;

    /// @param fileBacked whether the configuration comes from a file; Kong lets no level be set
    ///   then
    public LogLevelServlet(LogLevels levels, boolean fileBacked) {
        this.levels = levels;
        this.fileBacked = fileBacked;
    }

    @Override
    public void describe(ApiDocument api) {
        api.add(
                Operation.of(
                                "GET",
                                "/debug/node/log-level",
                                "getLogLevel",
                                "How much the engine writes to its log")
                        .tag(TAG)
                        .answers(200, "The level, in a sentence.", Types.objectWith("message"))
                        .refuses(500));
        api.add(setting("node", "setLogLevel", "Set how much the engine writes to its log"));
        api.add(setting("cluster", "setClusterLogLevel", "The same: the cluster is this node"));
    }

    private static Operation setting(String whose, String id, String summary) {
        ObjectNode names = Json.object().put("type", "string");
        LEVELS.stream().sorted().forEach(names.withArray("enum")::add);
        return Operation.of("PUT", "/debug/" + whose + "/log-level/{log_level}", id, summary)
                .tag(TAG)
                .pathParameter("log_level", "The level.", names)
                .query(
                        TIMEOUT,
                        "After how many seconds the usual level counts again.",
                        Json.object()
                                .put("type", "number")
                                .put("minimum", 0)
                                .put("default", USUAL_SECONDS))
                .body(false, anyTimeout(), null)
                .answers(200, "It counts, or did already.", Types.objectWith("message"))
                .refuses(400, 405, 413, 415, 500);
    }

    /// What is no number is taken too, so no type is told.
    private static ObjectNode anyTimeout() {
        ObjectNode body = Json.object().put("type", "object");
        body.putObject("properties")
                .putObject(TIMEOUT)
                .put("description", "The same as in the query, which it comes before.");
        return body;
    }

    @Override
    Endpoint endpoint(List<String> path) {
        if (path.equals(List.of("debug", "node", "log-level"))) {
            return new Endpoint(
                    Set.of("GET"), call -> Answer.message(200, "log level: " + levels.current()));
        }
        if (path.size() == 4
                && (path.get(1).equals("node") || path.get(1).equals("cluster"))
                && path.get(2).equals("log-level")) {
            return new Endpoint(Set.of("PUT"), call -> set(path.get(3), call));
        }
        throw Problems.notFound();
    }

    private Answer set(String level, AdminCall call) {
        if (fileBacked) {
            throw Problems.plain(405, "cannot change log level when not using a database");
        }
        if (!LEVELS.contains(level)) {
            throw Problems.plain(400, "unknown log level: " + level);
        }
        Duration time = Duration.ofSeconds(seconds(timeout(call)));
        if (time.isNegative()) {
            throw Problems.plain(400, "timeout must be greater than or equal to 0");
        }
        if (levels.current().equals(level)) {
            return Answer.message(200, "log level is already " + level);
        }
        levels.set(level, time);
        return Answer.message(200, "log level changed");
    }

    /// Of the body before the query, as in Kong.
    private static @Nullable String timeout(AdminCall call) {
        JsonNode sent = call.body().under(BODY).path(TIMEOUT);
        return sent.isMissingNode() || sent.isNull() ? call.query().get(TIMEOUT) : sent.asText();
    }

    private static Schema body() {
        ObjectNode shape = Json.object();
        shape.putArray("fields").addObject().putObject(TIMEOUT).put("type", "number");
        return Schema.parse("log_level", shape);
    }

    /// What is no number counts for none, as in Kong.
    private static long seconds(@Nullable String timeout) {
        if (timeout == null) {
            return (long) USUAL_SECONDS;
        }
        try {
            double seconds = Math.ceil(Double.parseDouble(timeout));
            return (long) (Double.isNaN(seconds) ? USUAL_SECONDS : Math.min(seconds, MOST_SECONDS));
        } catch (NumberFormatException e) {
            return (long) USUAL_SECONDS;
        }
    }
}
