package dev.torii.desktop.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.torii.model.api.ConfigEvent;
import dev.torii.model.api.GapEvent;
import dev.torii.model.api.RequestSummary;
import dev.torii.model.api.RunningEngine;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineConnectionTest {

    @TempDir private Path dataDir;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<EngineState> states = new CopyOnWriteArrayList<>();
    private final List<Long> revisions = new CopyOnWriteArrayList<>();
    private final FakeEngine engine = new FakeEngine();
    private EngineConnection connection = connect(new RemoteEngine(engine.adminUri()));

    @AfterEach
    void close() {
        connection.close();
        http.shutdownNow();
        engine.close();
    }

    @Test
    void tellsThatTheEngineRunsAndPassesItsEventsOn() {
        connection.open();
        await().until(engine::followed);

        engine.emit(
                "config",
                Json.object()
                        .put("revision", 5)
                        .put("kind", "services")
                        .put("id", "1")
                        .put("op", "create"));

        await().until(() -> revisions.contains(5L));
        assertThat(states.getLast())
                .isInstanceOfSatisfying(
                        EngineState.Running.class,
                        running -> assertThat(running.proxy()).isEqualTo(engine.proxyUri()));
    }

    @Test
    void triesAgainWhenTheEngineIsLost() {
        connection.open();
        await().until(engine::followed);

        engine.close();

        await().until(() ->
                states.getLast() instanceof EngineState.Reconnecting(_, _, int attempt, _)
                        && attempt >= 2);
    }

    @Test
    void findsTheEngineThatWorksOnTheDataFolder() throws IOException {
        announce();
        connection = connect(new EngineProcess(dataDir, List.of()));

        connection.open();

        await().until(() -> !states.isEmpty() && states.getLast() instanceof EngineState.Running);
        assertThat(connection.admin()).isEqualTo(engine.adminUri());
    }

    @Test
    void saysStoppedWhenTheEngineWithdrewAndComesBackWhenOneRunsAgain() throws IOException {
        announce();
        connection = connect(new EngineProcess(dataDir, List.of()));
        connection.open();
        await().until(engine::followed);

        RunningEngine.withdraw(dataDir);
        engine.close();
        await().until(() -> states.getLast() instanceof EngineState.Stopped);

        try (var next = new FakeEngine()) {
            announce(next);
            await().until(() -> states.getLast() instanceof EngineState.Running);
        }
    }

    @Test
    void saysHowToStartAnEngineWhereNoneRunsAndNoneCanBeStarted() {
        connection = connect(new EngineProcess(dataDir, List.of()));

        connection.open();

        await().until(() -> !states.isEmpty() && states.getLast() instanceof EngineState.Failed);
        assertThat(((EngineState.Failed) states.getLast()).reason()).contains("torii start");
    }

    @Test
    void tellsTheLastWordsOfAnEngineThatDoesNotStart() {
        connection =
                connect(
                        new EngineProcess(
                                dataDir,
                                List.of("sh", "-c", "echo Port 8000 is taken. >&2; exit 3")));

        connection.open();

        await().until(() -> !states.isEmpty() && states.getLast() instanceof EngineState.Failed);
        assertThat(((EngineState.Failed) states.getLast()).reason())
                .isEqualTo("Port 8000 is taken.");
    }

    @Test
    void attachesToTheEngineItStarted() {
        String file = Json.text(running(engine)).replace("'", "");
        connection =
                connect(
                        new EngineProcess(
                                dataDir,
                                List.of(
                                        "sh",
                                        "-c",
                                        "echo '"
                                                + file
                                                + "' > '"
                                                + dataDir.resolve(RunningEngine.FILE)
                                                + "'; exec sleep 5")));

        connection.open();

        await().until(() -> !states.isEmpty() && states.getLast() instanceof EngineState.Running);
        assertThat(states.getFirst()).isInstanceOf(EngineState.Starting.class);
    }

    private void announce() throws IOException {
        announce(engine);
    }

    private void announce(FakeEngine running) throws IOException {
        running(running).announce(dataDir);
    }

    private static RunningEngine running(FakeEngine engine) {
        return new RunningEngine(
                ProcessHandle.current().pid(),
                "0.1.0",
                engine.proxyUri(),
                null,
                engine.adminUri(),
                URI.create("http://127.0.0.1:1"));
    }

    private EngineConnection connect(EngineFinder finder) {
        return new EngineConnection(
                finder,
                http,
                InstantSource.system(),
                new EngineEvents() {
                    @Override
                    public void onUsage(RequestSummary request) {}

                    @Override
                    public void onConfig(ConfigEvent change) {
                        revisions.add(change.revision());
                    }

                    @Override
                    public void onGap(GapEvent gap) {}
                },
                states::add);
    }
}
