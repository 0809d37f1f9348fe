package dev.torii.engine.balancer;

import java.util.concurrent.atomic.AtomicLong;

/// Whether a peer may be asked, and the successes and failures that lead to a change of that. All
/// of it is one number, so that threads agree on it without a lock.
///
/// Counting follows Kong: failures of each kind have a limit of their own, a limit of 0 switches
/// its kind off, a success that counts forgets the failures, and the other way around.
final class Health {

    /// What is counted; each has eight bits.
    enum Count {
        SUCCESS(0),
        TCP_FAILURE(8),
        TIMEOUT(16),
        HTTP_FAILURE(24);

        private final int shift;

        Count(int shift) {
            this.shift = shift;
        }
    }

    private static final long UNHEALTHY = 1L << 32;
    private static final long BYTE = 0xff;
    private static final long SUCCESSES = BYTE;
    private static final long FAILURES = 0xffff_ff00L;

    private final AtomicLong state = new AtomicLong();

    boolean healthy() {
        return isHealthy(state.get());
    }

    private static boolean isHealthy(long state) {
        return (state & UNHEALTHY) == 0;
    }

    /// Counts one more.
    ///
    /// @param limit how many make the peer change; 0 for what does not count
    /// @return whether it has changed
    boolean count(Count what, int limit) {
        if (limit == 0) {
            return false;
        }
        while (true) {
            long before = state.get();
            long after = after(before, what, limit);
            if (before == after) {
                return false;
            }
            if (state.compareAndSet(before, after)) {
                return isHealthy(before) != isHealthy(after);
            }
        }
    }

    private static long after(long before, Count what, int limit) {
        long goal = what == Count.SUCCESS ? 0 : UNHEALTHY;
        if ((before & UNHEALTHY) == goal) {
            // It is there already; what spoke against it is forgotten.
            return goal;
        }
        long counted = ((before >> what.shift) & BYTE) + 1;
        if (counted >= limit) {
            return goal;
        }
        long opposite = what == Count.SUCCESS ? FAILURES : SUCCESSES;
        long others = before & ~opposite & ~(BYTE << what.shift);
        return others | (counted << what.shift);
    }

    /// Decides it, and forgets what was counted.
    ///
    /// @return whether it has changed
    boolean set(boolean healthy) {
        return isHealthy(state.getAndSet(healthy ? 0 : UNHEALTHY)) != healthy;
    }
}
