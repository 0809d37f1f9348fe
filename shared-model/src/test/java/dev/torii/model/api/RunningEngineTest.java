package dev.torii.model.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunningEngineTest {

    /// Above what Linux, macOS and Windows hand out.
    private static final long NO_SUCH_PROCESS = (1L << 31) - 5;

    @TempDir private Path dataDir;

    @Test
    void isFoundWhereItAnnouncedItself() throws IOException {
        RunningEngine engine = engine(ProcessHandle.current().pid());

        engine.announce(dataDir);

        assertThat(RunningEngine.find(dataDir)).contains(engine);
    }

    @Test
    void isGoneOnceItHasWithdrawn() throws IOException {
        engine(ProcessHandle.current().pid()).announce(dataDir);

        RunningEngine.withdraw(dataDir);

        assertThat(RunningEngine.find(dataDir)).isEmpty();
    }

    @Test
    void isNotFoundWhenItsProcessHasDied() throws IOException {
        engine(NO_SUCH_PROCESS).announce(dataDir);

        assertThat(RunningEngine.find(dataDir)).isEmpty();
    }

    @Test
    void isNotFoundInAFolderWithoutOrWithABrokenFile() throws IOException {
        assertThat(RunningEngine.find(dataDir)).isEmpty();

        Files.writeString(dataDir.resolve(RunningEngine.FILE), "{\"pid\":");

        assertThat(RunningEngine.find(dataDir)).isEmpty();

        Files.writeString(
                dataDir.resolve(RunningEngine.FILE),
                "{\"pid\":" + ProcessHandle.current().pid() + "}");

        assertThat(RunningEngine.find(dataDir)).isEmpty();
    }

    private static RunningEngine engine(long pid) {
        return new RunningEngine(
                pid,
                "1.2.3",
                URI.create("http://127.0.0.1:8000"),
                URI.create("https://127.0.0.1:8443"),
                URI.create("http://127.0.0.1:8001"),
                URI.create("http://127.0.0.1:8100"));
    }
}
