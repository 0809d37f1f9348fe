package dev.torii.engine.balancer;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// How long a peer takes to begin its answer: an average in which the past fades. It jumps to a
/// peak at once and comes down slowly, and without requests it fades to nothing, so that a peer
/// that was slow is tried again. Source: the peak-EWMA balancers of Finagle and Kong.
final class Latency {

    private static final double FADING_NANOS = 10e9;

    private record Mean(double nanos, long at) {}

    private final AtomicReference<@Nullable Mean> mean = new AtomicReference<>();

    /// Takes one more measurement in.
    ///
    /// @param now of the same clock as for [#nanos]
    void observe(long nanos, long now) {
        mean.updateAndGet(before -> after(before, nanos, now));
    }

    private static Mean after(@Nullable Mean before, long nanos, long now) {
        if (before == null || nanos > before.nanos) {
            return new Mean(nanos, now);
        }
        double kept = kept(before, now);
        return new Mean(before.nanos * kept + nanos * (1 - kept), now);
    }

    private static double kept(Mean mean, long now) {
        return Math.exp(-Math.max(0, now - mean.at) / FADING_NANOS);
    }

    /// The average as it has faded until now; negative before the first answer.
    double nanos(long now) {
        Mean present = mean.get();
        return present == null ? -1 : present.nanos * kept(present, now);
    }
}
