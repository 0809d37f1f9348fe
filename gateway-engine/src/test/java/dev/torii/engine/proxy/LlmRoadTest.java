package dev.torii.engine.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.model.json.Json;
import dev.torii.model.llm.TokenUsage;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The road of an LLM call, with `ai-proxy` on it.
class LlmRoadTest {

    private static final String ANSWER =
            """
            {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-4o-mini-2024-07-18",\
            "choices":[{"index":0,"message":{"role":"assistant","content":"やあ"},"finish_reason":"stop"}],\
            "usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15,\
            "prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":1}}}\
            """;

    private static final String ROLE = chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null");
    private static final String TEXT = chunk("{\"content\":\"やあ\"}", "null");
    private static final String FINISH = chunk("{}", "\"stop\"");
    private static final String USAGE =
            "data: {\"id\":\"c\",\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[],"
                    + "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3,\"total_tokens\":15}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    private final FakeUpstream upstream = new FakeUpstream();
    private HttpClient client;
    TestGateway gateway;

    TestGateway newGateway() throws Exception {
        return new TestGateway();
    }

    private static String chunk(String delta, String finish) {
        return "data: {\"id\":\"c\",\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,\"delta\":"
                + delta
                + ",\"finish_reason\":"
                + finish
                + "}]}\n\n";
    }

    @BeforeEach
    void start() throws Exception {
        gateway = newGateway();
        client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(gateway.trusting())
                        .build();
        gateway.modelRoute("/chat");
        upstream.always(FakeUpstream.json(200, ANSWER));
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
        upstream.close();
    }

    private void aiProxy(String more) {
        gateway.plugin(
                """
                {"name":"ai-proxy","config":{"route_type":"llm/v1/chat",
                 "auth":{"header_name":"Authorization","header_value":"Bearer sk-real-key"},
                 "model":{"provider":"openai","name":"gpt-4o-mini",
                          "options":{"max_tokens":1024,"temperature":0.7,"upstream_url":"%s"}}%s}}\
                """
                        .formatted(upstream.url() + "/v1/chat/completions", more));
    }

    private HttpRequest chat(String body) {
        return HttpRequest.newBuilder(URI.create(gateway.url("/chat/chat/completions")))
                .header("content-type", "application/json")
                .header("authorization", "Bearer dummy")
                .header("accept-encoding", "gzip")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpResponse<String> send(String body) throws Exception {
        return client.send(chat(body), BodyHandlers.ofString());
    }

    private static JsonNode json(Received received) throws Exception {
        return Json.parse(received.body());
    }

    @Test
    void answersTheProvidersCompletionAndCountsItsTokens() throws Exception {
        aiProxy("");

        HttpResponse<String> response =
                send("{\"messages\":[{\"role\":\"user\",\"content\":\"こんにちは\"}],\"x_new\":1.50}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(ANSWER);
        assertThat(response.headers().firstValue("x-kong-llm-model"))
                .contains("openai/gpt-4o-mini");
        assertThat(response.headers().map().toString()).doesNotContain("sk-real");
        Received received = upstream.take();
        assertThat(received.target()).isEqualTo("/v1/chat/completions");
        assertThat(received.header("authorization")).isEqualTo("Bearer sk-real-key");
        assertThat(received.header("accept-encoding")).isEqualTo("identity");
        assertThat(received.headers().toString()).doesNotContain("dummy");
        assertThat(received.text()).contains("\"x_new\":1.50");
        JsonNode body = json(received);
        assertThat(body.path("model").textValue()).isEqualTo("gpt-4o-mini");
        assertThat(body.path("max_tokens").intValue()).isEqualTo(1024);
        assertThat(body.path("temperature").decimalValue()).isEqualByComparingTo("0.7");
        LlmCall llm = llm(gateway.takeEnded());
        assertThat(llm.usage()).isEqualTo(new TokenUsage(8, 4, 0, 3, 1, TokenUsage.Source.FINAL));
        assertThat(llm.responseModel()).isEqualTo("gpt-4o-mini-2024-07-18");
        assertThat(llm.answer()).isEqualTo("やあ");
    }

    private static LlmCall llm(Exchange exchange) {
        return Objects.requireNonNull(exchange.llm());
    }

    @Test
    void saysWhatABodyWithoutPromptsLacks() throws Exception {
        aiProxy("");

        HttpResponse<String> response =
                client.send(
                        HttpRequest.newBuilder(URI.create(gateway.url("/chat"))).build(),
                        BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .isEqualTo(
                        "{\"error\":{\"message\":\"request body doesn't contain valid prompts\"}}");
        assertThat(upstream.waiting()).isZero();
    }

    @Test
    void asksForTheUsageOfAStreamAndHidesItFromAClientThatDidNot() throws Exception {
        aiProxy("");
        upstream.enqueue(FakeUpstream.stream(ROLE + TEXT + FINISH + USAGE + DONE));

        HttpResponse<String> response =
                send("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":true}");

        assertThat(response.headers().firstValue("content-type"))
                .contains("text/event-stream; charset=utf-8");
        assertThat(response.body()).isEqualTo(ROLE + TEXT + FINISH + DONE);
        assertThat(
                        json(upstream.take())
                                .path("stream_options")
                                .path("include_usage")
                                .booleanValue())
                .isTrue();
        Exchange exchange = gateway.takeEnded();
        assertThat(llm(exchange).usage())
                .isEqualTo(new TokenUsage(12, 0, 0, 3, 0, TokenUsage.Source.FINAL));
        assertThat(llm(exchange).answer()).isEqualTo("やあ");
        assertThat(exchange.timings().firstTokenMillis()).isNotNegative();
        assertThat(exchange.outcome().error()).isNull();
    }

    @Test
    void showsTheUsageToAClientThatAskedForIt() throws Exception {
        aiProxy("");
        upstream.enqueue(FakeUpstream.stream(ROLE + TEXT + FINISH + USAGE + DONE));

        HttpResponse<String> response =
                send(
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":true,\"stream_options\":{\"include_usage\":true}}");

        assertThat(response.body()).isEqualTo(ROLE + TEXT + FINISH + USAGE + DONE);
    }

    @Test
    void hidesTheUsageHoweverTheNetworkCutsTheStream() throws Exception {
        aiProxy("");
        String all = ROLE + TEXT + FINISH + USAGE + DONE;
        byte[] bytes = all.getBytes(UTF_8);
        upstream.enqueue((_, out) -> {
            out.write(
                    ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: "
                                    + bytes.length
                                    + "\r\n\r\n")
                            .getBytes(UTF_8));
            for (int i = 0; i < bytes.length; i += 11) {
                out.write(bytes, i, Math.min(11, bytes.length - i));
                out.flush();
            }
        });

        HttpResponse<String> response =
                send("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":true}");

        assertThat(response.body()).isEqualTo(ROLE + TEXT + FINISH + DONE);
    }

    /// The upstream sends the next chunk only when the client has the last one, so a stream that
    /// were held anywhere on the way would never end.
    @Test
    void aPacedStreamReachesTheClientPaced() throws Exception {
        aiProxy("");
        int chunks = 10;
        Semaphore taken = new Semaphore(0);
        upstream.enqueue((_, out) -> {
            FakeUpstream.startStream(out);
            for (int i = 0; i < chunks; i++) {
                FakeUpstream.chunk(out, TEXT);
                taken.acquire();
            }
            FakeUpstream.chunk(out, FINISH + DONE);
            FakeUpstream.endStream(out);
        });

        HttpResponse<InputStream> response =
                client.send(
                        chat(
                                """
                                {"messages":[{"role":"user","content":"x"}],"stream":true}\
                                """),
                        BodyHandlers.ofInputStream());
        for (int i = 0; i < chunks; i++) {
            assertThat(response.body().readNBytes(TEXT.getBytes(UTF_8).length))
                    .asString(UTF_8)
                    .isEqualTo(TEXT);
            taken.release();
        }
        assertThat(response.body().readAllBytes()).asString(UTF_8).isEqualTo(FINISH + DONE);
    }

    @Test
    void endsAStreamThatBreaksOffWithAnErrorEvent() throws Exception {
        aiProxy("");
        upstream.enqueue((_, out) -> {
            FakeUpstream.startStream(out);
            FakeUpstream.chunk(out, TEXT);
            throw new java.io.EOFException("cut");
        });

        HttpResponse<String> response =
                send("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":true}");

        assertThat(response.body()).startsWith(TEXT).doesNotContain("[DONE]");
        String last = response.body().substring(TEXT.length());
        assertThat(
                        Json.parse(last.substring("data: ".length()))
                                .path("error")
                                .path("type")
                                .textValue())
                .isEqualTo("upstream_error");
        assertThat(gateway.takeEnded().outcome().error()).isEqualTo("upstream_failed");
    }

    @Test
    void saysWhenAStreamEndsBeforeItsAnswerIsComplete() throws Exception {
        aiProxy("");
        upstream.enqueue(FakeUpstream.stream(ROLE + TEXT));

        HttpResponse<String> response =
                send("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":true}");

        assertThat(response.body())
                .startsWith(ROLE + TEXT)
                .contains("\"code\":\"stream_interrupted\"");
        assertThat(gateway.takeEnded().outcome().error()).isEqualTo("upstream_incomplete");
    }

    @Test
    void abortsTheUpstreamWhenTheClientHangsUpWhileTheModelIsSilent() throws Exception {
        aiProxy("");
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch clientGone = new CountDownLatch(1);
        upstream.enqueue((_, out) -> {
            asked.countDown();
            clientGone.await();
            for (int i = 0; i < 1000; i++) {
                out.write(new byte[64 * 1024]);
                out.flush();
            }
        });
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream()
                    .write(
                            ("POST /chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                                            + body.length()
                                            + "\r\n\r\n"
                                            + body)
                                    .getBytes(UTF_8));
            asked.await();
        }
        Exchange exchange = gateway.takeEnded();
        assertThat(exchange.outcome().status()).isEqualTo(499);
        assertThat(exchange.outcome().error()).isEqualTo("client_closed");
        clientGone.countDown();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(upstream.broken()).isEqualTo(1));
    }

    @Test
    void abortsTheUpstreamWhenTheClientHangsUpInMidStream() throws Exception {
        aiProxy("");
        CountDownLatch firstOut = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        upstream.enqueue((_, out) -> {
            FakeUpstream.startStream(out);
            FakeUpstream.chunk(out, TEXT);
            firstOut.countDown();
            never.await();
        });
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":true}";
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream()
                    .write(
                            ("POST /chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                                            + body.length()
                                            + "\r\n\r\n"
                                            + body)
                                    .getBytes(UTF_8));
            firstOut.await();
            socket.getInputStream().readNBytes(200);
        }
        assertThat(gateway.takeEnded().outcome().error()).isEqualTo("client_closed");
        never.countDown();
    }

    @Test
    void countsAStreamAsWholeWhenTheClientGoesAtItsLastEvent() throws Exception {
        aiProxy("");
        CountDownLatch never = new CountDownLatch(1);
        upstream.enqueue((_, out) -> {
            FakeUpstream.startStream(out);
            FakeUpstream.chunk(out, TEXT + FINISH + DONE);
            never.await();
        });
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":true}";
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream()
                    .write(
                            ("POST /chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                                            + body.length()
                                            + "\r\n\r\n"
                                            + body)
                                    .getBytes(UTF_8));
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            assertThat(lines.lines().anyMatch("data: [DONE]"::equals)).isTrue();
        }
        Exchange exchange = gateway.takeEnded();
        assertThat(exchange.outcome().status()).isEqualTo(200);
        assertThat(exchange.outcome().error()).isNull();
        never.countDown();
    }

    @Test
    void keepsTheKeyOutOfARefusalThatQuotesIt() throws Exception {
        aiProxy("");
        upstream.enqueue(
                FakeUpstream.json(401, "{\"error\":\"no such key: Bearer sk-real-key 山\"}"));

        HttpResponse<String> response =
                send("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).isEqualTo("{\"error\":\"no such key: Bearer *** 山\"}");
    }

    @Test
    void keepsTheConnectionForPipelinedAndLaterRequests() throws Exception {
        aiProxy("");
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
        String request =
                "POST /chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body;
        CountDownLatch secondSent = new CountDownLatch(1);
        upstream.enqueue((received, out) -> {
            secondSent.await();
            FakeUpstream.json(200, ANSWER).write(received, out);
        });
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            upstream.take();
            // While the first is being waited for, the next two come in on the same connection.
            socket.getOutputStream()
                    .write(
                            (request
                                            + request.replace(
                                                    "HTTP/1.1\r\n",
                                                    "HTTP/1.1\r\nConnection: close\r\n"))
                                    .getBytes(UTF_8));
            secondSent.countDown();
            String all = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(all.split("chatcmpl-1", -1)).hasSize(4);
        }
    }

    @Test
    void answersEachOfManyPipelinedRequests() throws Exception {
        int count = 300;
        aiProxy("");
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
        String head = "POST /chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
        String length = "Content-Length: " + body.length() + "\r\n\r\n";
        for (int i = 0; i < count; i++) {
            upstream.enqueue(FakeUpstream.json(200, ANSWER));
        }
        try (Socket socket = gateway.connect()) {
            socket.setSoTimeout(10_000);
            String kept = head + length + body;
            String last = head + "Connection: close\r\n" + length + body;
            socket.getOutputStream().write((kept.repeat(count - 1) + last).getBytes(UTF_8));
            String all = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(all.split("chatcmpl-1", -1)).hasSize(count + 1);
        }
    }

    @Test
    void passesTheProvidersErrorAsItIs() throws Exception {
        aiProxy("");
        upstream.enqueue(
                FakeUpstream.whole(
                        429,
                        "application/json",
                        "{\"error\":{\"message\":\"slow\"}}",
                        "Retry-After",
                        "7"));

        HttpResponse<String> response =
                send("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("retry-after")).contains("7");
        assertThat(response.headers().firstValue("x-kong-llm-model")).isEmpty();
        assertThat(response.body()).isEqualTo("{\"error\":{\"message\":\"slow\"}}");
    }

    @Test
    void refusesAnAnswerThatIsNone() throws Exception {
        aiProxy("");
        upstream.enqueue(FakeUpstream.json(200, "{\"what\":\"else\"}"));

        HttpResponse<String> response =
                send("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body())
                .isEqualTo(
                        "{\"error\":{\"message\":\"transformation failed from type openai://llm/v1/chat: "
                                + "'choices' not in llm/v1/chat response\"}}");
    }

    @Test
    void refusesABodyOverTheLimit() throws Exception {
        aiProxy(",\"max_request_body_size\":100");

        HttpResponse<String> response =
                send(
                        "{\"messages\":[{\"role\":\"user\",\"content\":\""
                                + "x".repeat(200)
                                + "\"}]}");

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("100 bytes");
        assertThat(upstream.waiting()).isZero();
    }

    @Test
    void leavesTheClientsBytesAloneWhenNothingHasToChange() throws Exception {
        gateway.plugin(
                """
                {"name":"ai-proxy","config":{"route_type":"llm/v1/chat",
                 "model":{"provider":"openai","options":{"upstream_url":"%s"}}}}\
                """
                        .formatted(upstream.url() + "/v1"));
        String body =
                "{ \"model\" : \"local\",\n  \"messages\":[ {\"role\":\"user\", \"content\":\"x\\u3042\"} ] }";

        assertThat(send(body).statusCode()).isEqualTo(200);

        Received received = upstream.take();
        assertThat(received.text()).isEqualTo(body);
        assertThat(received.target()).isEqualTo("/v1/chat/completions");
        assertThat(received.headers()).doesNotContainKey("authorization");
    }

    @Test
    void knowsAFinishedStreamBySpacedJsonToo() throws Exception {
        aiProxy("");
        String whole =
                "data: {\"choices\": [{\"delta\": {\"content\": \"a\"}, \"finish_reason\": \"stop\"}]}\n\n";
        upstream.enqueue(FakeUpstream.stream(whole));

        HttpResponse<String> response =
                send("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":true}");

        assertThat(response.body()).isEqualTo(whole);
        assertThat(gateway.takeEnded().outcome().error()).isNull();
    }

    @Test
    void takesNoNegativeCountForACount() throws Exception {
        aiProxy("");
        upstream.enqueue(
                FakeUpstream.json(
                        200,
                        "{\"choices\":[],\"usage\":{\"prompt_tokens\":-5,\"completion_tokens\":\"x\"}}"));

        assertThat(send("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}").statusCode())
                .isEqualTo(200);

        assertThat(llm(gateway.takeEnded()).usage())
                .isEqualTo(new TokenUsage(0, 0, 0, 0, 0, TokenUsage.Source.FINAL));
    }
}
