package dev.torii.engine.proxy;

import dev.torii.engine.provider.AnswerStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// Whose turn it is to write on a streamed answer: the upstream's next step, or, when the upstream
/// has long been silent, a sign of life, so that nobody between here and the client takes the
/// connection for dead. One at a time, without a lock: a step that comes while a sign is written
/// waits until it is.
final class StreamTurns {

    private sealed interface Turn {}

    private record Nobody() implements Turn {}

    private record Upstream() implements Turn {}

    private record Sign() implements Turn {}

    /// A sign is being written, and the upstream waits.
    private record Waiting(Runnable step) implements Turn {}

    private static final Turn NOBODY = new Nobody();
    private static final Turn UPSTREAM = new Upstream();
    private static final Turn SIGN = new Sign();

    private final AnswerStream stream;
    private final ClientSide client;
    private final Scheduler scheduler;
    private final Clock clock;
    private final long patience;
    private final AtomicReference<Turn> turn = new AtomicReference<>(NOBODY);

    private volatile long lastWrite;
    private volatile Scheduler.@Nullable Task timer;
    private volatile boolean stopped;

    /// @param patience how long a silence may last
    StreamTurns(
            AnswerStream stream,
            ClientSide client,
            Scheduler scheduler,
            Clock clock,
            Duration patience) {
        this.stream = stream;
        this.client = client;
        this.scheduler = scheduler;
        this.clock = clock;
        this.patience = patience.toNanos();
        this.lastWrite = clock.nanos();
    }

    void start() {
        schedule(patience);
    }

    /// Runs a step of the upstream's, behind a sign that is being written; the step ends with
    /// [#done], or never, when it was the last. Its steps come one after the other, but for a
    /// failure, which does not wait for what a client may never take.
    void step(Runnable step) {
        while (!turn.compareAndSet(NOBODY, UPSTREAM)) {
            if (turn.get() instanceof Upstream) {
                break;
            }
            if (turn.compareAndSet(SIGN, new Waiting(step))) {
                return;
            }
        }
        step.run();
    }

    void done() {
        lastWrite = clock.nanos();
        turn.set(NOBODY);
    }

    void stop() {
        stopped = true;
        Scheduler.Task task = timer;
        if (task != null) {
            task.cancel();
        }
    }

    private void schedule(long nanos) {
        if (!stopped) {
            timer = scheduler.schedule(this::look, Math.max(1, nanos), TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        long silent = clock.nanos() - lastWrite;
        if (silent < patience) {
            schedule(patience - silent);
        } else if (turn.compareAndSet(NOBODY, SIGN)) {
            sign();
        } else {
            schedule(patience);
        }
    }

    private void sign() {
        ByteBuffer bytes = stream.signOfLife();
        if (bytes.hasRemaining()) {
            client.write(bytes, Callback.from(this::signed));
        } else {
            signed();
        }
    }

    /// A client that is gone shows at the next step.
    private void signed() {
        lastWrite = clock.nanos();
        schedule(patience);
        if (!turn.compareAndSet(SIGN, NOBODY)) {
            Turn waited = turn.getAndSet(UPSTREAM);
            if (waited instanceof Waiting(Runnable step)) {
                step.run();
            }
        }
    }
}
