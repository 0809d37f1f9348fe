package dev.torii.engine.balancer;

import dev.torii.engine.balancer.UpstreamHealth.OfAddress;
import dev.torii.engine.balancer.UpstreamHealth.OfTarget;
import dev.torii.engine.balancer.UpstreamHealth.Weight;
import dev.torii.model.config.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A target with the addresses that its host has now. Each of them has the target's weight, as in
/// Kong.
record Place(Target target, List<Peer> peers) {

    Place {
        peers = List.copyOf(peers);
    }

    /// Those that have a share, among the peers that `included` accepts.
    List<Candidate> candidates(Predicate<Peer> included) {
        return target.weight() == 0
                ? List.of()
                : peers.stream()
                        .filter(included)
                        .map(peer -> new Candidate(peer, target.weight()))
                        .toList();
    }

    Weight weight(Predicate<Peer> healthy) {
        long unavailable = peers.stream().filter(healthy.negate()).count();
        return new Weight(
                (long) target.weight() * peers.size(), (long) target.weight() * unavailable);
    }

    OfTarget health(Predicate<Peer> healthy) {
        List<OfAddress> addresses = new ArrayList<>();
        for (Peer peer : peers) {
            addresses.add(new OfAddress(peer.address, target.weight(), healthy.test(peer)));
        }
        return new OfTarget(
                target.id(),
                target.target(),
                target.host(),
                target.port(),
                !Names.isAddress(target.host()),
                target.weight(),
                weight(healthy),
                addresses);
    }
}
