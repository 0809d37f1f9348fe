package dev.torii.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.engine.store.ConfigHistory.Changed;
import dev.torii.engine.store.ConfigHistory.Entry;
import dev.torii.engine.store.ConfigHistory.Query;
import dev.torii.model.config.EntityKind;
import dev.torii.model.schema.PluginSchemas;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigHistoryTest {

    private static final Instant START = Instant.parse("2026-11-25T08:00:00Z");
    private static final String SECRET = "sk-very-secret-0123456789";

    @TempDir Path folder;

    private final AtomicReference<Instant> clock = new AtomicReference<>(START);

    private SqliteConfigStore open(int revisions, Duration age) {
        return SqliteConfigStore.open(
                folder, Samples.PLUGINS, new HistoryLimits(revisions, age), clock::get);
    }

    private SqliteConfigStore open() {
        return open(100, Duration.ofDays(10));
    }

    private static Step consumer(String id, String name) {
        return new Step.Put(EntityKind.CONSUMERS, id, Samples.consumer(id, name));
    }

    private static Step delete(String id) {
        return new Step.Delete(EntityKind.CONSUMERS, id);
    }

    private static ConfigSnapshot write(ConfigStore store, String author, Step... steps) {
        return store.write(author, current -> new ConfigChange(Arrays.asList(steps)));
    }

    private static List<Entry> list(ConfigStore store) {
        return store.history().list(new Query(null, null, Long.MAX_VALUE, 1000));
    }

    private static List<Long> numbers(
            ConfigStore store, @Nullable EntityKind kind, @Nullable String id) {
        return store.history().list(new Query(kind, id, Long.MAX_VALUE, 1000)).stream()
                .map(Entry::revision)
                .toList();
    }

    @Test
    void saysWhoChangedWhatAndWhenNewestFirst() {
        try (var store = open()) {
            write(store, "deck", consumer("a", "alice"), consumer("b", "bob"));
            clock.set(START.plusSeconds(5));
            write(store, "curl", consumer("a", "anna"));
            write(store, "curl", delete("a"));
            store.write(
                    "app",
                    current ->
                            new ConfigChange(
                                    List.of(consumer("b", "berta"), delete("none")), "import"));

            assertThat(list(store))
                    .containsExactly(
                            entry(
                                    4,
                                    5,
                                    "app",
                                    "import",
                                    new Changed(EntityKind.CONSUMERS, "b", "berta", "update")),
                            entry(
                                    3,
                                    5,
                                    "curl",
                                    "delete",
                                    new Changed(EntityKind.CONSUMERS, "a", "anna", "delete")),
                            entry(
                                    2,
                                    5,
                                    "curl",
                                    "update",
                                    new Changed(EntityKind.CONSUMERS, "a", "anna", "update")),
                            entry(
                                    1,
                                    0,
                                    "deck",
                                    "create",
                                    new Changed(EntityKind.CONSUMERS, "a", "alice", "create"),
                                    new Changed(EntityKind.CONSUMERS, "b", "bob", "create")));
        }
    }

    private static Entry entry(
            long revision, long second, String author, String action, Changed... changed) {
        return new Entry(
                revision,
                START.plusSeconds(second),
                author,
                action,
                changed.length,
                List.of(changed));
    }

    @Test
    void findsTheRevisionsOfAKindAndOfAnEntity() {
        try (var store = open()) {
            write(store, "x", consumer("a", "alice"));
            write(
                    store,
                    "x",
                    new Step.Put(EntityKind.KEYAUTH_CREDENTIALS, "k", Samples.key("k", SECRET)));
            write(store, "x", consumer("b", "bob"));

            assertThat(numbers(store, EntityKind.CONSUMERS, null)).containsExactly(3L, 1L);
            assertThat(numbers(store, null, "k")).containsExactly(2L);
            assertThat(numbers(store, EntityKind.CONSUMERS, "a")).containsExactly(1L);
            assertThat(numbers(store, EntityKind.CONSUMERS, "k")).isEmpty();
            assertThat(store.history().list(new Query(null, null, 3, 1)))
                    .extracting(Entry::revision)
                    .containsExactly(2L);
        }
    }

    @Test
    void keepsWhatWasBeforeAndAfterSecretsIncluded() {
        try (var store = open()) {
            write(store, "x", new Step.Put(EntityKind.PLUGINS, "p", Samples.plugin("p", SECRET)));
            write(store, "x", new Step.Put(EntityKind.PLUGINS, "p", Samples.plugin("p", "other")));
        }
        try (var store = open()) {
            assertThat(store.history().find(2).orElseThrow().changes())
                    .containsExactly(
                            new EntityChange(
                                    EntityKind.PLUGINS,
                                    "p",
                                    Samples.plugin("p", SECRET),
                                    Samples.plugin("p", "other")));
            assertThat(store.history().find(3)).isEmpty();
        }
    }

    @Test
    void holdsNoSecretInPlainText() throws Exception {
        try (var store = open()) {
            write(store, "x", new Step.Put(EntityKind.PLUGINS, "p", Samples.plugin("p", SECRET)));
            write(
                    store,
                    "x",
                    new Step.Put(EntityKind.KEYAUTH_CREDENTIALS, "k", Samples.key("k", SECRET)));
            write(store, "x", new Step.Delete(EntityKind.PLUGINS, "p"));
            write(store, "x", new Step.Delete(EntityKind.KEYAUTH_CREDENTIALS, "k"));
            assertThat(list(store).toString()).doesNotContain(SECRET);
            assertThat(store.history().find(1).toString()).doesNotContain(SECRET);
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(SECRET);
            }
        }
    }

    @Test
    void aPluginWhoseTypeIsGoneCanBeDeletedAndItsSettingsStaySealed() throws Exception {
        try (var store = open()) {
            write(store, "x", new Step.Put(EntityKind.PLUGINS, "p", Samples.plugin("p", SECRET)));
        }
        try (var store = SqliteConfigStore.open(folder, PluginSchemas.NONE)) {
            write(store, "x", new Step.Delete(EntityKind.PLUGINS, "p"));
            assertThat(store.history().find(2).orElseThrow().changes().getFirst().before())
                    .isEqualTo(Samples.plugin("p", SECRET));
        }
        assertThat(
                        new String(
                                Files.readAllBytes(folder.resolve(SqliteConfigStore.DATABASE)),
                                StandardCharsets.ISO_8859_1))
                .doesNotContain(SECRET);
    }

    @Test
    void goesBackToEveryRevisionThatIsListedAndForthAgain() {
        try (var store = open(5, Duration.ofDays(10))) {
            List<ConfigSnapshot> snapshots = new ArrayList<>();
            snapshots.add(write(store, "x", consumer("a", "1"), consumer("b", "1")));
            snapshots.add(write(store, "x", consumer("a", "2")));
            snapshots.add(write(store, "x", delete("b"), consumer("c", "1")));
            snapshots.add(write(store, "x", consumer("b", "back"), consumer("a", "3")));
            snapshots.add(write(store, "x", delete("a"), delete("b"), delete("c")));

            for (ConfigSnapshot wanted : snapshots) {
                var back = store.history().backTo(wanted.revision()).orElseThrow();

                assertThat(back.action()).isEqualTo("restore");
                assertThat(store.snapshot().after(back).byId(EntityKind.CONSUMERS))
                        .isEqualTo(wanted.byId(EntityKind.CONSUMERS));
            }
            var undone = store.write("x", current -> store.history().backTo(2).orElseThrow());
            assertThat(undone.byId(EntityKind.CONSUMERS))
                    .isEqualTo(snapshots.get(1).byId(EntityKind.CONSUMERS));
            var redone = store.write("x", current -> store.history().backTo(5).orElseThrow());
            assertThat(redone.byId(EntityKind.CONSUMERS)).isEmpty();
            assertThat(list(store))
                    .extracting(Entry::action)
                    .startsWith("restore", "restore", "delete");
        }
    }

    @Test
    void forgetsWhatIsBeyondTheCount() {
        try (var store = open(3, Duration.ofDays(10))) {
            for (int i = 1; i <= 5; i++) {
                write(store, "x", consumer("a", "v" + i));
            }

            assertThat(numbers(store, null, null)).containsExactly(5L, 4L, 3L);
            assertThat(numbers(store, null, "a")).containsExactly(5L, 4L, 3L);
            assertThat(store.history().find(2)).isEmpty();
            // The oldest that is kept says what was before it.
            assertThat(store.history().backTo(2)).isPresent();
            assertThat(store.history().backTo(1)).isEmpty();
            assertThat(store.history().backTo(6)).isEmpty();
            assertThat(store.history().backTo(5).orElseThrow().steps()).isEmpty();
        }
    }

    @Test
    void forgetsWhatIsTooOldAndLeavesNoGapWhenTheClockWasWrong() {
        try (var store = open(100, Duration.ofDays(10))) {
            clock.set(START.plus(Duration.ofDays(1)));
            write(store, "x", consumer("a", "in the future"));
            clock.set(START);
            write(store, "x", consumer("a", "now"));
            clock.set(START.plus(Duration.ofDays(10)).plusSeconds(1));
            write(store, "x", consumer("a", "later"));

            assertThat(numbers(store, null, null)).containsExactly(3L);
        }
    }

    @Test
    void aWriteThatFailsLeavesNoRevision() {
        try (var store = open()) {
            assertThatThrownBy(() ->
                            write(
                                    store,
                                    "x",
                                    consumer("a", "1"),
                                    new Step.Put(
                                            EntityKind.PLUGINS,
                                            "p",
                                            Samples.plugin("p", "t").put("name", "unheard-of"))))
                    .isInstanceOf(StoreException.class);

            assertThat(list(store)).isEmpty();
        }
    }

    @Test
    void aConfigurationFromBeforeTheHistoryBeginsOne() throws Exception {
        try (var store = open()) {
            write(store, "x", consumer("a", "1"));
        }
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve(SqliteConfigStore.DATABASE));
                var statement = connection.createStatement()) {
            statement.execute("DROP TABLE revision");
            statement.execute("DROP TABLE revision_change");
            statement.execute("PRAGMA user_version = 1");
        }
        try (var store = open()) {
            assertThat(list(store)).isEmpty();
            assertThat(store.history().backTo(0)).isEmpty();

            write(store, "x", consumer("a", "2"));

            assertThat(numbers(store, null, null)).containsExactly(2L);
            assertThat(store.snapshot().after(store.history().backTo(1).orElseThrow()).consumers())
                    .singleElement()
                    .satisfies(one -> assertThat(one.username()).isEqualTo("1"));
        }
    }
}
