package dev.torii.engine.balancer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The faster of two that chance names, as measured by their answers, by how much they have to do
/// and by their weight. Two rather than all, so that not everybody runs to the same one at once.
///
/// @param nanos the clock that latencies are measured by
/// @param random gives a number from 0 to below a bound
record LowestLatency(List<Candidate> candidates, LongSupplier nanos, IntUnaryOperator random)
        implements Algorithm {

    /// So that among those who are not known yet the idle one is better.
    private static final double LEAST_NANOS = 1_000;

    @Override
    public @Nullable Peer pick(long hash, Predicate<Peer> free) {
        List<Candidate> able = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            if (free.test(candidate.peer())) {
                able.add(candidate);
            }
        }
        if (able.size() < 2) {
            return able.isEmpty() ? null : able.getFirst().peer();
        }
        int first = random.applyAsInt(able.size());
        int second = (first + 1 + random.applyAsInt(able.size() - 1)) % able.size();
        long now = nanos.getAsLong();
        Candidate one = able.get(first);
        Candidate other = able.get(second);
        int order = Double.compare(cost(one, now), cost(other, now));
        if (order == 0) {
            // Whoever has not answered yet is asked, so that it is known soon.
            order = Boolean.compare(isKnown(one, now), isKnown(other, now));
        }
        return order <= 0 ? one.peer() : other.peer();
    }

    private static boolean isKnown(Candidate candidate, long now) {
        return candidate.peer().latency.nanos(now) >= 0;
    }

    private double cost(Candidate candidate, long now) {
        double measured = candidate.peer().latency.nanos(now);
        double expected = measured < 0 ? usual(now) : measured;
        return (expected + LEAST_NANOS) * (candidate.peer().busy.get() + 1.0) / candidate.weight();
    }

    /// What the others take: a newcomer is neither flooded nor shunned.
    private double usual(long now) {
        double sum = 0;
        int known = 0;
        for (Candidate candidate : candidates) {
            double measured = candidate.peer().latency.nanos(now);
            if (measured >= 0) {
                sum += measured;
                known++;
            }
        }
        return known == 0 ? 0 : sum / known;
    }
}
