package dev.torii.engine.balancer;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The same peer for the same hash. There are slots, a hash falls into one of them, and each slot
/// has an order of preference among the peers that depends on nothing but slot, peer and weight
/// (weighted rendezvous hashing). So a peer that goes leaves its slots to the others and moves
/// nothing else, and one that comes takes its share and moves nothing else.
final class ConsistentHash implements Algorithm {

    private final List<Candidate> candidates;

    /// The first choice of each slot, worked out beforehand.
    private final int[] owners;

    ConsistentHash(List<Candidate> candidates, int slots) {
        this.candidates = candidates;
        this.owners = new int[candidates.isEmpty() ? 0 : slots];
        for (int slot = 0; slot < owners.length; slot++) {
            owners[slot] = preferred(slot, _ -> true);
        }
    }

    @Override
    public @Nullable Peer pick(long hash, Predicate<Peer> free) {
        if (owners.length == 0) {
            return null;
        }
        int slot = (int) Long.remainderUnsigned(hash, owners.length);
        Peer owner = candidates.get(owners[slot]).peer();
        if (free.test(owner)) {
            return owner;
        }
        int next = preferred(slot, free);
        return next < 0 ? null : candidates.get(next).peer();
    }

    private int preferred(int slot, Predicate<Peer> free) {
        int best = -1;
        double bestScore = 0;
        long salt = Hashes.mix(slot + 1L);
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            if (free.test(candidate.peer())) {
                double chance = Hashes.unit(Hashes.mix(salt ^ candidate.peer().hash));
                double score = candidate.weight() / -Math.log(chance);
                if (best < 0 || score > bestScore) {
                    best = i;
                    bestScore = score;
                }
            }
        }
        return best;
    }
}
