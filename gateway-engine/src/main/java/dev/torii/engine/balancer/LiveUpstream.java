package dev.torii.engine.balancer;

import dev.torii.engine.balancer.UpstreamHealth.Weight;
import dev.torii.model.config.Target;
import dev.torii.model.config.Upstream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An upstream through all changes of its configuration, of its targets' addresses and of their
/// health. It keeps the peers, and makes a new balancer whenever something changes; all that
/// happens beside the requests.
final class LiveUpstream {

    private static final Logger log = LoggerFactory.getLogger(LiveUpstream.class);

    private record State(Upstream upstream, List<Place> places, Balancer balancer) {}

    /// An algorithm and what it was made of.
    private record Laid(
            Upstream.Algorithm name, int slots, List<Candidate> candidates, Algorithm algorithm) {

        boolean fits(Upstream upstream, List<Candidate> others) {
            return name == upstream.algorithm()
                    && slots == upstream.slots()
                    && candidates.equals(others);
        }
    }

    private final Names names;
    private final Schedule schedule;
    private final LongSupplier nanos;
    private final Consumer<HealthChange> listener;
    private final ActiveChecks checks;
    private final AtomicLong turn = new AtomicLong();

    private Upstream upstream;
    private List<Target> targets;
    private Map<TargetAddress, Peer> peers = new HashMap<>();
    private @Nullable Laid laid;
    private volatile @Nullable State state;

    /// It is of use after the first [#rebuild].
    LiveUpstream(
            Upstream upstream,
            List<Target> targets,
            Names names,
            Schedule schedule,
            LongSupplier nanos,
            Consumer<HealthChange> listener) {
        this.upstream = upstream;
        this.targets = targets;
        this.names = names;
        this.schedule = schedule;
        this.nanos = nanos;
        this.listener = listener;
        this.checks = new ActiveChecks(schedule, this::changed);
    }

    /// Null before the first [#rebuild].
    @Nullable Balancer balancer() {
        State present = state;
        return present == null ? null : present.balancer;
    }

    /// Takes a new configuration; [#rebuild] puts it in force.
    ///
    /// @return whether it is another one
    synchronized boolean configure(Upstream upstream, List<Target> targets) {
        if (state != null && this.upstream.equals(upstream) && this.targets.equals(targets)) {
            return false;
        }
        this.upstream = upstream;
        this.targets = targets;
        return true;
    }

    synchronized boolean names(String host) {
        return targets.stream().anyMatch(target -> target.host().equals(host));
    }

    /// Makes the balancer anew from what is known now.
    synchronized void rebuild() {
        Map<TargetAddress, Peer> kept = new HashMap<>();
        List<Place> places = targets.stream().map(target -> place(target, kept)).toList();
        peers = kept;
        boolean checked = isChecked(upstream);
        Predicate<Peer> healthy = checked ? Peer::healthy : _ -> true;
        Limits passive = checked ? Limits.of(upstream.healthchecks().passive()) : null;
        state =
                new State(
                        upstream,
                        places,
                        new Balancer(
                                upstream,
                                algorithm(places, healthy),
                                isHealthy(upstream, places, healthy),
                                passive,
                                this::changed,
                                nanos));
        List<Peer> probed =
                places.stream()
                        .flatMap(place -> place.candidates(_ -> true).stream())
                        .map(Candidate::peer)
                        .toList();
        checks.run(upstream, probed);
    }

    private Place place(Target target, Map<TargetAddress, Peer> kept) {
        String host = target.host();
        int port = target.port();
        List<Peer> found =
                names.addresses(host).stream()
                        .map(ip -> new TargetAddress(host, ip, port))
                        .map(address -> kept.computeIfAbsent(address, this::peer))
                        .toList();
        return new Place(target, found);
    }

    private Peer peer(TargetAddress address) {
        Peer present = peers.get(address);
        return present == null ? new Peer(address) : present;
    }

    /// A round is laid out for those who are healthy, so that the share of the others is spread
    /// evenly; the other algorithms look at the health as they choose.
    private Algorithm algorithm(List<Place> places, Predicate<Peer> healthy) {
        Predicate<Peer> included =
                upstream.algorithm() == Upstream.Algorithm.ROUND_ROBIN ? healthy : _ -> true;
        List<Candidate> candidates =
                places.stream().flatMap(place -> place.candidates(included).stream()).toList();
        Laid present = laid;
        if (present != null && present.fits(upstream, candidates)) {
            return present.algorithm;
        }
        Algorithm made =
                switch (upstream.algorithm()) {
                    case LEAST_CONNECTIONS -> new LeastConnections(candidates, turn);
                    case CONSISTENT_HASHING -> new ConsistentHash(candidates, upstream.slots());
                    case LATENCY ->
                            new LowestLatency(
                                    candidates,
                                    nanos,
                                    bound -> ThreadLocalRandom.current().nextInt(bound));
                    case ROUND_ROBIN -> new RoundRobin(candidates, upstream.slots(), turn);
                };
        laid = new Laid(upstream.algorithm(), upstream.slots(), candidates, made);
        return made;
    }

    private static boolean isChecked(Upstream upstream) {
        var active = upstream.healthchecks().active();
        var passive = upstream.healthchecks().passive().unhealthy();
        return active.healthy().interval() > 0
                || active.unhealthy().interval() > 0
                || passive.tcpFailures() > 0
                || passive.timeouts() > 0
                || passive.httpFailures() > 0;
    }

    private static boolean isHealthy(
            Upstream upstream, List<Place> places, Predicate<Peer> healthy) {
        Weight weight = weight(places, healthy);
        return weight.total() > 0
                && weight.available() * 100.0 / weight.total()
                        > upstream.healthchecks().threshold();
    }

    private static Weight weight(List<Place> places, Predicate<Peer> healthy) {
        return places.stream()
                .map(place -> place.weight(healthy))
                .reduce(new Weight(0, 0), Weight::plus);
    }

    /// A peer's health has changed. The request that found out goes on.
    private void changed(Peer peer) {
        schedule.soon(() -> {
            rebuild();
            tell(peer);
        });
    }

    private void tell(Peer peer) {
        State present = state;
        if (present == null) {
            return;
        }
        boolean healthy = peer.healthy();
        for (Place place : present.places) {
            if (place.peers().contains(peer)) {
                log.atWarn()
                        .addKeyValue("upstream", present.upstream.name())
                        .addKeyValue("target", place.target().target())
                        .addKeyValue("address", peer.address.text())
                        .log(
                                healthy
                                        ? "a target is healthy again"
                                        : "a target is unhealthy and gets no requests");
                listener.accept(
                        new HealthChange(
                                present.upstream.id(),
                                present.upstream.name(),
                                place.target().target(),
                                peer.address,
                                healthy));
            }
        }
    }

    UpstreamHealth health() {
        State present = state;
        if (present == null) {
            return new UpstreamHealth(upstream.name(), false, false, new Weight(0, 0), List.of());
        }
        boolean checked = isChecked(present.upstream);
        Predicate<Peer> healthy = checked ? Peer::healthy : _ -> true;
        return new UpstreamHealth(
                present.upstream.name(),
                checked,
                isHealthy(present.upstream, present.places, healthy),
                weight(present.places, healthy),
                present.places.stream().map(place -> place.health(healthy)).toList());
    }

    /// Decides the health of a target's addresses; the next request is served accordingly.
    ///
    /// @param ip the one address that is meant; null for all of them
    void mark(String targetId, @Nullable String ip, boolean healthy) {
        State present = state;
        if (present == null) {
            return;
        }
        List<Peer> changed =
                present.places.stream()
                        .filter(place -> place.target().id().equals(targetId))
                        .flatMap(place -> place.peers().stream())
                        .filter(peer -> ip == null || ip.equals(peer.address.ip()))
                        .filter(peer -> peer.health.set(healthy))
                        .toList();
        if (!changed.isEmpty()) {
            rebuild();
            changed.forEach(this::tell);
        }
    }

    void close() {
        checks.stop();
    }
}
