package dev.torii.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.fake.FakeUpstream;
import dev.torii.model.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What clients get where a provider answers 200 and has failed all the same.
class ErrorsForAnswersTest extends RoadBench {

    private static final String CHAT =
            "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}";

    @BeforeEach
    void serve() {
        gateway.modelRoute("/chat");
    }

    private void provider(String name, String path, String answer) {
        gateway.plugin(
                """
                {"name":"ai-proxy","config":{"route_type":"llm/v1/chat","llm_format":"auto",
                 "model":{"provider":"%s","name":"m","options":{"upstream_url":"%s%s"}}}}\
                """
                        .formatted(name, upstream.url(), path));
        upstream.always(FakeUpstream.json(200, answer));
    }

    private HttpResponse<String> send(String path, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway.url("/chat" + path)))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Test
    void getTheStatusThatTheErrorTells() throws Exception {
        String error =
                "{\"error\":{\"code\":429,\"message\":\"too fast\",\"metadata\":{\"provider_name\":\"X\"}},\"user_id\":\"u\"}";
        provider("openrouter", "/api/v1", error);
        HttpResponse<String> chat = send("/v1/chat/completions", CHAT);
        assertThat(chat.statusCode()).isEqualTo(429);
        assertThat(chat.body()).isEqualTo(error);
        HttpResponse<String> messages = send("/v1/messages", CHAT);
        assertThat(messages.statusCode()).isEqualTo(429);
        assertThat(Json.parse(messages.body()).at("/error/type").asText())
                .isEqualTo("rate_limit_error");
        assertThat(Json.parse(messages.body()).at("/error/message").asText()).isEqualTo("too fast");
    }

    @Test
    void areToldThatAFilterRefused() throws Exception {
        provider(
                "azure",
                "/openai/deployments/d/chat/completions",
                "{\"error\":{\"message\":\"filtered\",\"type\":null,\"param\":\"prompt\",\"code\":\"content_filter\",\"status\":400}}");
        assertThat(send("/v1/chat/completions", CHAT).statusCode()).isEqualTo(400);
        HttpResponse<String> responses = send("/v1/responses", "{\"model\":\"m\",\"input\":\"q\"}");
        assertThat(responses.statusCode()).isEqualTo(400);
        assertThat(Json.parse(responses.body()).at("/error/code").asText())
                .isEqualTo("content_filter");
    }

    @Test
    void areToldWhyAResponseFailed() throws Exception {
        String failed =
                "{\"id\":\"r\",\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":\"oops\"},\"output\":[],\"usage\":null}";
        provider("openai", "/v1/responses", failed);
        HttpResponse<String> chat = send("/v1/chat/completions", CHAT);
        assertThat(chat.statusCode()).isEqualTo(500);
        assertThat(Json.parse(chat.body()).at("/error/message").asText()).isEqualTo("oops");
        HttpResponse<String> responses = send("/v1/responses", "{\"model\":\"m\",\"input\":\"q\"}");
        assertThat(responses.statusCode()).isEqualTo(200);
        assertThat(responses.body()).isEqualTo(failed);
    }

    /// Anthropic has no word for it, and an answer that just stopped would be taken for whole.
    @Test
    void areNotToldOfAnEndWhereThereWasAnError() throws Exception {
        String broken =
                "{\"candidates\":[{\"finishReason\":\"MALFORMED_FUNCTION_CALL\",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":8,\"totalTokenCount\":8}}";
        provider("gemini", "", broken);
        HttpResponse<String> messages = send("/v1/messages", CHAT);
        assertThat(messages.statusCode()).isEqualTo(500);
        assertThat(Json.parse(messages.body()).at("/error/type").asText()).isEqualTo("api_error");
        upstream.always(FakeUpstream.stream("data: " + broken + "\n\n"));
        HttpResponse<String> stream =
                send("/v1/messages", CHAT.replace("{\"model\"", "{\"stream\":true,\"model\""));
        assertThat(stream.body()).contains("event: error\n").doesNotContain("message_stop");
    }
}
