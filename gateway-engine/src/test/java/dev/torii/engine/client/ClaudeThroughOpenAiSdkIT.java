package dev.torii.engine.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.core.JsonValue;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.model.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// OpenAI's own SDK has a Claude use a tool, through the whole gateway.
class ClaudeThroughOpenAiSdkIT extends OpenAiSdkBench {

    private static final String CALLS =
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[],"usage":{"input_tokens":40,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"調べます"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"weather","input":{}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"city\\": \\"札"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"幌\\"}"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":1}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":21}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    @Override
    String proxy(String address) {
        return """
        {"route_type":"llm/v1/chat",
        "auth":{"header_name":"x-api-key","header_value":"sk-ant-the-real-key"},
        "model":{"provider":"anthropic","name":"claude-sonnet-4-5",
          "options":{"upstream_url":"%s","anthropic_version":"2023-06-01"}}}\
        """
                .formatted(address);
    }

    private static ChatCompletionCreateParams.Builder question() {
        return ChatCompletionCreateParams.builder()
                .model("claude-sonnet-4-5")
                .frequencyPenalty(0.1)
                .addSystemMessage("短く答えてください")
                .addUserMessage("札幌の天気は？")
                .addFunctionTool(
                        FunctionDefinition.builder()
                                .name("weather")
                                .parameters(
                                        FunctionParameters.builder()
                                                .putAdditionalProperty(
                                                        "type", JsonValue.from("object"))
                                                .putAdditionalProperty(
                                                        "properties",
                                                        JsonValue.from(
                                                                Map.of(
                                                                        "city",
                                                                        Map.of("type", "string"))))
                                                .build())
                                .build());
    }

    @Test
    void completesATurnWithAToolStreamed() throws Exception {
        upstream.enqueue(FakeUpstream.stream(CALLS));
        var accumulator = ChatCompletionAccumulator.create();
        try (var stream = sdk.chat().completions().createStreaming(question().build())) {
            stream.stream().forEach(accumulator::accumulate);
        }
        ChatCompletionMessage message = accumulator.chatCompletion().choices().getFirst().message();
        assertThat(message.content()).contains("調べます");
        List<ChatCompletionMessageToolCall> calls = message.toolCalls().orElseThrow();
        assertThat(calls).hasSize(1);
        var call = calls.getFirst().asFunction();
        assertThat(call.function().name()).isEqualTo("weather");
        assertThat(call.function().arguments()).isEqualTo("{\"city\": \"札幌\"}");
        Received first = upstream.take();
        assertThat(first.header("x-api-key")).isEqualTo("sk-ant-the-real-key");

        upstream.enqueue(
                FakeUpstream.json(
                        200,
                        """
                        {"id":"msg_2","type":"message","role":"assistant","model":"claude-sonnet-4-5",
                         "content":[{"type":"text","text":"雪です"}],"stop_reason":"end_turn",
                         "usage":{"input_tokens":70,"output_tokens":5}}\
                        """));
        var answer =
                sdk.chat()
                        .completions()
                        .create(
                                question()
                                        .addMessage(message)
                                        .addMessage(
                                                ChatCompletionToolMessageParam.builder()
                                                        .toolCallId(call.id())
                                                        .content("雪")
                                                        .build())
                                        .build());
        assertThat(answer.choices().getFirst().message().content()).contains("雪です");
        JsonNode sent = Json.parse(upstream.take().body());
        assertThat(sent.at("/messages/1/content/1/input/city").textValue()).isEqualTo("札幌");
        assertThat(sent.at("/messages/2/content/0/tool_use_id").textValue()).isEqualTo("toolu_1");

        JsonNode requests = gateway.get("/torii/requests");
        JsonNode latest = requests.at("/data/0");
        assertThat(latest.path("prompt_tokens").longValue()).isEqualTo(70);
        assertThat(Json.text(latest.path("losses")))
                .contains("{\"action\":\"dropped\",\"what\":\"frequency_penalty\",\"count\":1}");
        assertThat(requests.at("/data/1/completion_tokens").longValue()).isEqualTo(21);
    }

    @Test
    void throwsWhatTheSdkThrowsForOpenAi() {
        upstream.enqueue(
                FakeUpstream.json(
                        429,
                        "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow down\"}}"));

        assertThatThrownBy(() -> sdk.chat().completions().create(question().build()))
                .isInstanceOf(RateLimitException.class)
                .hasMessageContaining("slow down");
    }
}
