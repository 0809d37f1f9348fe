package dev.torii.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.model.config.EntityKind;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {

    private static final int ENOUGH = 50;

    @TempDir Path folder;

    @Test
    void whatWasAcknowledgedSurvivesAKill() throws Exception {
        Process writer =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KilledWriter.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader acks = writer.inputReader()) {
            String id;
            while ((id = acks.readLine()) != null) {
                acknowledged.add(id);
                if (acknowledged.size() == ENOUGH) {
                    // SIGKILL, in the middle of the next write.
                    writer.toHandle().destroyForcibly();
                }
            }
        } finally {
            writer.destroyForcibly();
        }
        assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ENOUGH);

        try (var store = SqliteConfigStore.open(folder, Samples.PLUGINS)) {
            assertThat(store.snapshot().byId(EntityKind.CONSUMERS).keySet())
                    .containsAll(acknowledged);
        }
    }
}
