package dev.torii.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.model.json.Json;
import dev.torii.model.llm.TokenUsage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Chats with a Gemini, of OpenAI's clients and of Google's own, over real sockets.
class GeminiRoadTest extends RoadBench {

    private static final String ANSWER =
            """
            {"candidates":[{"content":{"parts":[{"text":"hm","thought":true},{"text":"やあ"},
               {"functionCall":{"name":"f","args":{"x":1}},"thoughtSignature":"c2ln"}],"role":"model"},"finishReason":"STOP"}],
             "usageMetadata":{"promptTokenCount":10,"cachedContentTokenCount":4,"candidatesTokenCount":5,"thoughtsTokenCount":2,"totalTokenCount":17},
             "modelVersion":"gemini-2.5-flash-001","responseId":"r-1"}\
            """;

    private static final String CHUNK =
            "data: {\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"やあ\"}],\"role\": \"model\"}}],\"modelVersion\": \"gemini-x\",\"responseId\": \"r-1\"}\r\n\r\n";

    private static final String STREAM =
            CHUNK
                    + "data: {\"candidates\": [{\"content\": {\"parts\": [{\"functionCall\": {\"name\": \"f\",\"args\": {}}}],\"role\": \"model\"}}]}\r\n\r\n"
                    + "data: {\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"\"}],\"role\": \"model\"},\"finishReason\": \"STOP\"}],\"usageMetadata\": {\"promptTokenCount\": 10,\"candidatesTokenCount\": 5,\"totalTokenCount\": 15}}\r\n\r\n";

    private void route(String format, String auth, String options) throws Exception {
        gateway.modelRoute("/chat");
        gateway.plugin(
                """
                {"name":"ai-proxy","config":{"route_type":"llm/v1/chat","llm_format":"%s","auth":%s,
                 "model":{"provider":"gemini","name":"gemini-2.5-Flash",
                          "options":{"upstream_url":"%s"%s}}}}\
                """
                        .formatted(format, auth, upstream.url(), options));
    }

    private void chatRoute() throws Exception {
        route(
                "openai",
                "{\"header_name\":\"x-goog-api-key\",\"header_value\":\"AIza-real\"}",
                ",\"max_tokens\":64");
    }

    private HttpResponse<String> send(String path, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway.url("/chat" + path)))
                        .header("content-type", "application/json")
                        .header("x-goog-api-key", "dummy")
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> chat(String more) throws Exception {
        return send(
                "/chat/completions",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"こんにちは\"}]" + more + "}");
    }

    private LlmCall call() throws Exception {
        return Objects.requireNonNull(gateway.takeEnded().llm());
    }

    @Test
    void asksGeminiAndAnswersAsOpenAi() throws Exception {
        chatRoute();
        upstream.always(FakeUpstream.json(200, ANSWER));

        HttpResponse<String> response = chat("");

        Received received = upstream.take();
        assertThat(received.target()).isEqualTo("/v1beta/models/gemini-2.5-Flash:generateContent");
        assertThat(received.header("x-goog-api-key")).isEqualTo("AIza-real");
        assertThat(received.text())
                .isEqualTo(
                        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"こんにちは\"}]}],\"generationConfig\":{\"maxOutputTokens\":64}}");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode answer = Json.parse(response.body());
        assertThat(answer.at("/choices/0/message/content").textValue()).isEqualTo("やあ");
        assertThat(answer.at("/choices/0/message/reasoning_content").textValue()).isEqualTo("hm");
        assertThat(answer.at("/choices/0/message/tool_calls/0/function/name").textValue())
                .isEqualTo("f");
        assertThat(answer.at("/choices/0/finish_reason").textValue()).isEqualTo("tool_calls");
        assertThat(call().usage())
                .isEqualTo(new TokenUsage(6, 4, 0, 7, 2, TokenUsage.Source.FINAL));
    }

    @Test
    void streams() throws Exception {
        chatRoute();
        upstream.always(FakeUpstream.stream(STREAM));

        String body = chat(",\"stream\":true").body();

        assertThat(upstream.take().target())
                .isEqualTo("/v1beta/models/gemini-2.5-Flash:streamGenerateContent?alt=sse");
        assertThat(body)
                .contains("\"content\":\"やあ\"", "\"finish_reason\":\"tool_calls\"")
                .endsWith("data: [DONE]\n\n");
        assertThat(call().usage())
                .isEqualTo(new TokenUsage(10, 0, 0, 5, 0, TokenUsage.Source.FINAL));
    }

    /// Row 26.
    @Test
    void tellsTheClientWhereAStreamBreaksOff() throws Exception {
        chatRoute();
        upstream.always(FakeUpstream.stream(CHUNK));

        assertThat(chat(",\"stream\":true").body())
                .contains("\"code\":\"stream_interrupted\"")
                .doesNotContain("[DONE]");
        assertThat(gateway.takeEnded().outcome().error()).isEqualTo("upstream_incomplete");
    }

    @Test
    void tellsGooglesOwnClientThatNothingCame() throws Exception {
        route("auto", "null", "");
        upstream.always(FakeUpstream.stream(""));

        String body =
                send(
                                "/v1beta/models/gemini-2.5-Flash:streamGenerateContent?alt=sse",
                                "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}")
                        .body();

        assertThat(body).contains("the provider answered 200 and said nothing");
    }

    @Test
    void saysThatAnAnswerMakesNoSense() throws Exception {
        chatRoute();
        upstream.always(FakeUpstream.json(200, "{\"hello\":1}"));

        HttpResponse<String> response = chat("");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("transformation failed from type gemini://");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | INVALID_ARGUMENT   | [{\"reason\":\"API_KEY_INVALID\"}] | 401 | invalid_api_key",
                "400 | INVALID_ARGUMENT   | []                                 | 400 | INVALID_ARGUMENT",
                "401 | UNAUTHENTICATED    | []                                 | 401 | invalid_api_key",
                "404 | NOT_FOUND          | []                                 | 404 | model_not_found",
                "429 | RESOURCE_EXHAUSTED | []                                 | 429 | rate_limit_exceeded",
                "503 | UNAVAILABLE        | []                                 | 503 | overloaded"
            })
    void saysRefusalsInTheClientsWords(
            int status, String word, String details, int expected, String code) throws Exception {
        chatRoute();
        upstream.always(
                FakeUpstream.json(
                        status,
                        "{\"error\":{\"code\":%d,\"message\":\"no, AIza-real\",\"status\":\"%s\",\"details\":%s}}"
                                .formatted(status, word, details)));

        HttpResponse<String> response = chat("");

        assertThat(response.statusCode()).isEqualTo(expected);
        assertThat(Json.parse(response.body()).at("/error/code").textValue()).isEqualTo(code);
        assertThat(response.body()).doesNotContain("AIza-real");
    }

    @Test
    void passesTheBytesOfGooglesOwnClients() throws Exception {
        route(
                "gemini",
                "{\"param_name\":\"key\",\"param_value\":\"AIza-real\",\"param_location\":\"query\"}",
                "");
        upstream.always(FakeUpstream.stream(STREAM));
        String body = "{ \"contents\" : [{\"parts\":[{\"text\":\"\\u3042\"}]}] }";

        HttpResponse<String> response =
                send("/v1beta/models/gemini-2.5-Flash:streamGenerateContent?alt=sse", body);

        Received received = upstream.take();
        assertThat(received.target())
                .isEqualTo(
                        "/v1beta/models/gemini-2.5-Flash:streamGenerateContent?alt=sse&key=AIza-real");
        assertThat(received.text()).isEqualTo(body);
        assertThat(response.body()).isEqualTo(STREAM);
        assertThat(call().usage())
                .isEqualTo(new TokenUsage(10, 0, 0, 5, 0, TokenUsage.Source.FINAL));
    }

    @Test
    void letsGooglesOwnClientsHaveAnArray() throws Exception {
        route("gemini", "{\"header_name\":\"x-goog-api-key\",\"header_value\":\"AIza-real\"}", "");
        upstream.always(FakeUpstream.json(200, "[" + ANSWER + "]"));

        HttpResponse<String> response =
                send(
                        "/v1beta/models/gemini-2.5-Flash:streamGenerateContent",
                        "{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}]}");

        assertThat(upstream.take().target())
                .isEqualTo("/v1beta/models/gemini-2.5-Flash:streamGenerateContent");
        assertThat(response.body()).isEqualTo("[" + ANSWER + "]");
        assertThat(Objects.requireNonNull(call().usage()).totalTokens()).isEqualTo(17);
    }

    private static final String VERTEX =
            ",\"gemini\":{\"api_endpoint\":\"us-east5-aiplatform.googleapis.com\",\"project_id\":\"test-project\",\"location_id\":\"us-east5\"}";

    private static final FakeUpstream.Answer TOKEN =
            FakeUpstream.json(200, "{\"access_token\":\"ya29.t\",\"expires_in\":3599}");

    /// Whose tokens the upstream gives.
    private String serviceAccount() throws NoSuchAlgorithmException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        byte[] key = keys.generateKeyPair().getPrivate().getEncoded();
        String account =
                Json.text(
                        Json.object()
                                .put("client_email", "torii@test-project.example")
                                .put("private_key", Base64.getEncoder().encodeToString(key))
                                .put("token_uri", upstream.url() + "/token"));
        return Json.text(
                Json.object()
                        .put("gcp_use_service_account", true)
                        .put("gcp_service_account_json", account));
    }

    @Test
    void vouchesForCallsToVertexWithAServiceAccount() throws Exception {
        route("openai", serviceAccount(), VERTEX);
        upstream.enqueue(TOKEN);
        upstream.always(FakeUpstream.json(200, ANSWER));

        assertThat(chat("").statusCode()).isEqualTo(200);
        assertThat(chat("").statusCode()).isEqualTo(200);

        assertThat(upstream.take().target()).isEqualTo("/token");
        for (int i = 0; i < 2; i++) {
            Received received = upstream.take();
            assertThat(received.target())
                    .isEqualTo(
                            "/v1/projects/test-project/locations/us-east5/publishers/google/models/gemini-2.5-Flash:generateContent");
            assertThat(received.header("authorization")).isEqualTo("Bearer ya29.t");
            assertThat(received.headers()).doesNotContainKey("x-goog-api-key");
        }
    }

    /// Nobody else waits until Google has given a token.
    @Test
    @Timeout(60)
    void aTokenThatIsLongInComingHoldsNobodyElseUp() throws Exception {
        route("openai", serviceAccount(), VERTEX);
        var asked = new CountDownLatch(1);
        var given = new CountDownLatch(1);
        upstream.enqueue((request, out) -> {
            asked.countDown();
            given.await();
            TOKEN.write(request, out);
        });
        upstream.always(FakeUpstream.json(200, ANSWER));

        CompletableFuture<HttpResponse<String>> waiting =
                CompletableFuture.supplyAsync(() -> {
                    try {
                        return chat("");
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
        asked.await();
        HttpRequest other = HttpRequest.newBuilder(URI.create(gateway.url("/"))).build();
        // Each on a connection of its own, so that all selectors are met.
        for (int i = 0; i < 8; i++) {
            try (HttpClient fresh = HttpClient.newHttpClient()) {
                HttpResponse<Void> answer = fresh.send(other, BodyHandlers.discarding());
                assertThat(answer.statusCode()).isEqualTo(404);
            }
        }
        given.countDown();

        assertThat(waiting.get().statusCode()).isEqualTo(200);
    }

    @Test
    void saysWhyThereIsNoTokenInTheClientsWords() throws Exception {
        route("gemini", serviceAccount(), VERTEX);
        upstream.enqueue(FakeUpstream.json(400, "{\"error\":\"invalid_grant\"}"));

        HttpResponse<String> response =
                send(
                        "/v1beta/models/gemini-2.5-Flash:generateContent",
                        "{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}]}");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(Json.parse(response.body()).at("/error/message").textValue())
                .startsWith("no access token for torii@test-project.example from ")
                .endsWith("answered 400, invalid_grant");
    }
}
