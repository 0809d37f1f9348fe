package dev.torii.engine.store;

import static dev.torii.engine.store.Samples.consumer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.model.config.EntityKind;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store keeps to.
public abstract class StoreContract {

    private ConfigStore store;

    /// A new, empty store.
    protected abstract ConfigStore create() throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = create();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void beginsEmpty() {
        assertThat(store.snapshot().revision()).isZero();
        assertThat(store.snapshot().consumers()).isEmpty();
    }

    @Test
    void aWriteIsVisibleWhenItReturns() {
        ConfigSnapshot after = store.write("test", current -> put("a", "alice"));

        assertThat(after).isSameAs(store.snapshot());
        assertThat(after.revision()).isEqualTo(1);
        assertThat(after.find(EntityKind.CONSUMERS, "a")).isEqualTo(consumer("a", "alice"));
    }

    @Test
    void putReplacesAndDeleteRemoves() {
        store.write("test", current -> put("a", "alice"));
        store.write("test", current -> put("a", "anna"));
        assertThat(store.snapshot().consumers())
                .singleElement()
                .satisfies(consumer -> assertThat(consumer.username()).isEqualTo("anna"));

        store.write(
                "test",
                current -> new ConfigChange(List.of(new Step.Delete(EntityKind.CONSUMERS, "a"))));
        assertThat(store.snapshot().consumers()).isEmpty();
    }

    @Test
    void theStepsOfAChangeAreDoneInOrder() {
        store.write(
                "test",
                current ->
                        new ConfigChange(
                                List.of(
                                        new Step.Delete(EntityKind.CONSUMERS, "a"),
                                        new Step.Put(EntityKind.CONSUMERS, "a", consumer("a", "x")),
                                        new Step.Put(EntityKind.CONSUMERS, "b", consumer("b", "y")),
                                        new Step.Delete(EntityKind.CONSUMERS, "b"))));

        assertThat(store.snapshot().byId(EntityKind.CONSUMERS)).containsOnlyKeys("a");
        assertThat(store.snapshot().revision()).isEqualTo(1);
    }

    @Test
    void anOldSnapshotStaysAsItWas() {
        ConfigSnapshot before = store.snapshot();

        store.write("test", current -> put("a", "alice"));

        assertThat(before.consumers()).isEmpty();
    }

    @Test
    void listsInOrderOfId() {
        store.write("test", current -> put("b", "bob"));
        store.write("test", current -> put("a", "alice"));

        assertThat(store.snapshot().byId(EntityKind.CONSUMERS).keySet()).containsExactly("a", "b");
    }

    @Test
    void aChangeThatThrowsLeavesEverythingAsItWas() {
        store.write("test", current -> put("a", "alice"));
        ConfigSnapshot before = store.snapshot();

        assertThatThrownBy(() ->
                        store.write(
                                "test",
                                current -> {
                                    throw new IllegalStateException("no");
                                }))
                .hasMessage("no");

        assertThat(store.snapshot()).isSameAs(before);
    }

    @Test
    void noStepsAreNoChange() {
        List<Long> heard = new ArrayList<>();
        store.onChange(snapshot -> heard.add(snapshot.revision()));

        assertThat(store.write("test", current -> new ConfigChange(List.of())).revision()).isZero();

        assertThat(heard).isEmpty();
    }

    @Test
    void listenersHearEachChangeInOrderBeforeTheWriteReturns() {
        List<Long> heard = new ArrayList<>();
        store.onChange(snapshot -> heard.add(snapshot.revision()));

        for (long revision = 1; revision <= 3; revision++) {
            store.write("test", current -> put(UUID.randomUUID().toString(), "x"));
            assertThat(heard).hasSize((int) revision).last().isEqualTo(revision);
        }
    }

    @Test
    void aListenerThatThrowsHurtsNeitherTheWriteNorTheOthers() {
        List<Long> heard = new ArrayList<>();
        store.onChange(snapshot -> {
            throw new IllegalStateException("broken");
        });
        store.onChange(snapshot -> heard.add(snapshot.revision()));

        store.write("test", current -> put("a", "alice"));

        assertThat(heard).containsExactly(1L);
    }

    @Test
    void manyWritersLoseNothing() throws Exception {
        int writers = 16;
        int each = 25;
        store.write("test", current -> counted(0));
        List<Future<?>> running = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < writers; i++) {
                running.add(
                        threads.submit(() -> {
                            for (int n = 0; n < each; n++) {
                                store.write("test", current -> counted(count(current) + 1));
                            }
                        }));
            }
        }
        for (Future<?> one : running) {
            one.get();
        }

        assertThat(count(store.snapshot())).isEqualTo(writers * each);
        assertThat(store.snapshot().revision()).isEqualTo(writers * (long) each + 1);
    }

    private static ConfigChange counted(int count) {
        return put("counter", Integer.toString(count));
    }

    private static int count(ConfigSnapshot snapshot) {
        return Integer.parseInt(snapshot.consumers().getFirst().username());
    }

    private static ConfigChange put(String id, String username) {
        return new ConfigChange(
                List.of(new Step.Put(EntityKind.CONSUMERS, id, consumer(id, username))));
    }
}
