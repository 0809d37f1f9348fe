package dev.torii.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.settings.Settings;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The port that load balancers and monitors ask.
class StatusPortTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String EMPTY = "_format_version: '3.0'\n";
    private static final String FILE =
            EMPTY
                    + "upstreams:\n- name: pool\n  targets:\n  - {target: 'a.test:80'}\n"
                    + "services:\n- {name: one, host: one.test}\n";

    @TempDir private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Gateway gateway;

    @BeforeEach
    void start() {
        gateway = Gateway.start(Settings.onFreePorts(folder));
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/status, 200",
        "/status/, 200",
        "/status?unit=k&scale=0, 200",
        "/status?unit=, 200",
        "/status?unit=x, 400",
        "/status/ready, 200",
        "/status/ready/, 200",
        "/status/dns, 501",
        "/metrics, 200",
        "/metrics/, 200",
        "/metrics/x, 404",
        "/, 404",
        "/services, 404",
        "/upstreams, 404",
        "/upstreams/pool/targets, 404",
    })
    void answersAsKongsDoes(String path, int status) throws Exception {
        HttpResponse<String> got = send("GET", path, "", "");
        HttpResponse<String> head = send("HEAD", path, "", "");

        assertThat(got.statusCode()).as(got.body()).isEqualTo(status);
        assertThat(head.statusCode()).isEqualTo(status);
        assertThat(head.body()).isEmpty();
        assertThat(header(got, "Server")).isEqualTo("kong/3.10.0");
        assertThat(header(got, "X-Kong-Admin-Latency")).matches("\\d+");
        assertThat(header(got, "Via")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=draining", "{\"status\":\"draining\"}"})
    void isNotReadyAnyMoreWhenItIsToldToDrain(String body) throws Exception {
        assertThat(send("GET", "/status/ready", "", "").body())
                .isEqualTo("{\"message\":\"ready\"}");

        HttpResponse<String> told =
                send(
                        "POST",
                        "/status/ready",
                        body.startsWith("{") ? "application/json" : FORM,
                        body);

        assertThat(told.statusCode()).isEqualTo(204);
        HttpResponse<String> after = send("GET", "/status/ready", "", "");
        assertThat(after.statusCode()).isEqualTo(503);
        assertThat(after.body()).isEqualTo("{\"message\":\"draining\"}");
        assertThat(send("GET", "/status", "", "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "status=ready", "status=", "status=draining&status=x", "draining"})
    void staysReadyWhenItIsToldSomethingElse(String body) throws Exception {
        HttpResponse<String> told = send("POST", "/status/ready", FORM, body);

        assertThat(told.statusCode()).isEqualTo(400);
        assertThat(told.body()).contains("expected: draining");
        assertThat(send("GET", "/status/ready", "", "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"Origin, https://evil.example", "Origin, null", "Sec-Fetch-Site, cross-site"})
    void noPageOfAnotherSiteTellsItToDrain(String name, String value) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(uri("/status/ready"))
                        .timeout(Duration.ofSeconds(20))
                        .header("Content-Type", FORM)
                        .header(name, value)
                        .POST(BodyPublishers.ofString("status=draining"))
                        .build();

        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
        assertThat(send("GET", "/status/ready", "", "").statusCode()).isEqualTo(200);
    }

    @Test
    void isNotReadyOnAFileWithoutAConfiguration() throws Exception {
        fromFile(EMPTY);

        HttpResponse<String> empty = send("GET", "/status/ready", "", "");
        assertThat(empty.statusCode()).isEqualTo(503);
        assertThat(empty.body())
                .isEqualTo(
                        "{\"message\":\"no configuration available (empty configuration present)\"}");
        assertThat(json("/status").path("configuration_hash").asText()).isEqualTo("0".repeat(32));
        fromFile(FILE);
        assertThat(send("GET", "/status/ready", "", "").statusCode()).isEqualTo(200);
        assertThat(json("/status").path("configuration_hash").asText())
                .isNotEqualTo("0".repeat(32));
    }

    @Test
    void showsTheTargetsOfAFile() throws Exception {
        fromFile(FILE);

        for (String path : List.of("targets", "targets/all")) {
            JsonNode targets = json("/upstreams/pool/" + path).path("data");
            assertThat(targets).hasSize(1);
            assertThat(targets.path(0).path("target").asText()).isEqualTo("a.test:80");
        }
        assertThat(json("/upstreams/pool/targets/a.test:80").path("weight").asInt()).isEqualTo(100);
        assertThat(send("GET", "/upstreams/none/targets", "", "").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /upstreams/pool/targets, 405",
        "DELETE, /upstreams/pool/targets/a.test:80, 405",
        "PUT, /upstreams/pool/targets/a.test:80/healthy, 404",
        "GET, /upstreams/pool, 404",
        "GET, /upstreams, 404",
        "GET, /services/one, 404",
        "GET, /config, 404",
        "GET, /, 404",
    })
    void showsNothingElseOfAFileAndTakesNothing(String method, String path, int status)
            throws Exception {
        fromFile(FILE);

        assertThat(send(method, path, "", "").statusCode()).isEqualTo(status);
    }

    private void fromFile(String config) throws IOException {
        gateway.close();
        Path file = Files.writeString(folder.resolve("kong.yaml"), config);
        gateway = Gateway.start(new Settings(folder, "127.0.0.1", 0, null, 0, 0, file, List.of()));
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = send("GET", path, "", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body());
    }

    private HttpResponse<String> send(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(uri(path))
                        .timeout(Duration.ofSeconds(20))
                        .method(method, BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create(gateway.statusUri() + path);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
