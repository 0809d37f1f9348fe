package dev.torii.engine.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.Outcome;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.FakeUpstream.Received;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The gateway as a plain reverse proxy: client, gateway and upstream over real sockets.
class ReverseProxyTest {

    private final FakeUpstream upstream = new FakeUpstream();
    private HttpClient client;
    TestGateway gateway;

    TestGateway newGateway() throws Exception {
        return new TestGateway();
    }

    @BeforeEach
    void start() throws Exception {
        gateway = newGateway();
        client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(gateway.trusting())
                        .build();
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
        upstream.close();
    }

    private String service(String more) {
        return gateway.service(
                "{\"name\":\"s\",\"host\":\"127.0.0.1\",\"port\":%d%s}"
                        .formatted(upstream.port(), more));
    }

    private void route(String service, String more) {
        gateway.route("{\"name\":\"r\",\"service\":{\"id\":\"%s\"}%s}".formatted(service, more));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(gateway.url(path))).build(),
                BodyHandlers.ofString());
    }

    @Test
    void answersWhatTheServiceAnswersWithThePathStripped() throws Exception {
        route(service(""), ",\"paths\":[\"/chat\"]");

        HttpResponse<String> response = get("/chat/a%20b?x=1&y=%E5%B1%B1");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("hello");
        assertThat(response.headers().firstValue("content-length")).contains("5");
        assertThat(response.headers().firstValue("via")).contains("1.1 kong/3.10.0");
        assertThat(response.headers().firstValue("x-kong-upstream-latency")).isPresent();
        assertThat(response.headers().firstValue("x-kong-proxy-latency")).isPresent();
        Received received = upstream.take();
        assertThat(received.target()).isEqualTo("/a%20b?x=1&y=%E5%B1%B1");
        assertThat(received.header("host")).isEqualTo("127.0.0.1:" + upstream.port());
        assertThat(received.header("x-forwarded-for")).isEqualTo("127.0.0.1");
        assertThat(received.header("x-forwarded-proto")).isEqualTo(gateway.scheme());
        assertThat(received.header("x-forwarded-path")).isEqualTo("/chat/a%20b");
        assertThat(received.header("x-forwarded-prefix")).isEqualTo("/chat");
        assertThat(received.header("x-forwarded-port")).isEqualTo(Integer.toString(gateway.port()));
        assertThat(received.header("x-kong-request-id"))
                .matches("[0-9a-f]{32}")
                .isEqualTo(response.headers().firstValue("x-kong-request-id").orElseThrow());
        Exchange exchange = gateway.takeEnded();
        assertThat(exchange.outcome().status()).isEqualTo(200);
        assertThat(exchange.outcome().source()).isEqualTo(Outcome.Source.UPSTREAM);
        assertThat(exchange.outcome().responseBytes()).isEqualTo(5);
        assertThat(exchange.attempts()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"})
    void passesAnyMethodWithAnyBody(String method) throws Exception {
        route(service(""), ",\"paths\":[\"/\"]");
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway.url("/x")))
                        .method(
                                method,
                                BodyPublishers.ofByteArray(new byte[] {0, 1, 2, (byte) 255}))
                        .header("content-type", "application/octet-stream")
                        .build();

        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);

        Received received = upstream.take();
        assertThat(received.method()).isEqualTo(method);
        assertThat(received.body()).containsExactly(0, 1, 2, 255);
        assertThat(received.header("content-type")).isEqualTo("application/octet-stream");
    }

    @Test
    void answersHeadWithTheLengthAndNoBody() throws Exception {
        route(service(""), ",\"paths\":[\"/\"]");
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url("/x"))).HEAD().build();

        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-length")).contains("5");
        assertThat(get("/again").body()).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void passesStatusesThatHaveNoBody(int status) throws Exception {
        route(service(""), ",\"paths\":[\"/\"]");
        upstream.enqueue((_, out) ->
                out.write(("HTTP/1.1 " + status + " X\r\nETag: \"a\"\r\n\r\n").getBytes(UTF_8)));

        HttpResponse<String> response = get("/x");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("etag")).contains("\"a\"");
        assertThat(get("/again").body()).isEqualTo("hello");
    }

    @Test
    void passesABigBodyBothWays() throws Exception {
        route(service(""), ",\"paths\":[\"/\"]");
        byte[] big = new byte[5_000_000];
        for (int i = 0; i < big.length; i++) {
            big[i] = (byte) (i * 31);
        }
        upstream.enqueue((request, out) -> {
            out.write(
                    ("HTTP/1.1 200 OK\r\nContent-Length: " + request.body().length + "\r\n\r\n")
                            .getBytes(UTF_8));
            out.write(request.body());
        });
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway.url("/echo")))
                        .POST(BodyPublishers.ofByteArray(big))
                        .build();

        assertThat(client.send(request, BodyHandlers.ofByteArray()).body()).isEqualTo(big);
        assertThat(upstream.take().header("content-length")).isEqualTo("5000000");
    }

    @Test
    void streamsAnUploadWhoseLengthIsUnknown() throws Exception {
        route(service(""), ",\"paths\":[\"/\"]");
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway.url("/up")))
                        .POST(
                                BodyPublishers.ofInputStream(
                                        () -> new java.io.ByteArrayInputStream(new byte[100_000])))
                        .build();

        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);

        Received received = upstream.take();
        assertThat(received.header("transfer-encoding")).isEqualTo("chunked");
        assertThat(received.body()).hasSize(100_000);
    }

    @Test
    void passesAnAnswerThatComesBeforeTheUploadIsThere() throws Exception {
        route(service(""), ",\"paths\":[\"/\"]");
        try (ServerSocket early = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = gateway.connect()) {
            socket.setSoTimeout(10_000);
            gateway.route(
                    "{\"name\":\"early\",\"paths\":[\"/early\"],\"service\":{\"id\":\"%s\"}}"
                            .formatted(
                                    gateway.service(
                                            "{\"name\":\"e\",\"host\":\"127.0.0.1\",\"port\":%d}"
                                                    .formatted(early.getLocalPort()))));
            socket.getOutputStream()
                    .write(
                            "POST /early HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\nbegin"
                                    .getBytes(UTF_8));
            try (Socket asked = early.accept()) {
                asked.getInputStream().readNBytes(20);
                asked.getOutputStream()
                        .write(
                                "HTTP/1.1 413 Too Large\r\nContent-Length: 8\r\nConnection: close\r\n\r\ntoo much"
                                        .getBytes(UTF_8));
                String all = new String(socket.getInputStream().readAllBytes(), UTF_8);
                assertThat(all).startsWith("HTTP/1.1 413").endsWith("too much");
            }
        }
        assertThat(gateway.takeEnded().outcome().status()).isEqualTo(413);
    }

    @Test
    void noticesAClientThatHangsUpAfterItsUpload() throws Exception {
        route(service(""), ",\"paths\":[\"/\"]");
        CountDownLatch never = new CountDownLatch(1);
        upstream.enqueue((_, _) -> never.await());
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream()
                    .write(
                            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody"
                                    .getBytes(UTF_8));
            assertThat(upstream.take().text()).isEqualTo("body");
        }

        assertThat(gateway.takeEnded().outcome().status()).isEqualTo(499);
        never.countDown();
    }

    @Test
    void passesEachPieceOfAnAnswerBeforeTheNextIsThere() throws Exception {
        route(service(""), ",\"paths\":[\"/\"]");
        CountDownLatch firstSeen = new CountDownLatch(1);
        upstream.enqueue((_, out) -> {
            FakeUpstream.startStream(out);
            FakeUpstream.chunk(out, "one");
            firstSeen.await();
            FakeUpstream.chunk(out, "two");
            FakeUpstream.endStream(out);
        });

        HttpResponse<InputStream> response =
                client.send(
                        HttpRequest.newBuilder(URI.create(gateway.url("/x"))).build(),
                        BodyHandlers.ofInputStream());
        assertThat(response.body().readNBytes(3)).asString(UTF_8).isEqualTo("one");
        firstSeen.countDown();
        assertThat(response.body().readAllBytes()).asString(UTF_8).isEqualTo("two");
    }

    @Test
    void saysWhenNoRouteMatches() throws Exception {
        HttpResponse<String> response = get("/nowhere");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("content-type"))
                .contains("application/json; charset=utf-8");
        assertThat(response.headers().firstValue("server")).contains("kong/3.10.0");
        assertThat(response.headers().firstValue("x-kong-response-latency")).isPresent();
        String id = response.headers().firstValue("x-kong-request-id").orElseThrow();
        assertThat(response.body())
                .isEqualTo(
                        "{\n  \"message\":\"no Route matched with those values\",\n  \"request_id\":\""
                                + id
                                + "\"\n}");
    }

    @Test
    void speaksTheTypeThatTheClientAccepts() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway.url("/nowhere")))
                        .header("accept", "text/plain;q=0.9, application/json;q=0.1")
                        .build();

        assertThat(client.send(request, BodyHandlers.ofString()).body())
                .startsWith("no Route matched with those values\nrequest_id: ");
    }

    @Test
    void saysWhenARouteHasNoService() throws Exception {
        gateway.route("{\"paths\":[\"/lonely\"]}");

        HttpResponse<String> response = get("/lonely");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("no Service found with those values");
    }

    @Test
    void triesAgainWhenNothingListensAndThenSaysSo() throws Exception {
        int port = upstream.port();
        upstream.close();
        String service =
                gateway.service(
                        "{\"host\":\"127.0.0.1\",\"port\":%d,\"retries\":2}".formatted(port));
        route(service, ",\"paths\":[\"/\"]");
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway.url("/x")))
                        .POST(BodyPublishers.ofString("body"))
                        .build();

        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body())
                .contains("An invalid response was received from the upstream server");
        assertThat(gateway.takeEnded().attempts()).hasSize(3);
    }

    @Test
    void asksAgainAfterAnIdempotentRequestGotNoAnswer() throws Exception {
        route(service(""), ",\"paths\":[\"/\"]");
        upstream.enqueue(FakeUpstream.hangUp());

        assertThat(get("/x").body()).isEqualTo("hello");
        assertThat(gateway.takeEnded().attempts()).hasSize(2);
    }

    @Test
    void doesNotSendAPostTwice() throws Exception {
        route(service(""), ",\"paths\":[\"/\"]");
        upstream.enqueue(FakeUpstream.hangUp());
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway.url("/x")))
                        .POST(BodyPublishers.ofString("pay"))
                        .build();

        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(502);
        assertThat(gateway.takeEnded().attempts()).hasSize(1);
    }

    @Test
    void saysWhenTheNameDoesNotResolve() throws Exception {
        route(gateway.service("{\"host\":\"no-such-host.invalid\"}"), ",\"paths\":[\"/\"]");

        HttpResponse<String> response = get("/x");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("name resolution failed");
    }

    @Test
    void givesUpOnASilentUpstream() throws Exception {
        route(
                service(",\"read_timeout\":200,\"write_timeout\":200,\"retries\":0"),
                ",\"paths\":[\"/\"]");
        CountDownLatch never = new CountDownLatch(1);
        upstream.enqueue((_, _) -> never.await());

        HttpResponse<String> response = get("/x");

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.body()).contains("The upstream server is timing out");
        never.countDown();
    }

    @Test
    void givesUpOnAConnectionThatIsNotMade() throws Exception {
        // A listener whose queue is full takes no connection and refuses none.
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
                Socket second = new Socket(full.getInetAddress(), full.getLocalPort())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            String service =
                    gateway.service(
                            "{\"host\":\"127.0.0.1\",\"port\":%d,\"retries\":0,\"connect_timeout\":200}"
                                    .formatted(full.getLocalPort()));
            route(service, ",\"paths\":[\"/\"]");

            HttpResponse<String> response = get("/x");

            assertThat(response.statusCode()).isEqualTo(504);
            assertThat(response.body()).contains("The upstream server is timing out");
        }
    }

    @Test
    void breaksTheConnectionWhenAnAnswerBreaksOff() throws Exception {
        route(service(""), ",\"paths\":[\"/\"]");
        upstream.enqueue((_, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this".getBytes(UTF_8));
            out.flush();
            throw new java.io.EOFException("cut");
        });

        try (Socket socket = gateway.connect()) {
            socket.getOutputStream().write("GET /x HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).contains("200").endsWith("only this");
        }
        assertThat(gateway.takeEnded().outcome().error()).isEqualTo("upstream_failed");
    }

    @Test
    void dropsHopByHopHeadersAndKeepsTheRest() throws Exception {
        route(service(""), ",\"paths\":[\"/\"]");
        upstream.enqueue(
                FakeUpstream.whole(
                        200,
                        "text/plain",
                        "x",
                        "Connection",
                        "X-Secret-Hop",
                        "X-Secret-Hop",
                        "1",
                        "X-Kept",
                        "2",
                        "Server",
                        "up"));
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream()
                    .write(
                            String.join(
                                            "\r\n",
                                            "GET /x HTTP/1.1",
                                            "Host: x",
                                            "Connection: close, X-Drop",
                                            "X-Drop: 1",
                                            "Proxy-Connection: a",
                                            "X-Keep: 2",
                                            "X-Forwarded-For: 9.9.9.9",
                                            "",
                                            "")
                                    .getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).contains("X-Kept: 2", "Server: up").doesNotContain("X-Secret-Hop");
        }
        Received received = upstream.take();
        assertThat(received.headers())
                .doesNotContainKeys("x-drop", "proxy-connection")
                .containsEntry("x-keep", "2");
        assertThat(received.header("x-forwarded-for")).isEqualTo("9.9.9.9, 127.0.0.1");
    }

    @Test
    void keepsTheClientsHostWhenToldTo() throws Exception {
        route(service(""), ",\"paths\":[\"/\"],\"preserve_host\":true");

        get("/x");

        assertThat(upstream.take().header("host")).isEqualTo("127.0.0.1:" + gateway.port());
    }

    @Test
    void passesAmbiguousPathsAsTheyAre() throws Exception {
        route(service(""), ",\"paths\":[\"/a\"],\"strip_path\":false");

        assertThat(get("/a/b%2Fc").statusCode()).isEqualTo(200);
        assertThat(upstream.take().target()).isEqualTo("/a/b%2Fc");
    }

    @Test
    void passesAQueryThatIsNoProperOne() throws Exception {
        route(service(""), ",\"paths\":[\"/\"]");

        String response = raw("GET /x?a=%zz&b=|&c=%E5%B1%B1&d=山 HTTP/1.1\r\nHost: x");

        assertThat(response).startsWith("HTTP/1.1 200");
        assertThat(upstream.take().target()).isEqualTo("/x?a=%25zz&b=|&c=%E5%B1%B1&d=%E5%B1%B1");
    }

    @Test
    void encodesAPathThatCameUnencoded() throws Exception {
        route(service(""), ",\"paths\":[\"/\"]");

        assertThat(raw("GET /山 HTTP/1.1\r\nHost: x")).startsWith("HTTP/1.1 200");

        assertThat(upstream.take().target()).isEqualTo("/%E5%B1%B1");
    }

    @Test
    void passesLongHeadersBothWays() throws Exception {
        route(service(""), ",\"paths\":[\"/\"]");
        String value = "v".repeat(60_000);
        upstream.enqueue(FakeUpstream.whole(200, "text/plain", "hello", "X-Back", value));

        String response = raw("GET /x HTTP/1.1\r\nHost: x\r\nX-There: " + value);

        assertThat(response).startsWith("HTTP/1.1 200").contains("X-Back: " + value);
        assertThat(upstream.take().header("x-there")).isEqualTo(value);
    }

    @Test
    void addsNoContentTypeToABodyWithoutOne() throws Exception {
        route(service(""), ",\"paths\":[\"/\"]");

        assertThat(raw("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 2", "hi"))
                .startsWith("HTTP/1.1 200");

        Received received = upstream.take();
        assertThat(received.text()).isEqualTo("hi");
        assertThat(received.headers()).doesNotContainKey("content-type");
    }

    @Test
    void breaksALoopThatAServiceMakes() throws Exception {
        String itself =
                gateway.service(
                        "{\"name\":\"loop\",\"host\":\"127.0.0.1\",\"port\":%d,\"path\":\"/x\"}"
                                .formatted(gateway.plainPort()));
        route(itself, ",\"paths\":[\"/x\"]");

        HttpResponse<String> response = get("/x");

        assertThat(response.statusCode()).isEqualTo(508);
        assertThat(response.body()).contains("'loop'", "127.0.0.1:" + gateway.plainPort());
        assertThat(gateway.takeEnded().outcome().error()).isEqualTo("loop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"~/r/(.*a){12}x$", "~/r/(a|aa)+$"})
    @Timeout(30)
    void aRegexThatWouldRunAwayElsewhereEnds(String regex) throws Exception {
        route(service(""), ",\"paths\":[\"" + regex + "\"]");

        assertThat(get("/r/" + "a".repeat(5000) + "_").statusCode()).isEqualTo(404);
    }

    @Test
    void answersWhatIsNoHttpWithASentence() throws Exception {
        assertThat(raw("GET /x%zz HTTP/1.1\r\nHost: x"))
                .startsWith("HTTP/1.1 400")
                .contains("Content-Type: application/json")
                .contains("\"message\":")
                .doesNotContain("<html>");
    }

    private String raw(String head) throws Exception {
        return raw(head, "");
    }

    private String raw(String head, String body) throws Exception {
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream()
                    .write((head + "\r\nConnection: close\r\n\r\n" + body).getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void redirectsToHttpsWhereARouteWantsIt() throws Exception {
        route(
                service(""),
                ",\"paths\":[\"/\"],\"protocols\":[\"https\"],\"https_redirect_status_code\":302");

        HttpResponse<String> response =
                client.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://127.0.0.1:"
                                                        + gateway.plainPort()
                                                        + "/x?y=1"))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("location")).contains("https://127.0.0.1/x?y=1");
    }

    @Test
    void doesNotMixTheCookiesOfTwoClients() throws Exception {
        route(service(""), ",\"paths\":[\"/\"]");
        upstream.enqueue(FakeUpstream.whole(200, "text/plain", "x", "Set-Cookie", "a=1"));

        assertThat(get("/x").headers().firstValue("set-cookie")).contains("a=1");
        get("/x");

        upstream.take();
        assertThat(upstream.take().headers()).doesNotContainKey("cookie");
    }

    @Test
    void answersExpectContinue() throws Exception {
        route(service(""), ",\"paths\":[\"/\"]");
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway.url("/x")))
                        .expectContinue(true)
                        .POST(BodyPublishers.ofString("body"))
                        .build();

        assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("hello");
        assertThat(upstream.take().text()).isEqualTo("body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100 Continue", "102 Processing", "103 Early Hints"})
    void waitsForTheAnswerBehindAnInterimOne(String interim) throws Exception {
        route(service(""), ",\"paths\":[\"/\"]");
        upstream.enqueue((request, out) -> {
            out.write(("HTTP/1.1 " + interim + "\r\n\r\n").getBytes(UTF_8));
            FakeUpstream.text(200, "final").write(request, out);
        });

        HttpResponse<String> response = get("/x");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("final");
    }

    @Test
    void keepsTheUpstreamsDateAndAllItsVias() throws Exception {
        route(service(""), ",\"paths\":[\"/\"]");
        String date = "Mon, 01 Jan 2024 00:00:00 GMT";
        upstream.enqueue(
                FakeUpstream.whole(
                        200, "text/plain", "x", "Date", date, "Via", "1.1 a", "Via", "1.1 b"));

        HttpResponse<String> response = get("/x");

        assertThat(response.headers().allValues("date")).containsExactly(date);
        assertThat(response.headers().allValues("via"))
                .containsExactly("1.1 a, 1.1 b, 1.1 kong/3.10.0");
    }
}
