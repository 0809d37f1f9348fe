package dev.torii.engine.admin;

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

    private static final double USUAL_SECONDS = 60;
    private static final double MOST_SECONDS = Integer.MAX_VALUE;

    private final transient LogLevels levels;

    public LogLevelServlet(LogLevels levels) {
        this.levels = levels;
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
        if (!LEVELS.contains(level)) {
            throw Problems.plain(400, "unknown log level: " + level);
        }
        Duration time = Duration.ofSeconds(seconds(call.query().get("timeout")));
        if (time.isNegative()) {
            throw Problems.plain(400, "timeout must be greater than or equal to 0");
        }
        if (levels.current().equals(level)) {
            return Answer.message(200, "log level is already " + level);
        }
        levels.set(level, time);
        return Answer.message(200, "log level changed");
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
