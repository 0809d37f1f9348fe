package dev.torii.desktop.task;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.application.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [Tasks] of the running app: one virtual thread for each piece of work, one thread for the ticks.
public final class FxTasks implements Tasks, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FxTasks.class);

    private final ExecutorService workers =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("task-", 0).factory());
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("tick").factory());

    @Override
    public <T> Cancellation run(
            Callable<T> work,
            Consumer<? super T> onSuccess,
            Consumer<? super Exception> onFailure) {
        var cancelled = new AtomicBoolean();
        var running =
                workers.submit(() -> {
                    try {
                        T result = work.call();
                        deliver(cancelled, () -> onSuccess.accept(result));
                    } catch (Exception e) {
                        deliver(cancelled, () -> onFailure.accept(e));
                    }
                });
        return () -> {
            cancelled.set(true);
            running.cancel(true);
        };
    }

    private void deliver(AtomicBoolean cancelled, Runnable action) {
        onUi(() -> {
            if (!cancelled.get()) {
                action.run();
            }
        });
    }

    @Override
    public void onUi(Runnable action) {
        Platform.runLater(action);
    }

    @Override
    public Cancellation every(Duration period, Runnable action) {
        var ticking =
                clock.scheduleAtFixedRate(
                        () -> guarded(action),
                        period.toMillis(),
                        period.toMillis(),
                        TimeUnit.MILLISECONDS);
        return () -> ticking.cancel(false);
    }

    /// A tick that throws would be the last one: the executor drops it.
    private static void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("A periodic task failed");
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        workers.shutdownNow();
    }
}
