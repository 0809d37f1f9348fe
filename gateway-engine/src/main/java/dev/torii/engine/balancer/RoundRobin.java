package dev.torii.engine.balancer;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One after the other, each as often as its weight says and as evenly as that allows. The order of
/// a whole round is laid out beforehand, so that a pick is one step on a counter.
final class RoundRobin implements Algorithm {

    private final List<Candidate> candidates;
    private final int[] wheel;
    private final AtomicLong turn;

    /// @param slots the longest round; weights that need a longer one are rounded
    /// @param turn counts the picks, and goes on when the candidates change
    RoundRobin(List<Candidate> candidates, int slots, AtomicLong turn) {
        this.candidates = candidates;
        this.wheel = wheel(shares(candidates, slots));
        this.turn = turn;
    }

    private static int[] shares(List<Candidate> candidates, int slots) {
        int[] shares = candidates.stream().mapToInt(Candidate::weight).toArray();
        int divisor = 0;
        long total = 0;
        for (int share : shares) {
            divisor = gcd(divisor, share);
            total += share;
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] =
                    total / divisor <= slots
                            ? shares[i] / divisor
                            : (int) Math.max(1, Math.round(shares[i] * (double) slots / total));
        }
        return shares;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /// The smooth order: at each step everybody earns their share, and the richest pays for all.
    private static int[] wheel(int[] shares) {
        int total = 0;
        for (int share : shares) {
            total += share;
        }
        int[] wheel = new int[total];
        int[] credit = new int[shares.length];
        for (int step = 0; step < total; step++) {
            int richest = 0;
            for (int i = 0; i < shares.length; i++) {
                credit[i] += shares[i];
                if (credit[i] > credit[richest]) {
                    richest = i;
                }
            }
            credit[richest] -= total;
            wheel[step] = richest;
        }
        return wheel;
    }

    @Override
    public @Nullable Peer pick(long hash, Predicate<Peer> free) {
        for (int i = 0; i < candidates.size(); i++) {
            int step = (int) Long.remainderUnsigned(turn.getAndIncrement(), wheel.length);
            Peer peer = candidates.get(wheel[step]).peer();
            if (free.test(peer)) {
                return peer;
            }
        }
        // Those at hand are rare on the wheel.
        for (Candidate candidate : candidates) {
            if (free.test(candidate.peer())) {
                return candidate.peer();
            }
        }
        return null;
    }
}
