package dev.torii.engine.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.core.JsonValue;
import com.openai.core.ObjectMappers;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.responses.CustomTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.WebSearchTool;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.model.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/// OpenAI's own SDK speaks Responses with a Claude, as Codex does: with a tool that takes free
/// text, and thoughts that go back and forth.
class ClaudeThroughResponsesSdkIT extends OpenAiSdkBench {

    private static final String CALLS =
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[],"usage":{"input_tokens":40,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"直す"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln/+=="}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"apply_patch","input":{}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"input\\": \\"*** Begin Patch\\\\n+\\\\u00"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"e9\\\\n*** End Patch\\"}"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":1}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":21}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    private static final String PATCH = "*** Begin Patch\n+é\n*** End Patch";

    @Override
    String proxy(String address) {
        return """
        {"route_type":"llm/v1/responses",
        "auth":{"header_name":"x-api-key","header_value":"sk-ant-the-real-key"},
        "model":{"provider":"anthropic","name":"claude-sonnet-4-5",
          "options":{"upstream_url":"%s","anthropic_version":"2023-06-01"}}}\
        """
                .formatted(address);
    }

    private static ResponseCreateParams.Builder question() {
        return ResponseCreateParams.builder()
                .model("claude-sonnet-4-5")
                .instructions("短く")
                .store(false)
                .maxOutputTokens(8000)
                .reasoning(
                        Reasoning.builder()
                                .effort(ReasoningEffort.LOW)
                                .summary(Reasoning.Summary.AUTO)
                                .build())
                .addTool(CustomTool.builder().name("apply_patch").description("patches").build())
                .addTool(WebSearchTool.builder().type(WebSearchTool.Type.WEB_SEARCH).build());
    }

    private static ResponseInputItem item(String json) throws Exception {
        return ObjectMappers.jsonMapper().readValue(json, ResponseInputItem.class);
    }

    @Test
    void completesATurnWithAToolStreamed() throws Exception {
        upstream.enqueue(FakeUpstream.stream(CALLS));
        ResponseAccumulator accumulator = ResponseAccumulator.create();
        try (var stream = sdk.responses().createStreaming(question().input("直して").build())) {
            stream.stream().forEach(accumulator::accumulate);
        }
        Response response = accumulator.response().validate();
        assertThat(response.status()).contains(ResponseStatus.COMPLETED);
        assertThat(response.output()).hasSize(2);
        assertThat(response.output().getFirst().asReasoning().summary().getFirst().text())
                .isEqualTo("直す");
        var call = response.output().get(1).asCustomToolCall();
        assertThat(call.name()).isEqualTo("apply_patch");
        assertThat(call.input()).isEqualTo(PATCH);
        assertThat(response.usage().orElseThrow().totalTokens()).isEqualTo(61);
        JsonNode first = Json.parse(upstream.take().text());
        assertThat(first.at("/system/0/text").textValue()).isEqualTo("短く");
        assertThat(first.path("tools")).hasSize(1);

        upstream.enqueue(
                FakeUpstream.json(
                        200,
                        """
                        {"id":"msg_2","type":"message","role":"assistant","model":"claude-sonnet-4-5",
                         "content":[{"type":"text","text":"直しました"}],"stop_reason":"end_turn",
                         "usage":{"input_tokens":70,"output_tokens":5}}\
                        """));
        String reasoning =
                Json.text(
                        Json.object()
                                .put("type", "reasoning")
                                .put("id", "rs_1")
                                .put(
                                        "encrypted_content",
                                        response.output()
                                                .getFirst()
                                                .asReasoning()
                                                .encryptedContent()
                                                .orElseThrow())
                                .set(
                                        "summary",
                                        Json.array()
                                                .add(
                                                        Json.object()
                                                                .put("type", "summary_text")
                                                                .put("text", "直す"))));
        Response answer =
                sdk.responses()
                        .create(
                                question()
                                        .inputOfResponse(
                                                List.of(
                                                        item(
                                                                "{\"role\":\"user\",\"content\":\"直して\"}"),
                                                        item(reasoning),
                                                        item(
                                                                Json.text(
                                                                        Json.object()
                                                                                .put(
                                                                                        "type",
                                                                                        "custom_tool_call")
                                                                                .put(
                                                                                        "call_id",
                                                                                        call
                                                                                                .callId())
                                                                                .put(
                                                                                        "name",
                                                                                        "apply_patch")
                                                                                .put(
                                                                                        "input",
                                                                                        call
                                                                                                .input()))),
                                                        item(
                                                                Json.text(
                                                                        Json.object()
                                                                                .put(
                                                                                        "type",
                                                                                        "custom_tool_call_output")
                                                                                .put(
                                                                                        "call_id",
                                                                                        call
                                                                                                .callId())
                                                                                .put(
                                                                                        "output",
                                                                                        "ok")))))
                                        .build());
        assertThat(
                        answer.validate()
                                .output()
                                .getFirst()
                                .asMessage()
                                .content()
                                .getFirst()
                                .asOutputText()
                                .text())
                .isEqualTo("直しました");
        Received second = upstream.take();
        assertThat(Json.text(Json.parse(second.text()).path("messages")))
                .isEqualTo(
                        Json.text(
                                Json.parse(
                                        """
                                        [{"role":"user","content":[{"type":"text","text":"直して"}]},
                                         {"role":"assistant","content":[{"type":"thinking","thinking":"直す","signature":"c2ln/+=="},
                                           {"type":"tool_use","id":"toolu_1","name":"apply_patch","input":{"input":"*** Begin Patch\\n+é\\n*** End Patch"}}]},
                                         {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":[{"type":"text","text":"ok"}]}]}]\
                                        """)));
    }

    @Test
    void throwsWhatTheProviderRefuses() {
        upstream.enqueue(
                FakeUpstream.json(
                        429,
                        "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow down\"}}"));
        assertThatThrownBy(() -> sdk.responses().create(question().input("q").build()))
                .isInstanceOf(RateLimitException.class)
                .hasMessageContaining("slow down");
    }

    @Test
    void refusesWhatLiesElsewhere() {
        assertThatThrownBy(() ->
                        sdk.responses()
                                .create(
                                        question()
                                                .input("q")
                                                .putAdditionalBodyProperty(
                                                        "previous_response_id",
                                                        JsonValue.from("resp_1"))
                                                .build()))
                .hasMessageContaining("previous_response_id");
    }
}
