package dev.torii.engine.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C or SIGTERM, turned into an ordinary return of the thread that installed this: it wakes
/// where it waits for the signal, or is interrupted where it still works, and closes what it
/// opened, this last.
final class StopSignal implements AutoCloseable {

    /// What a process ends with that Ctrl-C broke off.
    static final int BROKEN_OFF = 130;

    /// Longer than the gateway drains.
    private static final int PATIENCE_SECONDS = 60;

    private final Thread owner = Thread.currentThread();
    private final Thread hook = new Thread(this::stop, "stop");
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean asked;
    private boolean awaited;

    private StopSignal() {}

    static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    synchronized void await() throws InterruptedException {
        awaited = true;
        while (!asked) {
            wait();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is being stopped, and the hook waits for just this.
        }
    }

    private void stop() {
        synchronized (this) {
            asked = true;
            if (awaited) {
                notifyAll();
            } else {
                owner.interrupt();
            }
        }
        try {
            if (closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                // A stop that was waited for is a success; left alone, the JVM would report the
                // signal.
                Runtime.getRuntime().halt(awaited ? 0 : BROKEN_OFF);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
