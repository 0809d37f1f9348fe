package dev.torii.engine.balancer;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// How an upstream chooses. Called by many threads at once.
sealed interface Algorithm permits ConsistentHash, LeastConnections, LowestLatency, RoundRobin {

    /// One of the peers that `free` accepts; null when it accepts none.
    ///
    /// @param hash of what the request is told by; of interest to a consistent hash only
    @Nullable Peer pick(long hash, Predicate<Peer> free);
}
