package dev.torii.engine.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlgorithmTest {

    private final Random random = new Random(7);

    private static List<Candidate> candidates(int... weights) {
        List<Candidate> all = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            String ip = "10.0.0." + i;
            all.add(new Candidate(new Peer(new TargetAddress(ip, ip, 80)), weights[i]));
        }
        return all;
    }

    private static boolean any(Peer peer) {
        return true;
    }

    /// Whom a request goes to when all are free.
    private static Peer pick(Algorithm algorithm, long hash) {
        return Objects.requireNonNull(algorithm.pick(hash, AlgorithmTest::any));
    }

    private static Map<@Nullable Peer, Integer> picks(Algorithm algorithm, int times) {
        Map<@Nullable Peer, Integer> picks = new HashMap<>();
        for (int i = 0; i < times; i++) {
            picks.merge(pick(algorithm, Hashes.of("client " + i)), 1, Integer::sum);
        }
        return picks;
    }

    @Test
    void givesEachItsShareInEveryRound() {
        for (int trial = 0; trial < 200; trial++) {
            int[] weights = random.ints(1 + random.nextInt(8), 1, 40).toArray();
            List<Candidate> all = candidates(weights);
            int total = all.stream().mapToInt(Candidate::weight).sum();

            var picks =
                    picks(new RoundRobin(all, 10_000, new AtomicLong(random.nextLong())), total);

            for (Candidate candidate : all) {
                assertThat(picks.get(candidate.peer())).isEqualTo(candidate.weight());
            }
        }
    }

    /// Nobody is ever a whole pick before or behind what its weight would have given by then.
    @Test
    void goesRoundSmoothly() {
        for (int trial = 0; trial < 100; trial++) {
            List<Candidate> all = candidates(random.ints(2, 1, 60).toArray());
            int total = all.stream().mapToInt(Candidate::weight).sum();
            var algorithm = new RoundRobin(all, 10_000, new AtomicLong());
            Map<Peer, Integer> sofar = new HashMap<>();

            for (int i = 1; i <= total; i++) {
                sofar.merge(pick(algorithm, 0), 1, Integer::sum);
                for (Candidate candidate : all) {
                    double due = (double) candidate.weight() * i / total;
                    assertThat(sofar.getOrDefault(candidate.peer(), 0) - due).isBetween(-1.0, 1.0);
                }
            }
        }
    }

    @Test
    void roundsWeightsThatNeedMoreSlotsThanThereAre() {
        List<Candidate> all = candidates(65_535, 32_768, 1);

        var picks = picks(new RoundRobin(all, 1_000, new AtomicLong()), 30_000);

        assertThat(picks.get(all.get(0).peer())).isCloseTo(20_000, within(60));
        assertThat(picks.get(all.get(1).peer())).isCloseTo(10_000, within(60));
        assertThat(picks.get(all.get(2).peer())).isBetween(1, 60);
    }

    @Test
    void goesRoundAmongThoseThatAreFree() {
        List<Candidate> all = candidates(1, 1, 1_000);
        var algorithm = new RoundRobin(all, 10_000, new AtomicLong());
        Peer busy = all.get(2).peer();

        for (int i = 0; i < 100; i++) {
            assertThat(algorithm.pick(0, peer -> !peer.equals(busy)))
                    .isNotNull()
                    .isNotEqualTo(busy);
        }
        assertThat(algorithm.pick(0, _ -> false)).isNull();
    }

    @Test
    void hashesByWeight() {
        List<Candidate> all = candidates(100, 100, 300);

        var picks = picks(new ConsistentHash(all, 10_000), 50_000);

        assertThat(picks.get(all.get(0).peer())).isCloseTo(10_000, within(800));
        assertThat(picks.get(all.get(1).peer())).isCloseTo(10_000, within(800));
        assertThat(picks.get(all.get(2).peer())).isCloseTo(30_000, within(1_200));
    }

    @Test
    void movesOnlyTheHashesOfAPeerThatGoes() {
        for (int trial = 0; trial < 20; trial++) {
            List<Candidate> all = candidates(random.ints(2 + random.nextInt(8), 1, 200).toArray());
            Candidate gone = all.get(random.nextInt(all.size()));
            List<Candidate> rest = all.stream().filter(other -> !other.equals(gone)).toList();
            var before = new ConsistentHash(all, 5_000);
            var after = new ConsistentHash(rest, 5_000);

            for (int client = 0; client < 2_000; client++) {
                long hash = random.nextLong();
                Peer peer = pick(before, hash);
                if (!peer.equals(gone.peer())) {
                    assertThat(pick(after, hash)).isSameAs(peer);
                }
                // Down is as good as gone.
                assertThat(before.pick(hash, other -> !other.equals(gone.peer())))
                        .isSameAs(pick(after, hash));
            }
        }
    }

    @Test
    void hashesTheSameAfterARestartAndInAnotherOrder() {
        var one = new ConsistentHash(candidates(10, 20, 30), 1_000);
        var other = new ConsistentHash(candidates(10, 20, 30).reversed(), 1_000);

        for (int client = 0; client < 1_000; client++) {
            long hash = random.nextLong();
            assertThat(pick(one, hash).address).isEqualTo(pick(other, hash).address);
        }
    }

    @Test
    void asksWhoeverHasLeastToDoForItsWeight() {
        List<Candidate> all = candidates(1, 3);
        var algorithm = new LeastConnections(all, new AtomicLong());

        for (int i = 0; i < 40; i++) {
            pick(algorithm, 0).busy.incrementAndGet();
        }

        assertThat(all.get(0).peer().busy.get()).isEqualTo(10);
        assertThat(all.get(1).peer().busy.get()).isEqualTo(30);
    }

    @Test
    void takesTurnsAmongThoseThatAreIdle() {
        List<Candidate> all = candidates(1, 1, 1);

        var picks = picks(new LeastConnections(all, new AtomicLong()), 30);

        assertThat(picks.values()).containsExactly(10, 10, 10);
    }

    @Test
    void prefersTheFasterOfTwo() {
        List<Candidate> all = candidates(1, 1);
        all.get(0).peer().latency.observe(50_000_000, 0);
        all.get(1).peer().latency.observe(5_000_000, 0);

        var picks = picks(new LowestLatency(all, () -> 0, random::nextInt), 100);

        assertThat(picks).containsOnly(Map.entry(all.get(1).peer(), 100));
    }

    @Test
    void triesASlowOneAgainOnceItsPastHasFaded() {
        List<Candidate> all = candidates(1, 1);
        all.get(0).peer().latency.observe(50_000_000, 0);
        long later = 60_000_000_000L;
        all.get(1).peer().latency.observe(5_000_000, later);

        var picks = picks(new LowestLatency(all, () -> later, random::nextInt), 10);

        assertThat(picks).containsOnly(Map.entry(all.get(0).peer(), 10));
    }

    @Test
    void getsToKnowANewcomer() {
        List<Candidate> all = candidates(1, 1);
        all.get(0).peer().latency.observe(5_000_000, 0);

        var picks = picks(new LowestLatency(all, () -> 0, random::nextInt), 10);

        assertThat(picks).containsOnly(Map.entry(all.get(1).peer(), 10));
    }

    @Test
    void doesNotFloodOneThatIsNotKnownYet() {
        List<Candidate> all = candidates(1, 1);
        all.get(0).peer().latency.observe(5_000_000, 0);
        all.get(1).peer().busy.set(3);

        var picks = picks(new LowestLatency(all, () -> 0, random::nextInt), 10);

        assertThat(picks).containsOnly(Map.entry(all.get(0).peer(), 10));
    }

    @Test
    void jumpsToAPeakAndComesDownSlowly() {
        var latency = new Latency();
        latency.observe(10, 0);
        latency.observe(1_000, 1);

        assertThat(latency.nanos(1)).isEqualTo(1_000.0);

        latency.observe(10, 1_000_000_001L);

        assertThat(latency.nanos(1_000_000_001L)).isBetween(800.0, 999.0);
    }
}
