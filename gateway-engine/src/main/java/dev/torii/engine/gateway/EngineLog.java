package dev.torii.engine.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.torii.engine.admin.LogLevels;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// Sets how much Torii itself writes to the log. Libraries keep their level: at theirs for
/// debugging they would write what passes through.
final class EngineLog implements LogLevels, AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.torii");
    private final @Nullable Level before = logger.getLevel();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("log-level").factory());

    private String current = USUAL;
    private @Nullable ScheduledFuture<?> end;

    @Override
    public synchronized String current() {
        return current;
    }

    @Override
    public synchronized void set(String level, Duration time) {
        if (end != null) {
            end.cancel(false);
        }
        current = level;
        logger.setLevel(level(level));
        end = timer.schedule(this::reset, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void reset() {
        current = USUAL;
        logger.setLevel(before);
    }

    /// Torii writes nothing graver than an error.
    private static Level level(String name) {
        return switch (name) {
            case "debug" -> Level.DEBUG;
            case "info", "notice" -> Level.INFO;
            case "warn" -> Level.WARN;
            case "error" -> Level.ERROR;
            default -> Level.OFF;
        };
    }

    @Override
    public void close() {
        timer.shutdownNow();
        reset();
    }
}
