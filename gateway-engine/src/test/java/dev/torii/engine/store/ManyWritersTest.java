package dev.torii.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.model.config.EntityKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyWritersTest {

    private static final int WRITERS = 16;
    private static final int EACH = 200;

    @TempDir Path folder;

    @Test
    void noneFindsTheDatabaseLockedAndASecondProcessIsToldAtOnce() throws Exception {
        try (var store = SqliteConfigStore.open(folder, Samples.PLUGINS)) {
            store.write("first", current -> counted(0));
            List<Future<?>> running = new ArrayList<>();
            Process second;
            try (var threads = Executors.newFixedThreadPool(WRITERS)) {
                for (int w = 0; w < WRITERS; w++) {
                    String writer = "writer-" + w;
                    running.add(
                            threads.submit(() -> {
                                for (int i = 0; i < EACH; i++) {
                                    store.write(writer, current -> counted(count(current) + 1));
                                }
                            }));
                }
                second = Children.start(SecondProcess.class, folder.toString());
            }
            for (Future<?> one : running) {
                one.get();
            }

            assertThat(count(store.snapshot())).isEqualTo(WRITERS * EACH);
            assertThat(store.snapshot().revision()).isEqualTo(WRITERS * EACH + 1L);
            try (var told = second.inputReader()) {
                assertThat(told.readAllAsString().strip())
                        .isEqualTo(
                                "cannot open the configuration "
                                        + folder.resolve(SqliteConfigStore.DATABASE)
                                        + ": another process works on it; stop that one, or choose"
                                        + " another data folder");
            }
            assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        try (var store = SqliteConfigStore.open(folder, Samples.PLUGINS)) {
            assertThat(count(store.snapshot())).isEqualTo(WRITERS * EACH);
        }
    }

    private static ConfigChange counted(int count) {
        return new ConfigChange(
                List.of(
                        new Step.Put(
                                EntityKind.CONSUMERS,
                                "counter",
                                Samples.consumer("counter", Integer.toString(count)))));
    }

    private static int count(ConfigSnapshot snapshot) {
        return Integer.parseInt(snapshot.consumers().getFirst().username());
    }
}
