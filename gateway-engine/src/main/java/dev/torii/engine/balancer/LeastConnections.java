package dev.torii.engine.balancer;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Whoever has least to do for its weight.
///
/// @param turn moves the start, so that those who have equally little take turns
record LeastConnections(List<Candidate> candidates, AtomicLong turn) implements Algorithm {

    @Override
    public @Nullable Peer pick(long hash, Predicate<Peer> free) {
        int count = candidates.size();
        if (count == 0) {
            return null;
        }
        int start = (int) Long.remainderUnsigned(turn.getAndIncrement(), count);
        Candidate least = null;
        long leastBusy = 0;
        for (int i = 0; i < count; i++) {
            Candidate candidate = candidates.get((start + i) % count);
            if (!free.test(candidate.peer())) {
                continue;
            }
            long busy = candidate.peer().busy.get() + 1L;
            if (least == null || busy * least.weight() < leastBusy * candidate.weight()) {
                least = candidate;
                leastBusy = busy;
            }
        }
        return least == null ? null : least.peer();
    }
}
