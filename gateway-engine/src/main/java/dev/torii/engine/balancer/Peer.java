package dev.torii.engine.balancer;

import java.util.concurrent.atomic.AtomicInteger;

/// What is known about one address of a target. It outlives changes of the configuration and of DNS
/// for as long as the address stays.
final class Peer {

    final TargetAddress address;
    final Health health = new Health();
    final Latency latency = new Latency();

    /// Attempts under way.
    final AtomicInteger busy = new AtomicInteger();

    /// What a consistent hash knows it by.
    final long hash;

    Peer(TargetAddress address) {
        this.address = address;
        this.hash = Hashes.of(address.host() + " " + address.text());
    }

    boolean healthy() {
        return health.healthy();
    }
}
