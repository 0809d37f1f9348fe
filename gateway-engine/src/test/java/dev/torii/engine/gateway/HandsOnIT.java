package dev.torii.engine.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.engine.settings.Settings;
import dev.torii.model.json.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The hands-on, end to end: the whole engine, its Admin API, the official OpenAI SDK, and an
/// upstream that replays a provider.
class HandsOnIT {

    private static final String ANSWER =
            """
            {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-4o-mini-2024-07-18",\
            "choices":[{"index":0,"message":{"role":"assistant","content":"やあ","refusal":null},\
            "logprobs":null,"finish_reason":"stop"}],\
            "usage":{"prompt_tokens":21,"completion_tokens":3,"total_tokens":24}}\
            """;

    private static final String STREAM =
            """
            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18",\
            "choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18",\
            "choices":[{"index":0,"delta":{"content":"や"},"finish_reason":null}]}

            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18",\
            "choices":[{"index":0,"delta":{"content":"あ"},"finish_reason":null}]}

            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18",\
            "choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18",\
            "choices":[],"usage":{"prompt_tokens":21,"completion_tokens":2,"total_tokens":23}}

            data: [DONE]

            """;

    @TempDir private Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final FakeUpstream upstream = new FakeUpstream();
    private final List<OpenAIClient> sdks = new ArrayList<>();
    private Gateway gateway;

    @BeforeEach
    void start() {
        gateway = Gateway.start(Settings.onFreePorts(folder));
    }

    @AfterEach
    void stop() {
        sdks.forEach(OpenAIClient::close);
        http.close();
        gateway.close();
        upstream.close();
    }

    private JsonNode admin(String method, String path, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(gateway.adminUri().resolve(path))
                        .header("content-type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body))
                        .build();
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        assertThat(response.statusCode())
                .as("%s %s: %s", method, path, new String(response.body(), UTF_8))
                .isBetween(200, 299);
        return Json.parse(response.body());
    }

    private HttpResponse<String> proxy(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(gateway.proxyUri().resolve(path)).build(),
                BodyHandlers.ofString());
    }

    private OpenAIClient sdk(String key) {
        OpenAIClient sdk =
                OpenAIOkHttpClient.builder()
                        .baseUrl(gateway.proxyUri() + "/chat")
                        .apiKey(key)
                        .maxRetries(0)
                        .build();
        sdks.add(sdk);
        return sdk;
    }

    private static ChatCompletionCreateParams prompt(String text) {
        return ChatCompletionCreateParams.builder()
                .model("gpt-4o-mini")
                .addUserMessage(text)
                .build();
    }

    private void service() throws Exception {
        admin(
                "POST",
                "/services",
                "{\"name\":\"chat-service\",\"url\":\"" + upstream.url() + "\"}");
        admin(
                "POST",
                "/services/chat-service/routes",
                "{\"name\":\"chat-route\",\"paths\":[\"/chat\"]}");
    }

    private void aiProxy() throws Exception {
        admin(
                "POST",
                "/services/chat-service/plugins",
                """
                {"name":"ai-proxy","config":{
                  "route_type":"llm/v1/chat",
                  "auth":{"header_name":"Authorization","header_value":"Bearer sk-the-real-key"},
                  "model":{"provider":"openai","name":"gpt-4o-mini",
                    "options":{"max_tokens":1024,"temperature":0.7,"upstream_url":"%s"}},
                  "logging":{"log_statistics":true,"log_payloads":true}}}\
                """
                        .formatted(upstream.url() + "/v1/chat/completions"));
    }

    @Test
    void aServiceAndARouteAreAPlainReverseProxy() throws Exception {
        service();

        assertThat(proxy("/chat/anything").body()).isEqualTo("hello");

        assertThat(upstream.take().target()).isEqualTo("/anything");
    }

    @Test
    void theSdkGetsItsAnswerWithTheGatewaysKey() throws Exception {
        service();
        aiProxy();
        upstream.always(FakeUpstream.json(200, ANSWER));

        HttpResponse<String> bare = proxy("/chat");
        assertThat(bare.statusCode()).isEqualTo(400);
        assertThat(bare.body())
                .isEqualTo(
                        "{\"error\":{\"message\":\"request body doesn't contain valid prompts\"}}");

        OpenAIClient sdk = sdk("dummy");
        ChatCompletion completion = sdk.chat().completions().create(prompt("こんにちは"));
        assertThat(completion.choices().getFirst().message().content()).contains("やあ");
        assertThat(completion.usage().orElseThrow().totalTokens()).isEqualTo(24);

        Received received = upstream.take();
        assertThat(received.header("authorization")).isEqualTo("Bearer sk-the-real-key");
        assertThat(received.headers().toString()).doesNotContain("dummy");
        assertThat(Json.parse(received.body()).path("max_tokens").intValue()).isEqualTo(1024);
    }

    @Test
    void theSdkStreamsItsAnswer() throws Exception {
        service();
        aiProxy();
        upstream.always(FakeUpstream.stream(STREAM));

        OpenAIClient sdk = sdk("dummy");
        try (StreamResponse<ChatCompletionChunk> stream =
                sdk.chat().completions().createStreaming(prompt("こんにちは"))) {
            String text =
                    stream.stream()
                            .flatMap(chunk -> chunk.choices().stream())
                            .flatMap(choice -> choice.delta().content().stream())
                            .collect(Collectors.joining());
            assertThat(text).isEqualTo("やあ");
        }
    }

    @Test
    void theDecoratorSpeaksUpstreamAndTheGuardRefuses() throws Exception {
        service();
        aiProxy();
        admin(
                "POST",
                "/services/chat-service/plugins",
                """
                {"name":"ai-prompt-decorator","config":{"prompts":{"prepend":[
                  {"role":"system","content":"あなたは優秀なアシスタントです"}]}}}\
                """);
        admin(
                "POST",
                "/services/chat-service/plugins",
                "{\"name\":\"ai-prompt-guard\",\"config\":{\"deny_patterns\":[\".*登山.*\"]}}");
        upstream.always(FakeUpstream.json(200, ANSWER));

        OpenAIClient sdk = sdk("dummy");
        sdk.chat().completions().create(prompt("海の話をして"));
        JsonNode sent = Json.parse(upstream.take().body());
        assertThat(sent.path("messages").path(0).path("role").textValue()).isEqualTo("system");
        assertThat(sent.path("messages").path(0).path("content").textValue())
                .isEqualTo("あなたは優秀なアシスタントです");
        assertThat(sent.path("messages").path(1).path("content").textValue()).isEqualTo("海の話をして");

        assertThatThrownBy(() -> sdk.chat().completions().create(prompt("おすすめの登山コースは？")))
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        refused -> assertThat(refused.getMessage()).contains("bad request"));
        assertThat(upstream.waiting()).isZero();
    }

    @Test
    void theTemplateMakesTheRequest() throws Exception {
        service();
        aiProxy();
        admin(
                "POST",
                "/services/chat-service/plugins",
                """
                {"name":"ai-prompt-template","config":{"templates":[{"name":"hello",
                  "template":"{\\"messages\\":[{\\"role\\":\\"user\\",\\"content\\":\\"{{lang}}で挨拶\\"}]}"}]}}\
                """);
        upstream.always(FakeUpstream.json(200, ANSWER));
        HttpRequest request =
                HttpRequest.newBuilder(gateway.proxyUri().resolve("/chat"))
                        .header("content-type", "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"messages\":\"{template://hello}\",\"properties\":{\"lang\":\"日本語\"}}"))
                        .build();

        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);

        assertThat(
                        Json.parse(upstream.take().body())
                                .path("messages")
                                .path(0)
                                .path("content")
                                .textValue())
                .isEqualTo("日本語で挨拶");
    }

    @Test
    void everyTokenIsAccountedFor() throws Exception {
        service();
        aiProxy();
        Path log = folder.resolve("requests.log");
        admin(
                "POST",
                "/plugins",
                "{\"name\":\"file-log\",\"config\":{\"path\":" + Json.text(log.toString()) + "}}");
        admin(
                "POST",
                "/plugins",
                "{\"name\":\"prometheus\",\"config\":{\"ai_metrics\":true,\"status_code_metrics\":true}}");
        upstream.enqueue(FakeUpstream.json(200, ANSWER));
        upstream.enqueue(FakeUpstream.stream(STREAM));

        OpenAIClient sdk = sdk("dummy");
        sdk.chat().completions().create(prompt("一"));
        try (var stream = sdk.chat().completions().createStreaming(prompt("二"))) {
            assertThat(stream.stream()).isNotEmpty();
        }

        JsonNode usage = admin("GET", "/torii/usage?group_by=model,route", "").path("data");
        assertThat(usage).hasSize(1);
        JsonNode row = usage.path(0);
        assertThat(row.path("group").path("route").textValue()).isEqualTo("chat-route");
        assertThat(row.path("requests").intValue()).isEqualTo(2);
        assertThat(row.path("prompt_tokens").intValue()).isEqualTo(42);
        assertThat(row.path("completion_tokens").intValue()).isEqualTo(5);
        assertThat(row.path("estimated").intValue()).isZero();
        assertThat(row.path("cost_usd").decimalValue()).isEqualByComparingTo("0.0000093");
        assertThat(row.path("ttft_ms").path("p50").isNumber()).isTrue();

        String metrics =
                http.send(
                                HttpRequest.newBuilder(gateway.statusUri().resolve("/metrics"))
                                        .build(),
                                BodyHandlers.ofString())
                        .body();
        assertThat(metrics).contains("kong_ai_llm_tokens_total", "torii_tokens_total");

        ObjectNode line = (ObjectNode) Json.parse(Files.readAllLines(log).getLast());
        assertThat(line.path("ai").path("proxy").path("usage").path("prompt_tokens").intValue())
                .isEqualTo(21);
        assertThat(line.path("request").path("headers").path("authorization").textValue())
                .isEqualTo("REDACTED");
        assertThat(Files.readString(log)).doesNotContain("sk-the-real-key", "Bearer dummy");
    }

    @Test
    void aKeyNamesTheConsumer() throws Exception {
        service();
        aiProxy();
        admin(
                "POST",
                "/services/chat-service/plugins",
                "{\"name\":\"key-auth\",\"config\":{\"key_names\":[\"authorization\"],\"hide_credentials\":true}}");
        admin("POST", "/consumers", "{\"username\":\"notebook\"}");
        admin("POST", "/consumers/notebook/key-auth", "{\"key\":\"client-key-1\"}");
        upstream.always(FakeUpstream.json(200, ANSWER));

        sdk("client-key-1").chat().completions().create(prompt("x"));
        OpenAIClient stranger = sdk("other");
        assertThatThrownBy(() -> stranger.chat().completions().create(prompt("x")))
                .hasMessageContaining("401");
        assertThat(upstream.take().headers().toString()).doesNotContain("client-key-1", "notebook");
        assertThat(admin("GET", "/torii/usage?group_by=consumer", "").path("data").toString())
                .contains("\"consumer\":\"notebook\"");
    }

    @Test
    void aChangeIsInForceWhenItsAnswerIsThere() throws Exception {
        service();
        assertThat(proxy("/chat").statusCode()).isEqualTo(200);

        admin("PATCH", "/routes/chat-route", "{\"paths\":[\"/other\"]}");

        assertThat(proxy("/chat").statusCode()).isEqualTo(404);
        assertThat(proxy("/other").statusCode()).isEqualTo(200);
    }

    @Test
    void configurationAndUsageSurviveARestart() throws Exception {
        service();
        aiProxy();
        upstream.always(FakeUpstream.json(200, ANSWER));
        OpenAIClient sdk = sdk("dummy");
        sdk.chat().completions().create(prompt("x"));

        gateway.close();
        gateway = Gateway.start(Settings.onFreePorts(folder));

        assertThat(
                        admin("GET", "/torii/usage", "")
                                .path("data")
                                .path(0)
                                .path("requests")
                                .intValue())
                .isEqualTo(1);
        OpenAIClient again = sdk("dummy");
        assertThat(again.chat().completions().create(prompt("x")).choices()).hasSize(1);
        upstream.take();
        assertThat(upstream.take().header("authorization")).isEqualTo("Bearer sk-the-real-key");
    }

    @Test
    void aTakenPortIsNamedWithTheWayOut() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        int taken = gateway.proxyUri().getPort();

        assertThatThrownBy(() -> Gateway.start(new Settings(other, "127.0.0.1", taken, null, 0, 0)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(Integer.toString(taken))
                .hasMessageContaining("--proxy-port");

        // Nothing of the failed start is left open: the same folder serves on other ports.
        Gateway.start(Settings.onFreePorts(other)).close();
    }
}
