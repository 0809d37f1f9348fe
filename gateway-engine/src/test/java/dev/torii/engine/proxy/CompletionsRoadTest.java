package dev.torii.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.model.json.Json;
import dev.torii.model.llm.TokenUsage;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A client that completes, in front of a server that only chats, over real sockets.
class CompletionsRoadTest extends RoadBench {

    private static final String CHUNK =
            "data: {\"id\":\"c-1\",\"created\":7,\"model\":\"real\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"やあ\"},\"finish_reason\":null}]}\n\n";
    private static final String END =
            """
            data: {"id":"c-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"x_groq":{"usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}}}

            data: [DONE]

            """;

    @BeforeEach
    void serve() {
        gateway.modelRoute("/text");
        gateway.plugin(
                """
                {"name":"ai-proxy","config":{"route_type":"llm/v1/completions",
                 "auth":{"header_name":"Authorization","header_value":"Bearer gsk-real"},
                 "model":{"provider":"groq","name":"kimi","options":{"upstream_url":"%s"}}}}\
                """
                        .formatted(upstream.url()));
    }

    private HttpResponse<String> send(String fields) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway.url("/text/completions")))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString("{\"prompt\":\"昔々\"" + fields + "}"))
                        .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private LlmCall call() throws Exception {
        Exchange exchange = gateway.takeEnded();
        return Objects.requireNonNull(exchange.llm());
    }

    @Test
    void asksTheChatAndAnswersWithText() throws Exception {
        upstream.always(
                FakeUpstream.json(
                        200,
                        """
                        {"id":"c-1","created":7,"model":"real","choices":[{"index":0,"finish_reason":"length","message":{"role":"assistant","reasoning":"hm","content":"やあ"}}],
                         "usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}}\
                        """));

        HttpResponse<String> response = send(",\"max_tokens\":9,\"best_of\":2");

        Received received = upstream.take();
        assertThat(received.target()).isEqualTo("/v1/chat/completions");
        assertThat(received.header("authorization")).isEqualTo("Bearer gsk-real");
        assertThat(received.text())
                .isEqualTo(
                        "{\"model\":\"kimi\",\"messages\":[{\"role\":\"user\",\"content\":\"昔々\"}],\"max_completion_tokens\":9}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-torii-loss")).contains("1");
        assertThat(response.body())
                .isEqualTo(
                        """
                        {"id":"c-1","object":"text_completion","created":7,"model":"real",\
                        "choices":[{"text":"やあ","index":0,"logprobs":null,"finish_reason":"length"}],\
                        "usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}}\
                        """);
        assertThat(call().usage())
                .isEqualTo(new TokenUsage(5, 0, 0, 2, 0, TokenUsage.Source.FINAL));
    }

    @Test
    void streamsText() throws Exception {
        upstream.always(FakeUpstream.stream(CHUNK + END));

        HttpResponse<String> response = send(",\"stream\":true");

        assertThat(Json.parse(upstream.take().text()).path("stream_options").path("include_usage"))
                .isEqualTo(Json.parse("true"));
        List<String> data = response.body().lines().filter(line -> !line.isEmpty()).toList();
        assertThat(data).hasSize(3).last().isEqualTo("data: [DONE]");
        JsonNode first = Json.parse(data.getFirst().substring(6));
        assertThat(first.path("object").textValue()).isEqualTo("text_completion");
        assertThat(first.path("choices").path(0).path("text").textValue()).isEqualTo("やあ");
        assertThat(
                        Json.parse(data.get(1).substring(6))
                                .path("choices")
                                .path(0)
                                .path("finish_reason")
                                .textValue())
                .isEqualTo("stop");
        assertThat(call().usage())
                .isEqualTo(new TokenUsage(5, 0, 0, 2, 0, TokenUsage.Source.FINAL));
    }

    @Test
    void saysThatAStreamWasCut() throws Exception {
        upstream.always(FakeUpstream.stream(CHUNK));
        HttpResponse<String> response = send(",\"stream\":true");
        assertThat(response.body())
                .contains("やあ")
                .contains("stream_interrupted")
                .doesNotContain("[DONE]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {'error':{'message':'bad','type':'invalid_request_error'}} | 400 | invalid_request_error",
                "401 | {'error':{'message':'bad','code':'invalid_api_key'}} | 401 | invalid_request_error",
                "404 | {'error':{'message':'bad','code':'model_not_found'}} | 404 | invalid_request_error",
                "429 | {'error':{'message':'bad','code':'rate_limit_exceeded'}} | 429 | rate_limit_error",
                "500 | {'error':{'message':'bad'}} | 500 | server_error",
                "503 | {'error':'bad'} | 503 | server_error"
            })
    void translatesErrors(int status, String body, int seen, String type) throws Exception {
        upstream.always(FakeUpstream.json(status, body.replace('\'', '"')));
        HttpResponse<String> response = send("");
        assertThat(response.statusCode()).isEqualTo(seen);
        JsonNode error = Json.parse(response.body()).path("error");
        assertThat(error.path("message").textValue()).isEqualTo("bad");
        assertThat(error.path("type").textValue()).isEqualTo(type);
    }

    @Test
    void makesNothingOfGarbage() throws Exception {
        upstream.always(FakeUpstream.json(200, "garbage"));
        HttpResponse<String> response = send("");
        assertThat(response.statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(response.body()).doesNotContain("garbage").contains("transformation failed");
    }

    @Test
    void refusesToFillAGap() throws Exception {
        HttpResponse<String> response = send(",\"suffix\":\"end\"");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("suffix: the model chats");
        assertThat(upstream.waiting()).isZero();
    }
}
