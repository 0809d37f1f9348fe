package dev.torii.engine.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.Main;
import dev.torii.engine.command.KilledWriter.Owned;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.store.Children;
import dev.torii.engine.store.ConfigHistory.Query;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.engine.store.SqliteConfigStore;
import dev.torii.model.config.EntityKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {

    /// More with `mvn -Psoak`.
    private static final int WRITES = Integer.getInteger("torii.kill.writes", 1_000);

    private static final int WRITERS = 4;
    private static final int MOST_IN_A_ROUND = 250;
    private static final int SOME_MICROS = 3_000;
    private static final int START_MILLIS = 1_200;
    private static final int REVISIONS_KEPT = 1_000;

    private static final int IMPORTS = Math.max(3, WRITES / 1_000);
    private static final int SERVICES = 1_000;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @TempDir Path folder;
    @TempDir Path scratch;

    @Test
    void nothingThatWasAcknowledgedIsLostHoweverOftenTheEngineIsKilled() throws Exception {
        List<KilledWriter> writers =
                IntStream.range(0, WRITERS)
                        .mapToObj(i -> new KilledWriter("w" + i, random.nextLong()))
                        .toList();
        var acknowledged = new AtomicInteger();
        int unacknowledged = 0;
        for (int round = 1; acknowledged.get() < WRITES; round++) {
            String what = "round " + round + ", seed " + seed;
            if (random.nextInt(4) == 0) {
                killInTheStart();
            }
            try (var engine = EngineProcess.start(folder)) {
                URI admin = engine.awaitAdmin();
                unacknowledged += settle(engine, admin, writers, what);
                checkHistory(engine, admin, acknowledged.get() + unacknowledged, what);
                writeAndKill(engine, admin, writers, acknowledged);
            }
            checkFile(what);
        }
        try (var engine = EngineProcess.start(folder)) {
            URI admin = engine.awaitAdmin();
            String what = "the end, seed " + seed;
            unacknowledged += settle(engine, admin, writers, what);
            checkHistory(engine, admin, acknowledged.get() + unacknowledged, what);
        }
    }

    private void killInTheStart() throws Exception {
        try (var engine = EngineProcess.start(folder)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(START_MILLIS)));
            engine.kill();
        }
    }

    private void writeAndKill(
            EngineProcess engine, URI admin, List<KilledWriter> writers, AtomicInteger acknowledged)
            throws Exception {
        var enough = new CountDownLatch(1 + random.nextInt(MOST_IN_A_ROUND));
        List<Future<?>> running = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            for (KilledWriter writer : writers) {
                running.add(
                        threads.submit(() -> {
                            while (writer.write(engine, admin)) {
                                acknowledged.incrementAndGet();
                                enough.countDown();
                            }
                            return null;
                        }));
            }
            boolean reached = enough.await(1, TimeUnit.MINUTES);
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(SOME_MICROS)));
            engine.kill();
            for (Future<?> one : running) {
                one.get();
            }
            assertThat(reached).as("writes are acknowledged").isTrue();
        }
    }

    /// @return how many changes took place that were not acknowledged
    private static int settle(
            EngineProcess engine, URI admin, List<KilledWriter> writers, String what)
            throws Exception {
        Map<String, Map<String, String>> keys = new TreeMap<>();
        for (JsonNode key : engine.all(admin.resolve("/key-auths?size=1000"))) {
            keys.computeIfAbsent(key.path("consumer").path("id").asText(), _ -> new TreeMap<>())
                    .put(key.path("id").asText(), key.path("key").asText());
        }
        List<JsonNode> consumers = engine.all(admin.resolve("/consumers?size=1000"));
        int took = 0;
        int owned = 0;
        for (KilledWriter writer : writers) {
            Map<String, Owned> found = new TreeMap<>();
            for (JsonNode consumer : consumers) {
                if (writer.owns(consumer.path("username").asText())) {
                    String id = consumer.path("id").asText();
                    Map<String, String> its = keys.remove(id);
                    found.put(
                            id,
                            new Owned(
                                    consumer.path("tags").path(0).asText(),
                                    its == null ? Map.of() : its));
                }
            }
            took += writer.settle(found, what) ? 1 : 0;
            owned += found.size();
        }
        assertThat(consumers).as(what).hasSize(owned);
        assertThat(keys).as("keys without a consumer, " + what).isEmpty();
        return took;
    }

    /// @param changes how many have taken place
    private static void checkHistory(EngineProcess engine, URI admin, long changes, String what)
            throws Exception {
        List<JsonNode> entries = engine.all(admin.resolve("/torii/history?size=1000"));
        assertThat(entries.stream().map(entry -> entry.path("revision").asLong()))
                .as(what)
                .containsExactlyElementsOf(
                        LongStream.iterate(changes, revision -> revision - 1)
                                .limit(Math.min(changes, REVISIONS_KEPT))
                                .boxed()
                                .toList());
        if (changes == 0) {
            return;
        }
        JsonNode newest = engine.get(admin.resolve("/torii/history/" + changes));
        for (JsonNode change : newest.path("changes")) {
            if (change.path("kind").asText().equals(EntityKind.CONSUMERS.schemaName())) {
                var now =
                        engine.send(
                                "GET",
                                admin.resolve("/consumers/" + change.path("id").asText()),
                                "");
                assertThat(now.statusCode())
                        .as(what)
                        .isEqualTo(change.path("after").isNull() ? 404 : 200);
                if (now.statusCode() == 200) {
                    assertThat(engine.get(now.uri())).as(what).isEqualTo(change.path("after"));
                }
            }
        }
        // Reads every change that is kept.
        long oldest = entries.getLast().path("revision").asLong();
        var back =
                engine.send(
                        "POST",
                        admin.resolve("/torii/history/" + oldest + "/restore?dry_run=1"),
                        "");
        assertThat(back.statusCode()).as(what + ": " + back.body()).isEqualTo(200);
    }

    /// Of a copy, so that the next engine finds what the killed one left.
    private void checkFile(String what) throws Exception {
        Path copy = scratch.resolve(SqliteConfigStore.DATABASE);
        for (String part : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(Path.of(copy + part));
        }
        for (String part : List.of("", "-wal")) {
            Path from = Path.of(folder.resolve(SqliteConfigStore.DATABASE) + part);
            if (Files.exists(from)) {
                Files.copy(from, Path.of(copy + part));
            }
        }
        checkDatabase(copy, what);
    }

    private static void checkDatabase(Path database, String what) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA integrity_check")) {
            assertThat(row.getString(1)).as(what).isEqualTo("ok");
        }
    }

    @Test
    void anImportThatIsKilledIsThereAsAWholeOrNotAtAll() throws Exception {
        Path file = Files.writeString(scratch.resolve("kong.yaml"), manyServices());
        Path model = Files.createDirectory(scratch.resolve("model"));
        assertThat(startImport(file, model).waitFor()).isZero();
        long whole = Files.size(model.resolve(SqliteConfigStore.DATABASE));

        int killed = 0;
        for (int round = 1; round <= IMPORTS; round++) {
            String what = "import " + round + ", seed " + seed;
            Path target = Files.createDirectory(scratch.resolve("import" + round));
            Process running = startImport(file, target);
            // The more is in the write-ahead log, the further the one transaction has got.
            long until = 1 + random.nextLong(whole);
            Path log = target.resolve(SqliteConfigStore.DATABASE + "-wal");
            while (running.isAlive() && size(log) < until) {
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
            }
            running.toHandle().destroyForcibly();
            killed += running.waitFor() == 0 ? 0 : 1;

            try (var store = SqliteConfigStore.open(target, PluginRegistry.discovered())) {
                ConfigSnapshot snapshot = store.snapshot();
                assertThat(snapshot.revision()).as(what).isBetween(0L, 1L);
                int many = snapshot.revision() == 0 ? 0 : SERVICES;
                assertThat(snapshot.services()).as(what).hasSize(many);
                assertThat(snapshot.routes()).as(what).hasSize(many);
                assertThat(store.history().list(new Query(null, null, Long.MAX_VALUE, 9)))
                        .as(what)
                        .hasSize((int) snapshot.revision());
            }
            checkDatabase(target.resolve(SqliteConfigStore.DATABASE), what);
        }
        assertThat(killed).as("imports that were killed").isPositive();
    }

    private static Process startImport(Path file, Path dataDir) throws IOException {
        return Children.builder(
                        Main.class,
                        "config",
                        "import",
                        file.toString(),
                        "--yes",
                        "--data-dir",
                        dataDir.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static long size(Path file) {
        return file.toFile().length();
    }

    private static String manyServices() {
        var yaml = new StringBuilder("_format_version: \"3.0\"\nservices:\n");
        for (int i = 0; i < SERVICES; i++) {
            yaml.append(
                    """
                    - name: s%1$d
                      url: http://127.0.0.1:9/
                      routes:
                      - name: r%1$d
                        paths: [/s%1$d]
                    """
                            .formatted(i));
        }
        return yaml.toString();
    }
}
