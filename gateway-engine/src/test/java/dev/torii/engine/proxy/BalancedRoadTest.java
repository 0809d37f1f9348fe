package dev.torii.engine.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.torii.engine.balancer.HealthChange;
import dev.torii.engine.exchange.Attempt;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.model.config.EntityKind;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Upstreams on the road: client, gateway and several targets over real sockets.
@Timeout(60)
class BalancedRoadTest {

    private static final String PASSIVE =
            """
            "healthchecks":{"passive":{"unhealthy":{"http_failures":2,"tcp_failures":2,"timeouts":1}}}\
            """;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final FakeUpstream a = named("a");
    private final FakeUpstream b = named("b");
    private final FakeUpstream c = named("c");
    private TestGateway gateway;
    private String upstream = "";

    private static FakeUpstream named(String name) {
        var fake = new FakeUpstream();
        fake.always(FakeUpstream.text(200, name));
        return fake;
    }

    @BeforeEach
    void start() throws Exception {
        gateway = new TestGateway();
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
        a.close();
        b.close();
        c.close();
    }

    /// A service over an upstream, and a route to it.
    private void serve(String upstreamFields, String serviceFields) {
        upstream = gateway.upstream("{\"name\":\"pool\"%s}".formatted(more(upstreamFields)));
        String service =
                gateway.service(
                        "{\"name\":\"s\",\"host\":\"pool\",\"port\":9%s}"
                                .formatted(more(serviceFields)));
        gateway.route(
                "{\"name\":\"r\",\"paths\":[\"/\"],\"service\":{\"id\":\"%s\"}}"
                        .formatted(service));
    }

    private static String more(String fields) {
        return fields.isEmpty() ? "" : "," + fields;
    }

    private static String address(FakeUpstream target) {
        return "127.0.0.1:" + target.port();
    }

    private String target(FakeUpstream target, int weight) {
        return gateway.target(upstream, address(target), weight);
    }

    /// A target where nobody listens.
    private String deadTarget() {
        FakeUpstream gone = new FakeUpstream();
        gone.close();
        return gateway.target(upstream, address(gone), 100);
    }

    private HttpResponse<String> get(String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.url(path)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private Map<String, Integer> answers(int times) throws Exception {
        Map<String, Integer> answers = new HashMap<>();
        for (int i = 0; i < times; i++) {
            answers.merge(get("/").body(), 1, Integer::sum);
        }
        return answers;
    }

    @Test
    void spreadsByWeight() throws Exception {
        serve("", "");
        target(a, 300);
        target(b, 100);
        target(c, 0);

        assertThat(answers(40)).containsOnly(Map.entry("a", 30), Map.entry("b", 10));
    }

    @Test
    void followsAChangeOfTheTargets() throws Exception {
        serve("", "");
        target(a, 100);
        assertThat(answers(4)).containsOnly(Map.entry("a", 4));

        String second = target(b, 100);
        assertThat(answers(4)).containsOnly(Map.entry("a", 2), Map.entry("b", 2));

        gateway.delete(EntityKind.TARGETS, second);
        assertThat(answers(4)).containsOnly(Map.entry("a", 4));
    }

    @Test
    void tellsATargetItsOwnNameOrTheUpstreamsOrTheClients() throws Exception {
        gateway.name("one.test", "127.0.0.1");
        serve("", "");
        String named = gateway.target(upstream, "one.test:" + a.port(), 100);
        get("/");
        assertThat(a.take().header("host")).isEqualTo("one.test:" + a.port());

        gateway.delete(EntityKind.TARGETS, named);
        target(a, 100);
        get("/");
        assertThat(a.take().header("host")).isEqualTo(address(a));

        gateway.upstream(
                "{\"id\":\"%s\",\"name\":\"pool\",\"host_header\":\"api.test\"}"
                        .formatted(upstream));
        get("/");
        assertThat(a.take().header("host")).isEqualTo("api.test:" + a.port());

        gateway.route(
                """
                {"name":"r2","paths":["/kept"],"preserve_host":true,"service":{"id":"%s"}}\
                """
                        .formatted(gateway.service("{\"name\":\"s2\",\"host\":\"pool\"}")));
        get("/kept");
        assertThat(a.take().header("host")).isEqualTo("127.0.0.1:" + gateway.port());
    }

    @Test
    void triesAnotherTargetAfterOneThatDoesNotAnswer() throws Exception {
        serve("", "");
        deadTarget();
        target(a, 100);

        for (int i = 0; i < 4; i++) {
            assertThat(get("/").body()).isEqualTo("a");
        }

        List<Integer> attempts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Exchange exchange = gateway.takeEnded();
            attempts.add(exchange.attempts().size());
            assertThat(exchange.attempts().getLast())
                    .extracting(Attempt::port, Attempt::status)
                    .containsExactly(a.port(), 200);
        }
        // Who is asked first is chance.
        assertThat(attempts).contains(2).isSubsetOf(1, 2);
    }

    @Test
    void givesUpAfterTheServicesRetries() throws Exception {
        serve("", "\"retries\":2");
        deadTarget();
        deadTarget();

        assertThat(get("/").statusCode()).isEqualTo(502);
        assertThat(gateway.takeEnded().attempts()).hasSize(3);
    }

    @Test
    void doesNotSendAPostTwiceOnceATargetHasIt() throws Exception {
        serve("", "");
        a.always(FakeUpstream.hangUp());
        b.always(FakeUpstream.hangUp());
        target(a, 100);
        target(b, 100);

        HttpRequest post =
                HttpRequest.newBuilder(URI.create(gateway.url("/")))
                        .POST(BodyPublishers.ofString("x"))
                        .build();

        assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(502);
        assertThat(gateway.takeEnded().attempts()).hasSize(1);
    }

    @Test
    void answers503WithoutATarget() throws Exception {
        serve("", "");

        HttpResponse<String> response = get("/");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("failure to get a peer from the ring-balancer");
        assertThat(gateway.takeEnded().outcome().error()).isEqualTo("no_healthy_target");
    }

    @Test
    void leavesATargetOutAfterItsFailuresUntilSomebodySaysOtherwise() throws Exception {
        serve(PASSIVE, "");
        b.always(FakeUpstream.text(500, "broken"));
        target(a, 100);
        String second = target(b, 100);

        assertThat(answers(4)).containsOnly(Map.entry("a", 2), Map.entry("broken", 2));
        HealthChange change = gateway.takeHealthChange();
        assertThat(change.target()).isEqualTo(address(b));
        assertThat(change.healthy()).isFalse();
        assertThat(answers(10)).containsOnly(Map.entry("a", 10));

        b.always(FakeUpstream.text(200, "b"));
        assertThat(answers(10)).containsOnly(Map.entry("a", 10));

        gateway.balancers().mark(upstream, second, null, true);
        assertThat(gateway.takeHealthChange().healthy()).isTrue();
        assertThat(answers(4)).containsOnly(Map.entry("a", 2), Map.entry("b", 2));
    }

    @Test
    void answers503WhenAllTargetsAreUnhealthy() throws Exception {
        serve(PASSIVE, "");
        a.always(FakeUpstream.text(500, "broken"));
        target(a, 100);
        answers(2);

        assertThat(get("/").statusCode()).isEqualTo(503);
        assertThat(a.waiting()).isEqualTo(2);
    }

    @Test
    void countsRefusedConnectionsAndTimeouts() throws Exception {
        serve(PASSIVE, "\"read_timeout\":100,\"write_timeout\":100");
        var release = new CountDownLatch(1);
        b.always((_, _) -> release.await(10, TimeUnit.SECONDS));
        deadTarget();
        target(b, 100);
        target(a, 100);

        for (int i = 0; i < 8; i++) {
            assertThat(get("/").body()).isEqualTo("a");
        }
        release.countDown();

        assertThat(List.of(gateway.takeHealthChange(), gateway.takeHealthChange()))
                .extracting(HealthChange::healthy)
                .containsExactly(false, false);
        assertThat(b.waiting()).isEqualTo(1);
    }

    @Test
    void keepsHealthThroughAChangeOfTheConfiguration() throws Exception {
        serve(PASSIVE, "");
        b.always(FakeUpstream.text(500, "broken"));
        target(a, 100);
        target(b, 100);
        answers(4);
        gateway.takeHealthChange();

        target(c, 100);
        gateway.upstream(
                "{\"id\":\"%s\",\"name\":\"pool\",\"algorithm\":\"least-connections\",%s}"
                        .formatted(upstream, PASSIVE));

        assertThat(answers(10)).doesNotContainKey("broken").containsKeys("a", "c");
    }

    @Test
    void isUnhealthyAsAWholeBelowItsThreshold() throws Exception {
        serve(PASSIVE.replace("{\"passive\"", "{\"threshold\":60,\"passive\""), "");
        b.always(FakeUpstream.text(500, "broken"));
        target(a, 100);
        target(b, 100);
        answers(4);
        gateway.takeHealthChange();

        await().untilAsserted(() -> assertThat(get("/").statusCode()).isEqualTo(503));
    }

    @Test
    void blamesNoTargetForAClientThatGoes() throws Exception {
        serve("\"healthchecks\":{\"passive\":{\"unhealthy\":{\"tcp_failures\":1}}}", "");
        target(a, 100);

        try (Socket socket = gateway.connect()) {
            socket.getOutputStream()
                    .write(
                            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nbody"
                                    .getBytes(UTF_8));
        }

        assertThat(gateway.takeEnded().outcome().status()).isEqualTo(499);
        assertThat(get("/").body()).isEqualTo("a");
    }

    @Test
    void bringsATargetBackByProbing() throws Exception {
        serve(
                """
                "healthchecks":{
                  "active":{"http_path":"/up","headers":{"x-probe":["yes"]},
                    "healthy":{"interval":5,"successes":2},
                    "unhealthy":{"interval":1,"http_failures":1,"tcp_failures":1}}}\
                """,
                "");
        target(a, 100);
        target(b, 100);
        b.always(FakeUpstream.text(500, "ill"));

        gateway.pass(Duration.ofSeconds(5));

        assertThat(a.take().target()).isEqualTo("/up");
        FakeUpstream.Received probe = b.take();
        assertThat(probe.target()).isEqualTo("/up");
        assertThat(probe.header("x-probe")).isEqualTo("yes");
        assertThat(probe.header("host")).isEqualTo("127.0.0.1");
        HealthChange change = gateway.takeHealthChange();
        assertThat(change.target()).isEqualTo(address(b));
        assertThat(change.healthy()).isFalse();
        assertThat(answers(4)).containsOnly(Map.entry("a", 4));

        b.always(FakeUpstream.text(200, "b"));
        await().until(() -> {
            gateway.pass(Duration.ofSeconds(1));
            return gateway.balancers().health(upstream).orElseThrow().weight().unavailable() == 0;
        });

        assertThat(gateway.takeHealthChange().healthy()).isTrue();
        await().untilAsserted(() -> assertThat(answers(4)).containsKeys("a", "b"));
    }

    @Test
    void doesNotProbeWhereTheIntervalIsZero() throws Exception {
        serve(PASSIVE, "");
        target(a, 100);

        gateway.pass(Duration.ofHours(1));

        assertThat(get("/").body()).isEqualTo("a");
        assertThat(a.take().header("x-forwarded-for")).isNotEmpty();
        assertThat(a.waiting()).isZero();
    }

    @Test
    void keepsAClientOnItsTarget() throws Exception {
        serve(
                "\"algorithm\":\"consistent-hashing\",\"hash_on\":\"header\",\"hash_on_header\":\"x-user\"",
                "");
        target(a, 100);
        target(b, 100);
        String third = target(c, 100);
        Map<String, String> before = new HashMap<>();
        for (int user = 0; user < 40; user++) {
            before.put("u" + user, get("/", "x-user", "u" + user).body());
        }
        assertThat(before.values()).contains("a", "b", "c");

        for (String user : before.keySet()) {
            assertThat(get("/", "x-user", user).body()).isEqualTo(before.get(user));
        }

        gateway.delete(EntityKind.TARGETS, third);
        for (String user : before.keySet()) {
            String after = get("/", "x-user", user).body();
            if (!before.get(user).equals("c")) {
                assertThat(after).isEqualTo(before.get(user));
            }
        }
    }

    @Test
    void bringsAClientBackByACookie() throws Exception {
        serve(
                """
                "algorithm":"consistent-hashing","hash_on":"cookie","hash_on_cookie":"sticky",
                "hash_on_cookie_path":"/x"\
                """,
                "");
        target(a, 100);
        target(b, 100);

        HttpResponse<String> first = get("/");
        String cookie = first.headers().firstValue("set-cookie").orElseThrow();
        assertThat(cookie).matches("sticky=[0-9a-f-]{36}; Path=/x; SameSite=Lax; HttpOnly");

        for (int i = 0; i < 8; i++) {
            HttpResponse<String> again = get("/", "cookie", "x=1; " + cookie.split(";", 2)[0]);
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(again.headers().firstValue("set-cookie")).isEmpty();
        }
    }

    @Test
    void hashesOnWhatTheFallbackSaysWhereTheFirstIsMissing() throws Exception {
        serve(
                """
                "algorithm":"consistent-hashing","hash_on":"query_arg","hash_on_query_arg":"u",
                "hash_fallback":"path"\
                """,
                "");
        target(a, 100);
        target(b, 100);
        target(c, 100);

        for (int i = 0; i < 20; i++) {
            assertThat(get("/p" + i).body()).isEqualTo(get("/p" + i).body());
            assertThat(get("/x?u=" + i).body()).isEqualTo(get("/y?u=" + i).body());
        }
    }

    @Test
    void asksTheTargetThatHasLeastToDo() throws Exception {
        serve("\"algorithm\":\"least-connections\"", "");
        var release = new CountDownLatch(1);
        for (FakeUpstream target : List.of(a, b)) {
            target.enqueue((request, out) -> {
                release.await(10, TimeUnit.SECONDS);
                FakeUpstream.text(200, "held").write(request, out);
            });
        }
        target(a, 100);
        var first = CompletableFuture.supplyAsync(() -> body("/"));
        a.take();
        target(b, 100);
        var second = CompletableFuture.supplyAsync(() -> body("/"));
        b.take();
        target(c, 100);

        for (int i = 0; i < 5; i++) {
            assertThat(get("/").body()).isEqualTo("c");
        }
        release.countDown();

        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("held");
        assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("held");
        await().untilAsserted(() -> assertThat(answers(6)).containsKeys("a", "b", "c"));
    }

    private String body(String path) {
        try {
            return get(path).body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    void prefersTheFastTarget() throws Exception {
        serve("\"algorithm\":\"latency\"", "");
        b.always((request, out) -> {
            gateway.pass(Duration.ofMillis(300));
            FakeUpstream.text(200, "b").write(request, out);
        });
        target(a, 100);
        target(b, 100);

        assertThat(answers(20).getOrDefault("b", 0)).isLessThanOrEqualTo(1);
    }

    @Test
    void spreadsOverTheAddressesOfAName() throws Exception {
        gateway.name("two.test", "127.0.0.1", "127.0.0.2");
        serve("", "");
        gateway.target(upstream, "two.test:" + a.port(), 100);

        answers(4);
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            hosts.add(gateway.takeEnded().attempts().getFirst().host());
        }

        assertThat(hosts).contains("127.0.0.1", "127.0.0.2");
    }

    @Test
    void followsANameToItsNewAddress() throws Exception {
        serve("", "\"retries\":0");
        gateway.target(upstream, "moved.test:" + a.port(), 100);
        assertThat(get("/").statusCode()).isEqualTo(503);

        gateway.name("moved.test", "127.0.0.1");
        gateway.pass(Duration.ofSeconds(30));

        await().untilAsserted(() -> assertThat(get("/").body()).isEqualTo("a"));
    }

    @Test
    void balancesLlmCallsWhoseUrlNamesAnUpstream() throws Exception {
        upstream = gateway.upstream("{\"name\":\"models\"}");
        String service = gateway.service("{\"name\":\"s\",\"host\":\"unused.test\"}");
        gateway.route(
                "{\"name\":\"r\",\"paths\":[\"/\"],\"service\":{\"id\":\"%s\"}}"
                        .formatted(service));
        gateway.plugin(
                """
                {"name":"ai-proxy","config":{"route_type":"llm/v1/chat","model":{"provider":"openai",
                 "name":"m","options":{"upstream_url":"http://models/v1/chat/completions"}}}}\
                """);
        deadTarget();
        a.always(
                FakeUpstream.json(
                        200,
                        """
                        {"id":"1","object":"chat.completion","model":"m","choices":[{"index":0,
                         "message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}]}\
                        """));
        target(a, 100);

        for (int i = 0; i < 3; i++) {
            HttpRequest chat =
                    HttpRequest.newBuilder(URI.create(gateway.url("/")))
                            .header("content-type", "application/json")
                            .POST(
                                    BodyPublishers.ofString(
                                            "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"))
                            .build();
            HttpResponse<String> response = client.send(chat, BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(a.take().target()).isEqualTo("/v1/chat/completions");
        }
    }
}
