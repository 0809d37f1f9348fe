package dev.torii.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.store.Retention;
import dev.torii.engine.store.SqliteUsageLedger;
import dev.torii.engine.telemetry.EventHub;
import dev.torii.engine.telemetry.ExchangeRecorder;
import dev.torii.engine.telemetry.FinishedExchanges;
import dev.torii.engine.telemetry.Meters;
import dev.torii.engine.telemetry.PriceTable;
import dev.torii.model.api.ConfigEvent;
import dev.torii.model.api.EngineIdentity;
import dev.torii.model.api.RequestPage;
import dev.torii.model.api.UsageReport;
import dev.torii.model.json.Json;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ToriiServletTest {

    /// When the exchanges of [FinishedExchanges] began.
    private static final Instant BEGAN = Instant.ofEpochMilli(1_700_000_000_120L);

    private static final EngineIdentity IDENTITY =
            new EngineIdentity(
                    "torii",
                    "0.1.0",
                    42,
                    7,
                    1_700_000_000_000L,
                    5_000,
                    new EngineIdentity.Store("sqlite", "/data/torii.db", "/data/usage.db"),
                    new EngineIdentity.Ports(8000, 8443, 8001, 8100),
                    new EngineIdentity.Recording(0, null),
                    List.of());

    @TempDir Path folder;

    private final EventHub events = new EventHub();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final HttpClient client = HttpClient.newHttpClient();
    private SqliteUsageLedger ledger;
    private ExchangeRecorder recorder;
    private Server server;

    @BeforeEach
    void start() throws Exception {
        ledger =
                new SqliteUsageLedger(
                        folder.resolve("usage.db"), Retention.DEFAULT, InstantSource.fixed(BEGAN));
        recorder = new ExchangeRecorder(ledger, PriceTable::bundled, new Meters(registry), events);
        var threads = new QueuedThreadPool();
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server = new Server(threads);
        var connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        var context = new ServletContextHandler();
        context.addServlet(new ToriiServlet(recorder, ledger, events, () -> IDENTITY), "/torii/*");
        context.addServlet(new MetricsServlet(registry, recorder::flush), "/metrics");
        server.setHandler(context);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        events.close();
        client.close();
        server.stop();
        recorder.close();
        ledger.close();
    }

    private int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(to(path).build(), BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/json;charset=utf-8");
        return Json.parse(answer.body());
    }

    private void finish(int... statuses) {
        for (int status : statuses) {
            recorder.close(FinishedExchanges.plain(status), () -> {});
        }
    }

    @Test
    void reportsEveryRequestThatWasAnsweredBefore() throws Exception {
        for (int i = 0; i < 3; i++) {
            recorder.close(
                    FinishedExchanges.chat(FinishedExchanges.used(1000, 500), "Hi"), () -> {});
        }

        JsonNode report = json("/torii/usage?bucket=hour&group_by=model,route");

        assertThat(report)
                .isEqualTo(
                        Json.parse(
                                """
                                {"data": [{"bucket": "2023-11-14T22:00:00Z",
                                  "group": {"model": "gpt-4o-mini", "route": "chat-route"},
                                  "requests": 3, "errors": 0,
                                  "prompt_tokens": 3000, "completion_tokens": 1500,
                                  "cached_tokens": 0, "reasoning_tokens": 0,
                                  "estimated": 0, "unpriced": 0, "cost_usd": 0.00135,
                                  "latency_ms": {"p50": 250, "p95": 250, "p99": 250},
                                  "ttft_ms": {"p50": 90, "p95": 90, "p99": 90}}],
                                 "dropped": 0}
                                """));
        assertThat(Json.convert(report, UsageReport.class).data()).hasSize(1);
    }

    @Test
    void anEmptyLedgerGivesAnEmptyReport() throws Exception {
        assertThat(get("/torii/usage").body()).isEqualTo("{\"data\":[],\"dropped\":0}");
    }

    @ParameterizedTest
    @CsvSource({
        "from=2023-11-14T22:13:20Z, 1",
        "from=2023-11-14T22:13:21Z, 0",
        "from=2023-11-15T07:13:20%2B09:00, 1",
        "from=2023-11-15T07:13:20+09:00, 1",
        "from=2023-11-14&to=2023-11-15, 1",
        "to=2023-11-14, 0",
        "from=1700000000, 1",
        "from=1700000001, 0",
        "from=1700000000120, 1",
        "from=1700000000121, 0",
        "to=1700000000120, 0",
        "to=1700000000121, 1",
    })
    void understandsTimes(String span, int rows) throws Exception {
        finish(200);

        assertThat(json("/torii/usage?" + span).path("data")).hasSize(rows);
        assertThat(json("/torii/requests?" + span).path("data")).hasSize(rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "usage?bucket=week | bucket: week (expected: none, minute, hour or day)",
                "usage?group_by=model,colour | group_by: colour (expected: model, provider, route,"
                        + " service, consumer, or several with commas)",
                "usage?group_by=model,model | group_by: model is named twice",
                "usage?from=yesterday | from: yesterday (expected: a time such as"
                        + " 2026-11-25T03:00:00Z or 2026-11-25, or Unix seconds or milliseconds)",
                "usage?from=2026-11-25T99:00:00Z | from: 2026-11-25T99:00:00Z (expected: a time"
                        + " such as 2026-11-25T03:00:00Z or 2026-11-25, or Unix seconds or"
                        + " milliseconds)",
                "usage?from=20&to=10 | to: 10 (expected: a time after from, which is 20)",
                "usage?groupby=model | unknown parameter: groupby (expected: from, to, bucket,"
                        + " group_by)",
                "usage?from=1&from=2 | from is given more than once",
                "requests?size=0 | size: 0 (expected: a whole number from 1 to 1000)",
                "requests?size=many | size: many (expected: a whole number from 1 to 1000)",
                "requests?status=ok | status: ok (expected: a status such as 404, or a class such"
                        + " as 4xx)",
                "requests?offset=17 | offset: 17 (expected: the offset of the page before, as it"
                        + " was)",
                "events?since=1 | unknown parameter: since (expected: none)",
            })
    void saysWhatIsWrongWithAQuestion(String question, String message) throws Exception {
        HttpResponse<String> answer = get("/torii/" + question);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.parse(answer.body()).path("message").asText()).isEqualTo(message);
    }

    @Test
    void pagesThroughRequests() throws Exception {
        finish(200, 404, 404, 500, 404);

        var first =
                Json.convert(
                        json("/torii/requests?size=2&status=4xx&route=chat-route"),
                        RequestPage.class);
        assertThat(first.data()).hasSize(2).allMatch(request -> request.status() == 404);
        assertThat(first.next())
                .isEqualTo(
                        "/torii/requests?size=2&status=4xx&route=chat-route&offset="
                                + first.offset());

        JsonNode second = json(String.valueOf(first.next()));
        assertThat(second.path("data")).hasSize(1);
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(json("/torii/requests?status=500").path("data")).hasSize(1);
        assertThat(json("/torii/requests?model=gpt-4o").path("data")).isEmpty();
    }

    @Test
    void showsOneRequest() throws Exception {
        recorder.close(FinishedExchanges.chat(FinishedExchanges.used(1000, 500), "Hi"), () -> {});

        JsonNode request = json("/torii/requests/0123456789abcdef0123456789abcdef");

        assertThat(request.path("model").asText()).isEqualTo("gpt-4o-mini");
        assertThat(request.path("cost_usd").decimalValue()).isEqualByComparingTo("0.00045");
        assertThat(get("/torii/requests/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void saysWhichEngineThisIs() throws Exception {
        assertThat(Json.convert(json("/torii"), EngineIdentity.class)).isEqualTo(IDENTITY);
        assertThat(json("/torii/").path("ports").path("proxy").asInt()).isEqualTo(8000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/torii/usages", "/torii/usage/today", "/torii/x"})
    void anUnknownPathIsNotFound(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Not found\"}");
    }

    @Test
    void nothingCanBeWritten() throws Exception {
        HttpResponse<String> answer =
                client.send(
                        to("/torii/usage").POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
        assertThat(answer.body()).isEqualTo("{\"message\":\"Method not allowed\"}");
    }

    @Test
    void aBrokenLedgerIsSaidAndNotHidden() throws Exception {
        Path file = folder.resolve("usage.db");
        Files.writeString(file, "This is no database at all. ".repeat(100));
        finish(200);

        HttpResponse<String> answer = get("/torii/usage");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(Json.parse(answer.body()).path("message").asText())
                .startsWith("cannot read the usage ledger " + file);
        assertThat(recorder.health().problem()).startsWith("cannot write the usage ledger " + file);
    }

    @Test
    void streamsEventsAsTheyHappenAndHeartbeatsBetween() throws Exception {
        try (var stream = stream()) {
            assertThat(stream.readLine()).isEqualTo(": torii");
            assertThat(stream.readLine()).isEmpty();
            await().until(() -> events.subscribers() == 1);

            events.config(new ConfigEvent(8, "routes", "r1", "create"));
            assertThat(nextLine(stream)).isEqualTo("event: config");
            assertThat(stream.readLine())
                    .isEqualTo(
                            "data: {\"revision\":8,\"kind\":\"routes\",\"id\":\"r1\",\"op\":\"create\"}");
            assertThat(stream.readLine()).isEmpty();

            // The first event has been read before the second happens: nothing is held back.
            finish(200);
            assertThat(nextLine(stream)).isEqualTo("event: usage");
            assertThat(stream.readLine()).startsWith("data: {\"id\":\"0123456789abcdef");
            assertThat(stream.readLine()).isEmpty();

            assertThat(stream.readLine()).isEqualTo(":");
        }
    }

    /// The next line that is no heartbeat.
    private static String nextLine(BufferedReader stream) throws IOException {
        String line = stream.readLine();
        while (line.startsWith(":") || line.isEmpty()) {
            line = stream.readLine();
        }
        return line;
    }

    private BufferedReader stream() throws Exception {
        HttpResponse<InputStream> answer =
                client.send(to("/torii/events").build(), BodyHandlers.ofInputStream());
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    @Test
    void forgetsAClientThatHungUp() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.getOutputStream()
                    .write(
                            "GET /torii/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> events.subscribers() == 1);
        }
        await().until(() -> events.subscribers() == 0);
    }

    @Test
    void metricsShowWhatWasAnsweredBefore() throws Exception {
        finish(200);

        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("text/plain;charset=utf-8");
        assertThat(answer.body())
                .contains(
                        "torii_requests_total{model=\"\",provider=\"\",route=\"chat-route\",service=\"chat-service\",status=\"2xx\"}"
                                + " 1.0");
    }
}
