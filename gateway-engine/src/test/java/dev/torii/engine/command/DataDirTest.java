package dev.torii.engine.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.torii.model.api.RunningEngine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirTest {

    private static final RunningEngine ENGINE =
            new RunningEngine(
                    ProcessHandle.current().pid(),
                    "1.2.3",
                    URI.create("http://127.0.0.1:8000"),
                    URI.create("https://127.0.0.1:8443"),
                    URI.create("http://127.0.0.1:8001"),
                    URI.create("http://127.0.0.1:8100"));

    @TempDir private Path parent;

    @Test
    void isCreatedForItsOwnerOnly() throws IOException {
        assumeThat(parent.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path path = parent.resolve("deep/data");

        try (DataDir dir = DataDir.open(path)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwx------");
            assertThat(dir).isNotNull();
        }
    }

    @Test
    void isNotSharedAndNamesTheProcessThatHasIt() {
        try (DataDir dir = DataDir.open(parent)) {
            dir.announce(ENGINE);

            assertThatThrownBy(() -> DataDir.open(parent))
                    .isInstanceOf(CommandException.class)
                    .hasMessage(
                            "process %d already runs Torii on the data folder %s (proxy"
                                    + " http://127.0.0.1:8000, Admin API http://127.0.0.1:8001);"
                                    + " stop it, or choose another folder with --data-dir",
                            ENGINE.pid(), parent);
        }
    }

    @Test
    void isNotSharedWhileItsEngineStarts() {
        try (DataDir dir = DataDir.open(parent)) {
            assertThat(dir).isNotNull();

            assertThatThrownBy(() -> DataDir.open(parent))
                    .hasMessageStartingWith("another process already runs Torii on");
        }
    }

    @Test
    void canBeTakenAgainOnceGivenBack() {
        try (DataDir dir = DataDir.open(parent)) {
            dir.announce(ENGINE);
        }

        assertThat(RunningEngine.find(parent)).isEmpty();
        try (DataDir dir = DataDir.open(parent)) {
            dir.announce(ENGINE);
            assertThat(RunningEngine.find(parent)).contains(ENGINE);
        }
    }

    @Test
    void isRefusedWhereAFileStands() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));

        assertThatThrownBy(() -> DataDir.open(file))
                .isInstanceOf(CommandException.class)
                .hasMessage(
                        "cannot use the data folder %s: %s is not a folder; give yourself write"
                                + " permission there, or choose another folder with --data-dir",
                        file, file);
        assertThatThrownBy(() -> DataDir.open(file.resolve("data")))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith("cannot use the data folder " + file.resolve("data"));
    }
}
