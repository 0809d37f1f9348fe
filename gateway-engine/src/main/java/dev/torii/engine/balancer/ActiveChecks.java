package dev.torii.engine.balancer;

import dev.torii.model.config.Healthchecks.Active;
import dev.torii.model.config.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Probes an upstream's peers, the healthy ones at one interval and the unhealthy ones at another.
/// It never asks a peer that still owes the last answer.
final class ActiveChecks {

    private final Schedule schedule;
    private final Consumer<Peer> onChange;
    private final Set<Peer> underWay = ConcurrentHashMap.newKeySet();

    private List<Schedule.Repeating> rounds = List.of();
    private @Nullable Active active;
    private @Nullable String hostHeader;
    private volatile List<Peer> peers = List.of();

    /// @param onChange told of a peer whose health has changed
    ActiveChecks(Schedule schedule, Consumer<Peer> onChange) {
        this.schedule = schedule;
        this.onChange = onChange;
    }

    /// Probes these peers from now on. The intervals go on where nothing about them has changed.
    /// Called by one thread at a time.
    void run(Upstream upstream, List<Peer> peers) {
        this.peers = peers;
        Active wanted = upstream.healthchecks().active();
        if (wanted.equals(active) && Objects.equals(hostHeader, upstream.hostHeader())) {
            return;
        }
        stop();
        active = wanted;
        hostHeader = upstream.hostHeader();
        var probe = new Probe(wanted, hostHeader, Limits.of(wanted));
        var room = new Semaphore((int) Math.min(wanted.concurrency(), Integer.MAX_VALUE));
        List<Schedule.Repeating> started = new ArrayList<>();
        if (wanted.healthy().interval() > 0) {
            started.add(every(wanted.healthy().interval(), Peer::healthy, probe, room));
        }
        if (wanted.unhealthy().interval() > 0) {
            started.add(every(wanted.unhealthy().interval(), peer -> !peer.healthy(), probe, room));
        }
        rounds = started;
    }

    private Schedule.Repeating every(
            double seconds, Predicate<Peer> asked, Probe probe, Semaphore room) {
        return schedule.every(
                Duration.ofNanos((long) (seconds * 1e9)),
                () -> {
                    for (Peer peer : peers) {
                        if (asked.test(peer) && underWay.add(peer)) {
                            schedule.soon(() -> probe(peer, probe, room));
                        }
                    }
                });
    }

    private void probe(Peer peer, Probe probe, Semaphore room) {
        try {
            room.acquire();
            try {
                if (probe.run(peer)) {
                    onChange.accept(peer);
                }
            } finally {
                room.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.remove(peer);
        }
    }

    void stop() {
        rounds.forEach(Schedule.Repeating::stop);
        rounds = List.of();
    }
}
