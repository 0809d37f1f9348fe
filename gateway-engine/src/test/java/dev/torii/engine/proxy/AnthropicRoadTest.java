package dev.torii.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Loss;
import dev.torii.model.llm.TokenUsage;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An OpenAI client's chat with a Claude, over real sockets.
class AnthropicRoadTest extends RoadBench {

    private static final String ANSWER =
            """
            {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929",
             "content":[{"type":"thinking","thinking":"hm","signature":"c2ln"},{"type":"text","text":"やあ"},
               {"type":"tool_use","id":"toolu_1","name":"f","input":{"x":1}}],
             "stop_reason":"tool_use","stop_sequence":null,
             "usage":{"input_tokens":10,"cache_read_input_tokens":4,"cache_creation_input_tokens":2,"output_tokens":7}}\
            """;

    private static final String STREAM =
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","model":"claude-sonnet-4-5-20250929","usage":{"input_tokens":10,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"やあ"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"f","input":{}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"x\\":1}"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":1}

            event: content_block_start
            data: {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_2","name":"g","input":{}}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":2}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":9}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    @BeforeEach
    void serve() {
        gateway.modelRoute("/chat");
        gateway.plugin(
                """
                {"name":"ai-proxy","config":{"route_type":"llm/v1/chat",
                 "auth":{"header_name":"x-api-key","header_value":"sk-ant-real"},
                 "model":{"provider":"anthropic","name":"claude-sonnet-4-5",
                          "options":{"max_tokens":64,"anthropic_version":"2023-06-01","upstream_url":"%s"}}}}\
                """
                        .formatted(upstream.url()));
    }

    private HttpResponse<String> send(String fields) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway.url("/chat/chat/completions")))
                        .header("content-type", "application/json")
                        .header("authorization", "Bearer dummy")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"messages\":[{\"role\":\"user\",\"content\":\"こんにちは\"}]"
                                                + fields
                                                + "}"))
                        .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private LlmCall call() throws Exception {
        Exchange exchange = gateway.takeEnded();
        return Objects.requireNonNull(exchange.llm());
    }

    @Test
    void asksAnthropicAndAnswersAsOpenAi() throws Exception {
        upstream.always(FakeUpstream.json(200, ANSWER));

        HttpResponse<String> response = send(",\"seed\":7");

        Received received = upstream.take();
        assertThat(received.target()).isEqualTo("/v1/messages");
        assertThat(received.header("x-api-key")).isEqualTo("sk-ant-real");
        assertThat(received.header("anthropic-version")).isEqualTo("2023-06-01");
        assertThat(received.headers().toString()).doesNotContain("dummy");
        assertThat(received.text())
                .isEqualTo(
                        """
                        {"model":"claude-sonnet-4-5","messages":[{"role":"user","content":[{"type":"text","text":"こんにちは"}]}],"max_tokens":64}\
                        """);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-torii-loss")).contains("1");
        JsonNode answer = Json.parse(response.body());
        JsonNode message = answer.at("/choices/0/message");
        assertThat(message.path("content").textValue()).isEqualTo("やあ");
        assertThat(message.path("reasoning_content").textValue()).isEqualTo("hm");
        assertThat(message.at("/reasoning_details/0/signature").textValue()).isEqualTo("c2ln");
        assertThat(message.at("/tool_calls/0/function/arguments").textValue())
                .isEqualTo("{\"x\":1}");
        assertThat(answer.at("/choices/0/finish_reason").textValue()).isEqualTo("tool_calls");
        assertThat(answer.at("/usage/prompt_tokens").intValue()).isEqualTo(16);
        assertThat(answer.at("/usage/prompt_tokens_details/cached_tokens").intValue()).isEqualTo(4);
        assertThat(answer.path("created").longValue()).isPositive();
        LlmCall call = call();
        assertThat(call.usage()).isEqualTo(new TokenUsage(10, 4, 2, 7, 0, TokenUsage.Source.FINAL));
        assertThat(call.losses().all()).containsExactly(new Loss(Loss.Action.DROPPED, "seed", 1));
    }

    private List<JsonNode> chunks(String stream) throws Exception {
        assertThat(stream).endsWith("data: [DONE]\n\n");
        List<JsonNode> chunks = new ArrayList<>();
        for (String event : stream.split("\n\n", -1)) {
            if (!event.isEmpty() && !event.startsWith(":") && !event.equals("data: [DONE]")) {
                chunks.add(Json.parse(event.substring("data: ".length())));
            }
        }
        return chunks;
    }

    /// Rows 1, 9 and 10.
    @Test
    void streamsEachToolUnderItsOwnNumber() throws Exception {
        upstream.always(FakeUpstream.stream(STREAM));

        HttpResponse<String> response =
                send(",\"stream\":true,\"stream_options\":{\"include_usage\":true}");

        assertThat(response.headers().firstValue("content-type").orElse(""))
                .startsWith("text/event-stream");
        List<JsonNode> chunks = chunks(response.body());
        assertThat(chunks.getFirst().at("/choices/0/delta/role").textValue())
                .isEqualTo("assistant");
        assertThat(chunks).allSatisfy(c -> assertThat(c.path("id").textValue()).isEqualTo("msg_1"));
        StringBuilder text = new StringBuilder();
        StringBuilder[] arguments = {new StringBuilder(), new StringBuilder()};
        for (JsonNode chunk : chunks) {
            text.append(chunk.at("/choices/0/delta/content").asText());
            for (JsonNode tool : chunk.at("/choices/0/delta/tool_calls")) {
                arguments[tool.path("index").intValue()].append(
                        tool.at("/function/arguments").asText());
            }
        }
        assertThat(text).hasToString("やあ");
        assertThat(arguments[0]).hasToString("{\"x\":1}");
        assertThat(arguments[1]).hasToString("{}");
        assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").textValue())
                .isEqualTo("tool_calls");
        assertThat(chunks.getLast().at("/usage/total_tokens").intValue()).isEqualTo(19);
        assertThat(call().usage())
                .isEqualTo(new TokenUsage(10, 0, 0, 9, 0, TokenUsage.Source.FINAL));
    }

    /// Row 16.
    @Test
    void showsNoUsageToAClientThatDidNotAsk() throws Exception {
        upstream.always(FakeUpstream.stream(STREAM));

        assertThat(chunks(send(",\"stream\":true").body()))
                .noneSatisfy(chunk -> assertThat(chunk.has("usage")).isTrue());
        assertThat(call().usage()).isNotNull();
    }

    @Test
    void tellsTheClientOfAnErrorInTheMiddleOfAStream() throws Exception {
        String broken =
                STREAM.substring(0, STREAM.indexOf("event: content_block_stop"))
                        + "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n";
        upstream.always(FakeUpstream.stream(broken));

        String body = send(",\"stream\":true").body();

        assertThat(body)
                .endsWith(
                        "data: {\"error\":{\"message\":\"Overloaded\",\"type\":\"server_error\",\"param\":null,\"code\":\"overloaded\"}}\n\n");
        assertThat(gateway.takeEnded().outcome().error()).isEqualTo("upstream_incomplete");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | invalid_request_error | bad          | 400 | invalid_request_error | invalid_request_error",
                "401 | authentication_error  | sk-ant-real? | 401 | invalid_request_error | invalid_api_key",
                "404 | not_found_error       | model: x     | 404 | invalid_request_error | model_not_found",
                "429 | rate_limit_error      | slow down    | 429 | rate_limit_error      | rate_limit_exceeded",
                "500 | api_error             | oops         | 500 | server_error          | api_error",
                "529 | overloaded_error      | Overloaded   | 503 | server_error          | overloaded"
            })
    void saysRefusalsInTheClientsWords(
            int status, String type, String message, int expected, String shown, String code)
            throws Exception {
        upstream.always(
                FakeUpstream.json(
                        status,
                        "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"}}"
                                .formatted(type, message)));

        HttpResponse<String> response = send("");

        assertThat(response.statusCode()).isEqualTo(expected);
        JsonNode error = Json.parse(response.body()).path("error");
        assertThat(error.path("type").textValue()).isEqualTo(shown);
        assertThat(error.path("code").textValue()).isEqualTo(code);
        assertThat(response.body()).doesNotContain("sk-ant-real");
        assertThat(gateway.takeEnded().outcome().status()).isEqualTo(expected);
    }

    @Test
    void refusesWhatClaudeCannotBeAsked() throws Exception {
        HttpResponse<String> response = send(",\"n\":2");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Json.parse(response.body()).at("/error/message").textValue()).startsWith("n: ");
        assertThat(upstream.waiting()).isZero();
    }

    @Test
    void saysThatAnAnswerMakesNoSense() throws Exception {
        upstream.always(FakeUpstream.json(200, "{\"hello\":1}"));

        HttpResponse<String> response = send("");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("transformation failed from type anthropic://");
    }
}
