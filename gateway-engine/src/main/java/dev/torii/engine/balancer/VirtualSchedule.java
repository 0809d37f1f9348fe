package dev.torii.engine.balancer;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The real time: one thread that counts it, and a virtual thread for each job.
public final class VirtualSchedule implements Schedule, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(VirtualSchedule.class);

    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("balancer-timer").factory());

    public VirtualSchedule() {
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Repeating every(Duration interval, Runnable job) {
        long nanos = interval.toNanos();
        ScheduledFuture<?> future =
                timer.scheduleAtFixedRate(() -> soon(job), nanos, nanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void soon(Runnable job) {
        var _ = Thread.ofVirtual().name("balancer").start(() -> guarded(job));
    }

    private static void guarded(Runnable job) {
        try {
            job.run();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("a job of the balancer failed");
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
