package dev.torii.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.fake.FakeUpstream;
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
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole engine: how targets are shown, and what a word about them from outside does.
@Timeout(60)
final class UpstreamHealthTest {

    /// Looks at the healthy ones only, so that nothing but a word brings a target back.
    private static final String CHECKS =
            """
            {"active":{"http_path":"/probe","healthy":{"interval":0.05},
                       "unhealthy":{"http_failures":1}}}\
            """;

    /// Never looks at a target by itself.
    private static final String PASSIVE =
            """
            {"passive":{"unhealthy":{"http_failures":100}}}\
            """;

    @TempDir private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final FakeUpstream a = named("a");
    private final FakeUpstream b = named("b");
    private Gateway gateway;

    private static FakeUpstream named(String name) {
        var fake = new FakeUpstream();
        fake.always(FakeUpstream.text(200, name));
        return fake;
    }

    @BeforeEach
    void start() {
        gateway = Gateway.start(Settings.onFreePorts(folder));
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
        a.close();
        b.close();
    }

    @Test
    void aTargetThatFailsItsChecksGetsNothingUntilItIsDeclaredHealthy() throws Exception {
        serve(CHECKS);
        target(address(a));
        target(address(b));
        assertThat(answering()).containsExactlyInAnyOrder("a", "b");
        assertThat(health(address(a))).isEqualTo("HEALTHY");

        b.always(FakeUpstream.text(500, "broken"));
        await().untilAsserted(() -> assertThat(health(address(b))).isEqualTo("UNHEALTHY"));
        assertThat(health(address(a))).isEqualTo("HEALTHY");
        await().untilAsserted(() -> assertThat(answering()).containsExactly("a"));

        b.always(FakeUpstream.text(200, "b"));
        assertThat(put("/upstreams/pool/targets/" + address(b) + "/healthy")).isEqualTo(204);
        assertThat(health(address(b))).isEqualTo("HEALTHY");
        assertThat(answering()).containsExactlyInAnyOrder("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2$s", "%1$s", "%1$s/127.0.0.1", "%2$s/%1$s"})
    void aTargetThatIsDeclaredUnhealthyGetsNothing(String names) throws Exception {
        String upstream = serve(PASSIVE);
        target(address(a));
        String id = target(address(b));
        String path = "/targets/" + names.formatted(address(b), id);

        assertThat(put("/upstreams/pool" + path + "/unhealthy")).isEqualTo(204);
        assertThat(answering()).containsExactly("a");
        assertThat(health(address(b))).isEqualTo("UNHEALTHY");

        assertThat(put("/upstreams/" + upstream + path + "/healthy")).isEqualTo(204);
        assertThat(answering()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aTargetIsKnownWithoutTheUsualPort() throws Exception {
        serve(PASSIVE);
        target("127.0.0.1");

        assertThat(put("/upstreams/pool/targets/127.0.0.1/unhealthy")).isEqualTo(204);
        assertThat(health("127.0.0.1:8000")).isEqualTo("UNHEALTHY");
    }

    @Test
    void showsEachTargetWithItsAddresses() throws Exception {
        serve(PASSIVE);
        String id = target(address(a));
        put("/upstreams/pool/targets/" + address(a) + "/unhealthy");

        JsonNode answer = get("/upstreams/pool/health");
        JsonNode shown = answer.at("/data/0");

        assertThat(answer.path("next").isNull()).isTrue();
        assertThat(answer.path("node_id")).isEqualTo(get("/").path("node_id"));
        assertThat(shown.path("id").asText()).isEqualTo(id);
        assertThat(shown.path("weight").asInt()).isEqualTo(100);
        assertThat(shown.path("data"))
                .isEqualTo(
                        Json.parse(
                                """
                                {"host":"127.0.0.1","port":%1$d,"dns":"A","nodeWeight":100,
                                 "weight":{"total":100,"available":0,"unavailable":100},
                                 "addresses":[{"ip":"127.0.0.1","port":%1$d,"weight":100,"health":"UNHEALTHY"}]}
                                """
                                        .formatted(a.port())));
    }

    @Test
    void showsTheUpstreamAsAWhole() throws Exception {
        String id = serve(PASSIVE);
        target(address(a));
        target(address(b));
        put("/upstreams/pool/targets/" + address(a) + "/unhealthy");

        JsonNode whole = get("/upstreams/pool/health?balancer_health=1").path("data");
        assertThat(whole.path("health").asText()).isEqualTo("HEALTHY");
        assertThat(whole.path("balancer_health").asText()).isEqualTo("HEALTHY");
        assertThat(whole.path("id").asText()).isEqualTo(id);
        assertThat(whole.at("/details/healthy").asBoolean()).isTrue();
        assertThat(whole.at("/details/weight"))
                .isEqualTo(Json.parse("{\"total\":200,\"available\":100,\"unavailable\":100}"));
        assertThat(whole.at("/details/hosts")).hasSize(2);

        put("/upstreams/pool/targets/" + address(b) + "/unhealthy");
        whole = get("/upstreams/pool/health?balancer_health=1").path("data");
        assertThat(whole.path("balancer_health").asText()).isEqualTo("UNHEALTHY");
    }

    @Test
    void comesInPages() throws Exception {
        serve(PASSIVE);
        target(address(a));
        target(address(b));

        JsonNode first = get("/upstreams/pool/health?size=1");
        JsonNode second = get(first.path("next").asText());

        assertThat(first.path("next").asText()).startsWith("/upstreams/pool/health?offset=");
        assertThat(
                        Set.of(
                                first.at("/data/0/target").asText(),
                                second.at("/data/0/target").asText()))
                .containsExactlyInAnyOrder(address(a), address(b));
        assertThat(second.at("/data/0/health").asText()).isEqualTo("HEALTHY");
    }

    @Test
    void saysOfANameThatDoesNotResolveThatItDoesNot() throws Exception {
        serve(PASSIVE);
        target("does-not-exist.invalid:80");

        assertThat(health("does-not-exist.invalid:80")).isEqualTo("DNS_ERROR");
        assertThat(get("/upstreams/pool/health").at("/data/0/data/addresses")).isEmpty();
        HttpResponse<String> marked =
                send("PUT", "/upstreams/pool/targets/does-not-exist.invalid:80/healthy", "");
        assertThat(marked.statusCode()).isEqualTo(400);
        assertThat(marked.body()).contains("does-not-exist.invalid:80").contains("check its");
    }

    @Test
    void nothingIsCheckedWhereNothingIsSent() throws Exception {
        serve(PASSIVE);
        target(address(a));
        created("/upstreams/pool/targets", "{\"target\":\"" + address(b) + "\",\"weight\":0}");

        assertThat(health(address(a))).isEqualTo("HEALTHY");
        assertThat(health(address(b))).isEqualTo("HEALTHCHECKS_OFF");
    }

    @Test
    void withoutChecksNothingIsKnownAndNothingIsTaken() throws Exception {
        serve("{}");
        target(address(a));

        assertThat(health(address(a))).isEqualTo("HEALTHCHECKS_OFF");
        JsonNode whole = get("/upstreams/pool/health?balancer_health=1").path("data");
        assertThat(whole.path("health").asText()).isEqualTo("HEALTHCHECKS_OFF");
        assertThat(whole.path("balancer_health").asText()).isEqualTo("HEALTHY");
        assertThat(whole.at("/details/healthy").asBoolean()).isTrue();
        HttpResponse<String> marked =
                send("PUT", "/upstreams/pool/targets/" + address(a) + "/unhealthy", "");
        assertThat(marked.statusCode()).isEqualTo(400);
        assertThat(marked.body()).isEqualTo("{\"message\":\"no healthchecker found for pool\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/upstreams/nobody/health",
                "/upstreams/nobody/targets/127.0.0.1/healthy",
                "/upstreams/pool/targets/10.9.9.9/healthy",
                "/upstreams/pool/targets/2933fbcc-9d7c-54a7-a984-fe2bde836cea/unhealthy",
                "/upstreams/pool/targets/127.0.0.1/10.9.9.9/healthy",
                "/upstreams/pool/targets/127.0.0.1/sick",
                "/upstreams/pool/targets/127.0.0.1/127.0.0.1/healthy/now",
                "/services/pool/health"
            })
    void knowsNothingOfOthers(String path) throws Exception {
        serve(PASSIVE);
        target("127.0.0.1");

        HttpResponse<String> answer = send(path.endsWith("/health") ? "GET" : "PUT", path, "");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Not found\"}");
    }

    @Test
    void isReadAndWrittenByItsMethodsOnly() throws Exception {
        serve(PASSIVE);
        target("127.0.0.1");

        assertThat(send("POST", "/upstreams/pool/health", "").statusCode()).isEqualTo(405);
        assertThat(send("GET", "/upstreams/pool/targets/127.0.0.1/healthy", "").statusCode())
                .isEqualTo(405);
    }

    @Test
    void worksWhereTheConfigurationComesFromAFile() throws Exception {
        gateway.close();
        Path file =
                Files.writeString(
                        folder.resolve("kong.yaml"),
                        """
                        _format_version: "3.0"
                        upstreams:
                        - name: pool
                          healthchecks: {passive: {unhealthy: {http_failures: 100}}}
                          targets:
                          - target: "%s"
                          - target: "%s"
                        services:
                        - {name: s, host: pool, routes: [{name: r, paths: [/]}]}
                        """
                                .formatted(address(a), address(b)));
        gateway = Gateway.start(new Settings(folder, "127.0.0.1", 0, null, 0, 0, file, List.of()));

        assertThat(put("/upstreams/pool/targets/" + address(b) + "/unhealthy")).isEqualTo(204);
        assertThat(health(address(b))).isEqualTo("UNHEALTHY");
        assertThat(answering()).containsExactly("a");
    }

    @Test
    void isCountedForPrometheus() throws Exception {
        serve(PASSIVE);
        target(address(a));
        target("does-not-exist.invalid:80");
        created(
                "/plugins",
                "{\"name\":\"prometheus\",\"config\":{\"upstream_health_metrics\":true}}");
        put("/upstreams/pool/targets/" + address(a) + "/unhealthy");

        String sample =
                "kong_upstream_target_health{address=\"%s\",state=\"%s\",subsystem=\"http\",target=\"%s\",upstream=\"pool\"} %s";
        assertThat(send(gateway.statusUri().resolve("/metrics"), "GET", "").body())
                .contains(
                        sample.formatted(address(a), "unhealthy", address(a), "1.0"),
                        sample.formatted(address(a), "healthy", address(a), "0.0"),
                        sample.formatted("", "dns_error", "does-not-exist.invalid:80", "1.0"));
    }

    /// A service over an upstream, and a route to it; gives the upstream's id.
    private String serve(String healthchecks) throws Exception {
        String id =
                created("/upstreams", "{\"name\":\"pool\",\"healthchecks\":" + healthchecks + "}");
        created("/services", "{\"name\":\"s\",\"host\":\"pool\"}");
        created("/services/s/routes", "{\"name\":\"r\",\"paths\":[\"/\"]}");
        return id;
    }

    private String target(String target) throws Exception {
        return created("/upstreams/pool/targets", "{\"target\":\"" + target + "\"}");
    }

    private static String address(FakeUpstream target) {
        return "127.0.0.1:" + target.port();
    }

    /// Who answers several requests in a row.
    private Set<String> answering() throws Exception {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            names.add(send(gateway.proxyUri().resolve("/x"), "GET", "").body());
        }
        return names;
    }

    private String health(String target) throws Exception {
        for (JsonNode one : get("/upstreams/pool/health").path("data")) {
            if (one.path("target").asText().equals(target)) {
                return one.path("health").asText();
            }
        }
        throw new AssertionError("no target " + target);
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> response = send("GET", path, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.parse(response.body());
    }

    private String created(String path, String body) throws Exception {
        HttpResponse<String> response = send("POST", path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return Objects.requireNonNull(Json.parse(response.body()).path("id").textValue());
    }

    private int put(String path) throws Exception {
        return send("PUT", path, "").statusCode();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return send(gateway.adminUri().resolve(path), method, body);
    }

    private HttpResponse<String> send(URI uri, String method, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20));
        if (body.isEmpty()) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(body));
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
