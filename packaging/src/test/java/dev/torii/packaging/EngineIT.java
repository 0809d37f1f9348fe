package dev.torii.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.torii.model.api.RunningEngine;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngineIT {

    private static final String[] FREE_PORTS = {
        "--proxy-port", "0", "--admin-port", "0", "--status-port", "0"
    };

    @TempDir private Path scratch;

    @Test
    void saysItsVersion() throws Exception {
        try (ToriiProcess torii = ToriiProcess.start(scratch, "version")) {
            assertThat(torii.end()).isZero();
            assertThat(torii.out()).startsWith("Torii ");
            assertThat(torii.err()).isEmpty();
        }
    }

    @Test
    void teachesItsCommands() throws Exception {
        try (ToriiProcess torii = ToriiProcess.start(scratch, "start", "--help")) {
            assertThat(torii.end()).isZero();
            assertThat(torii.out())
                    .contains("--data-dir", "--proxy-port", "TORII_PROXY_PORT", "Examples:");
        }
    }

    @Test
    void runsThroughALinkInAFolderWithASpace() throws Exception {
        assumeThat(ToriiProcess.script().toString()).as("links to scripts").doesNotEndWith(".cmd");
        Path folder = Files.createDirectory(scratch.resolve("my programs"));
        Path link = Files.createSymbolicLink(folder.resolve("torii"), ToriiProcess.script());

        try (ToriiProcess torii = ToriiProcess.start(link, scratch, "version")) {
            assertThat(torii.end()).isZero();
            assertThat(torii.out()).startsWith("Torii ");
        }
    }

    @Test
    void startsAnswersAndStopsWhenAsked() throws Exception {
        Path dataDir = scratch.resolve("data");
        try (ToriiProcess torii = start(dataDir, FREE_PORTS)) {
            RunningEngine engine = awaitRunning(dataDir);

            assertThat(engine.pid()).isEqualTo(torii.pid());
            assertThat(get(engine.proxy().resolve("/nowhere")).statusCode()).isEqualTo(404);
            assertThat(get(engine.admin().resolve("/services")).statusCode()).isEqualTo(200);
            assertThat(get(engine.status().resolve("/status")).statusCode()).isEqualTo(200);
            await().untilAsserted(() ->
                    assertThat(torii.out())
                            .contains(engine.proxy().toString())
                            .contains(dataDir.toString()));

            torii.askToStop();

            assertThat(torii.end()).isZero();
            assertThat(torii.err()).isEmpty();
            assertThat(dataDir.resolve(RunningEngine.FILE)).doesNotExist();
        }
    }

    @Test
    void refusesAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0);
                ToriiProcess torii =
                        start(
                                scratch.resolve("data"),
                                "--proxy-port",
                                String.valueOf(taken.getLocalPort()),
                                "--admin-port",
                                "0",
                                "--status-port",
                                "0")) {
            assertRefused(torii, 1, String.valueOf(taken.getLocalPort()), "--proxy-port");
        }
    }

    @Test
    void refusesToShareADataFolder() throws Exception {
        Path dataDir = scratch.resolve("data");
        try (ToriiProcess first = start(dataDir, FREE_PORTS)) {
            awaitRunning(dataDir);
            try (ToriiProcess second = start(dataDir, FREE_PORTS)) {
                assertRefused(
                        second, 1, "process " + first.pid(), dataDir.toString(), "--data-dir");
            }
            assertThat(RunningEngine.find(dataDir)).isPresent();
        }
    }

    @Test
    void refusesAFolderThatCannotBeWritten() throws Exception {
        Path file = Files.createFile(scratch.resolve("file"));
        try (ToriiProcess torii = start(file.resolve("data"), FREE_PORTS)) {
            assertRefused(torii, 1, file.resolve("data").toString(), "--data-dir");
        }
    }

    @Test
    void refusesABrokenSettingsFile() throws Exception {
        Path file = Files.writeString(scratch.resolve("my.conf"), "proxy-port = 8000\nports: 1\n");
        try (ToriiProcess torii = start(scratch.resolve("data"), "--settings", file.toString())) {
            assertRefused(torii, 2, file + ":2: ports: 1", "proxy-port = 8000");
        }
    }

    @Test
    void refusesAPortThatIsNone() throws Exception {
        try (ToriiProcess torii = start(scratch.resolve("data"), "--admin-port", "http")) {
            assertRefused(torii, 2, "--admin-port: http");
        }
    }

    @Test
    void runsTheDemoToItsEnd() throws Exception {
        try (ToriiProcess torii = ToriiProcess.start(scratch, "demo")) {
            assertThat(torii.end()).as(torii.err()).isZero();
            assertThat(torii.out())
                    .contains(
                            "デモモデル", "あなたは優秀なアシスタントです", "400 {\"error\"", "demo-model  chat-route");
            assertThat(torii.err()).isEmpty();
        }
    }

    private ToriiProcess start(Path dataDir, String... more) throws IOException {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "start";
        arguments[1] = "--data-dir";
        arguments[2] = dataDir.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return ToriiProcess.start(scratch, arguments);
    }

    private static RunningEngine awaitRunning(Path dataDir) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> RunningEngine.find(dataDir), Optional::isPresent)
                .orElseThrow();
    }

    /// One sentence, and nothing of the program's inside.
    private static void assertRefused(ToriiProcess torii, int code, String... said)
            throws IOException, InterruptedException {
        assertThat(torii.end()).isEqualTo(code);
        assertThat(torii.err())
                .startsWith("torii: ")
                .contains(said)
                .doesNotContain("Exception", "\tat ");
        assertThat(torii.err().strip().lines()).hasSize(1);
        assertThat(torii.out()).isEmpty();
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }
}
