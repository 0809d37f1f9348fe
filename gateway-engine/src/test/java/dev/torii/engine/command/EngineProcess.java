package dev.torii.engine.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.Main;
import dev.torii.engine.store.Children;
import dev.torii.model.api.RunningEngine;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// An engine in a process of its own, on free ports, as `torii start` runs it.
final class EngineProcess implements AutoCloseable {

    private static final int MOST_SECONDS = 30;

    private final HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private final Path folder;
    private final Process process;

    private EngineProcess(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    static EngineProcess start(Path folder) throws IOException {
        return new EngineProcess(
                folder,
                Children.builder(
                                Main.class,
                                "start",
                                "--data-dir",
                                folder.toString(),
                                "--proxy-port",
                                "0",
                                "--admin-port",
                                "0",
                                "--status-port",
                                "0")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    URI awaitAdmin() {
        return await().atMost(Duration.ofSeconds(MOST_SECONDS))
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> {
                            assertThat(process.isAlive()).isTrue();
                            return RunningEngine.find(folder)
                                    .filter(engine -> engine.pid() == process.pid());
                        },
                        Optional::isPresent)
                .orElseThrow()
                .admin();
    }

    HttpResponse<String> send(String method, URI uri, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofSeconds(MOST_SECONDS))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    JsonNode get(URI uri) throws Exception {
        HttpResponse<String> answer = send("GET", uri, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body());
    }

    /// All entities of a list, page after page.
    List<JsonNode> all(URI list) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        URI next = list;
        while (true) {
            JsonNode page = get(next);
            page.path("data").forEach(all::add);
            if (!page.path("next").isTextual()) {
                return all;
            }
            next = list.resolve(page.path("next").textValue());
        }
    }

    /// With SIGKILL, wherever it is just now.
    void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().orTimeout(MOST_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        kill();
        client.shutdownNow();
        client.close();
    }
}
