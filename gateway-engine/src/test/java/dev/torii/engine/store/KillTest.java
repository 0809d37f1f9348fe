package dev.torii.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.store.ConfigHistory.Query;
import dev.torii.model.config.EntityKind;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {

    /// More with `mvn -Psoak`.
    private static final int WRITES = Integer.getInteger("torii.kill.writes", 1_000);

    private static final int MOST_IN_A_ROUND = 300;
    private static final int SOME_MICROS = 3_000;

    @TempDir Path folder;

    @Test
    void nothingThatWasAcknowledgedIsLostHoweverOftenTheProcessIsKilled() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        int acknowledged = 0;
        for (int round = 1; acknowledged < WRITES; round++) {
            int until = acknowledged + 1 + random.nextInt(MOST_IN_A_ROUND);
            int last = writeAndKill(until, random.nextInt(SOME_MICROS));

            try (var store = SqliteConfigStore.open(folder, Samples.PLUGINS)) {
                String what = "round " + round + ", seed " + seed;
                ConfigSnapshot snapshot = store.snapshot();
                // The one under way may be there or not, but not in part.
                assertThat(KilledWriter.last(snapshot)).as(what).isBetween(last, last + 1);
                acknowledged = KilledWriter.last(snapshot);
                assertThat(snapshot.revision()).as(what).isEqualTo(acknowledged);
                assertThat(names(snapshot))
                        .as(what)
                        .isEqualTo(KilledWriter.consumers(acknowledged));
                assertThat(snapshot.keyAuthCredentials().getFirst().key().reveal())
                        .as(what)
                        .isEqualTo("k" + acknowledged);
                assertThat(store.history().list(new Query(null, null, Long.MAX_VALUE, 1)))
                        .as(what)
                        .singleElement()
                        .satisfies(entry ->
                                assertThat(entry.revision()).isEqualTo(snapshot.revision()));
            }
        }
    }

    /// @return the last write that was acknowledged
    private int writeAndKill(int until, int micros) throws Exception {
        Process writer = Children.start(KilledWriter.class, folder.toString());
        int last = 0;
        try (BufferedReader acknowledgements = writer.inputReader()) {
            String line;
            while ((line = acknowledgements.readLine()) != null) {
                last = Integer.parseInt(line);
                if (last == until) {
                    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
                    // SIGKILL, wherever it is just now.
                    writer.toHandle().destroyForcibly();
                }
            }
        } finally {
            writer.destroyForcibly();
        }
        assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(last).isGreaterThanOrEqualTo(until);
        return last;
    }

    private static Map<String, String> names(ConfigSnapshot snapshot) {
        Map<String, String> names = new TreeMap<>();
        snapshot.byId(EntityKind.CONSUMERS)
                .forEach((id, consumer) -> names.put(id, consumer.path("username").asText()));
        return names;
    }
}
