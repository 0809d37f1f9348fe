package dev.torii.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.model.json.Json;
import dev.torii.model.llm.TokenUsage;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An OpenAI client's chats with Cohere, Ollama and a Llama that knows but prompts, over real
/// sockets.
class OwnDialectRoadTest extends RoadBench {

    private void serve(String provider, String options) throws Exception {
        gateway.modelRoute("/chat");
        gateway.plugin(
                """
                {"name":"ai-proxy","config":{"route_type":"llm/v1/chat",
                 "auth":{"header_name":"Authorization","header_value":"Bearer real"},
                 "model":{"provider":"%s","name":"m","options":{%s"upstream_url":"%s"}}}}\
                """
                        .formatted(provider, options, upstream.url()));
    }

    private HttpResponse<String> send(String fields) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway.url("/chat/chat/completions")))
                        .header("content-type", "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"messages\":[{\"role\":\"user\",\"content\":\"やあ\"}]"
                                                + fields
                                                + "}"))
                        .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private TokenUsage usage() throws Exception {
        return Objects.requireNonNull(Objects.requireNonNull(gateway.takeEnded().llm()).usage());
    }

    @Test
    void chatsWithCohere() throws Exception {
        serve("cohere", "");
        upstream.always(
                FakeUpstream.json(
                        200,
                        """
                        {"id":"i","message":{"role":"assistant","content":[{"type":"text","text":"hi"}]},
                         "finish_reason":"MAX_TOKENS","usage":{"billed_units":{"input_tokens":3,"output_tokens":2}}}\
                        """));

        HttpResponse<String> response = send("");

        Received received = upstream.take();
        assertThat(received.target()).isEqualTo("/v2/chat");
        assertThat(received.header("authorization")).isEqualTo("Bearer real");
        assertThat(received.text())
                .isEqualTo(
                        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"やあ\"}]}]}");
        JsonNode answer = Json.parse(response.body());
        assertThat(answer.at("/choices/0/message/content").textValue()).isEqualTo("hi");
        assertThat(answer.at("/choices/0/finish_reason").textValue()).isEqualTo("length");
        assertThat(usage()).isEqualTo(new TokenUsage(3, 0, 0, 2, 0, TokenUsage.Source.FINAL));
    }

    @Test
    void streamsFromCohere() throws Exception {
        serve("cohere", "");
        upstream.always(
                FakeUpstream.stream(
                        """
                        event: message-start
                        data: {"id":"i","type":"message-start","delta":{"message":{"role":"assistant"}}}

                        event: content-delta
                        data: {"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"hi"}}}}

                        event: message-end
                        data: {"type":"message-end","delta":{"finish_reason":"COMPLETE","usage":{"billed_units":{"input_tokens":3,"output_tokens":2}}}}

                        data: [DONE]

                        """));

        String body = send(",\"stream\":true").body();

        assertThat(body)
                .contains("\"content\":\"hi\"")
                .contains("\"finish_reason\":\"stop\"")
                .endsWith("data: [DONE]\n\n");
        assertThat(usage()).isEqualTo(new TokenUsage(3, 0, 0, 2, 0, TokenUsage.Source.FINAL));
    }

    @ParameterizedTest
    @CsvSource({"400,400", "401,401", "404,404", "429,429", "500,500", "503,503"})
    void saysRefusalsInTheClientsWords(int status, int expected) throws Exception {
        serve("cohere", "");
        upstream.always(FakeUpstream.json(status, "{\"id\":\"i\",\"message\":\"no\"}"));

        HttpResponse<String> response = send("");

        assertThat(response.statusCode()).isEqualTo(expected);
        assertThat(Json.parse(response.body()).at("/error/message").textValue()).isEqualTo("no");
    }

    @Test
    void streamsLineByLineFromOllama() throws Exception {
        serve("llama2", "\"llama2_format\":\"ollama\",");
        upstream.always(
                FakeUpstream.whole(
                        200,
                        "application/x-ndjson",
                        """
                        {"model":"llama3.1","created_at":"2026-08-07T06:08:09Z","message":{"role":"assistant","content":"hi"},"done":false}
                        {"model":"llama3.1","created_at":"2026-08-07T06:08:09Z","message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{"x":1}}}]},"done":false}
                        {"model":"llama3.1","created_at":"2026-08-07T06:08:09Z","message":{"role":"assistant","content":""},"done_reason":"stop","done":true,"prompt_eval_count":3,"eval_count":2}
                        """));

        HttpResponse<String> response = send(",\"stream\":true");

        Received received = upstream.take();
        assertThat(received.target()).isEqualTo("/api/chat");
        assertThat(received.text())
                .isEqualTo(
                        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"やあ\"}],\"stream\":true}");
        assertThat(response.headers().firstValue("content-type").orElse(""))
                .startsWith("text/event-stream");
        assertThat(response.body())
                .contains("\"content\":\"hi\"")
                .contains("\"arguments\":\"{\\\"x\\\":1}\"")
                .contains("\"finish_reason\":\"tool_calls\"")
                .endsWith("data: [DONE]\n\n");
        assertThat(usage()).isEqualTo(new TokenUsage(3, 0, 0, 2, 0, TokenUsage.Source.FINAL));
    }

    @Test
    void asksALlamaByItsPrompt() throws Exception {
        serve("llama2", "\"llama2_format\":\"raw\",");
        upstream.always(FakeUpstream.json(200, "{\"data\":[{\"generated_text\":\"hi\"}]}"));

        HttpResponse<String> response = send(",\"max_tokens\":5");

        assertThat(upstream.take().text())
                .isEqualTo(
                        "{\"inputs\":\"<s>[INST] やあ"
                                + " [/INST]\",\"parameters\":{\"max_new_tokens\":5}}");
        JsonNode answer = Json.parse(response.body());
        assertThat(answer.at("/choices/0/message/content").textValue()).isEqualTo("hi");
        assertThat(answer.at("/choices/0/finish_reason").textValue()).isEqualTo("stop");
    }

    @Test
    void saysThatAnAnswerMakesNoSense() throws Exception {
        serve("llama2", "\"llama2_format\":\"ollama\",");
        upstream.always(FakeUpstream.json(200, "{\"hello\":1}"));

        HttpResponse<String> response = send("");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("failed to decode ollama response");
    }
}
