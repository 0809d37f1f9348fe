package dev.torii.engine.client;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.JsonValue;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.model.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Anthropic's own SDK has other vendors' models think and use a tool, through the whole gateway.
class AnthropicSdkIT extends SdkBench {

    @SuppressWarnings("NullAway.Init") // each test starts its own
    private AnthropicClient sdk;

    private void start(Vendor vendor) throws Exception {
        sdk = Sdks.anthropic(gateway.to(vendor, upstream));
    }

    @AfterEach
    void stop() {
        sdk.close();
    }

    static MessageCreateParams.Builder question(String model) {
        return MessageCreateParams.builder()
                .model(model)
                .maxTokens(8192)
                .enabledThinking(2048)
                .system(Vendor.SYSTEM)
                .addUserMessage(Vendor.QUESTION)
                .addTool(
                        Tool.builder()
                                .name("weather")
                                .inputSchema(
                                        Tool.InputSchema.builder()
                                                .properties(
                                                        Tool.InputSchema.Properties.builder()
                                                                .putAdditionalProperty(
                                                                        "city",
                                                                        JsonValue.from(
                                                                                Map.of(
                                                                                        "type",
                                                                                        "string")))
                                                                .build())
                                                .build())
                                .build());
    }

    static Message streamed(AnthropicClient sdk, MessageCreateParams params) {
        var accumulator = MessageAccumulator.create();
        try (var stream = sdk.messages().createStreaming(params)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator.message();
    }

    /// The same question, with the first turn and what the tool said.
    static MessageCreateParams told(String model, Message first, String callId) {
        return question(model)
                .addMessage(first)
                .addUserMessageOfContentBlockParams(
                        List.of(
                                ContentBlockParam.ofToolResult(
                                        ToolResultBlockParam.builder()
                                                .toolUseId(callId)
                                                .content(Vendor.RESULT)
                                                .build())))
                .build();
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "DEEPSEEK", "MISTRAL", "GEMINI", "BEDROCK"})
    void talksWithATool(Vendor vendor) throws Exception {
        start(vendor);
        upstream.enqueue(vendor.call());
        Message first = streamed(sdk, question(vendor.model()).build()).validate();

        boolean thinks = vendor == Vendor.DEEPSEEK || vendor == Vendor.GEMINI;
        assertThat(
                        first.content().stream()
                                .flatMap(block -> block.thinking().stream())
                                .map(thinking -> thinking.thinking())
                                .collect(joining()))
                .isEqualTo(thinks ? Vendor.THOUGHT : "");
        assertThat(
                        first.content().stream()
                                .flatMap(block -> block.text().stream())
                                .map(text -> text.text()))
                .containsExactly(Vendor.SAID);
        List<ToolUseBlock> calls =
                first.content().stream().flatMap(block -> block.toolUse().stream()).toList();
        assertThat(calls).hasSize(1);
        ToolUseBlock call = calls.getFirst();
        assertThat(call.name()).isEqualTo("weather");
        assertThat(call._input().convert(JsonNode.class)).isEqualTo(Vendor.ARGUMENTS);
        assertThat(first.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(first.usage().inputTokens()).isEqualTo(40);
        assertThat(first.usage().outputTokens()).isEqualTo(21);
        Received asked = upstream.take();
        vendor.checkHeaders(asked, false);
        vendor.asked(asked).isFirst();

        upstream.enqueue(vendor.last());
        Message second = streamed(sdk, told(vendor.model(), first, call.id())).validate();
        Received told = upstream.take();
        vendor.asked(told).isSecond();
        checkThought(vendor, Json.parse(told.text()));
        assertThat(second.content().stream().map(ContentBlock::asText).map(text -> text.text()))
                .containsExactly(Vendor.ANSWER);
        assertThat(second.stopReason()).contains(StopReason.END_TURN);
        assertThat(second.usage().inputTokens()).isEqualTo(70);
        assertThat(second.usage().outputTokens()).isEqualTo(5);
    }

    /// Row 19, row 22. What was thought goes back to who thought it, in its own words.
    private static void checkThought(Vendor vendor, JsonNode told) {
        switch (vendor) {
            case DEEPSEEK ->
                    assertThat(told.at("/messages/2/reasoning_content").asText())
                            .isEqualTo(Vendor.THOUGHT);
            case GEMINI ->
                    assertThat(
                                    Vendor.element(told.at("/contents/1/parts"), "functionCall")
                                            .path("thoughtSignature")
                                            .asText())
                            .isEqualTo(Vendor.SIGNATURE);
            default -> assertThat(Json.text(told)).doesNotContain("\"thinking\":\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, 401",
        "OPENAI, 429",
        "OPENAI, 400",
        "GEMINI, 401",
        "GEMINI, 429",
        "GEMINI, 400",
        "MISTRAL, 429"
    })
    void throwsWhatItThrowsAtAnthropicsErrors(Vendor vendor, int status) throws Exception {
        start(vendor);
        Class<? extends AnthropicServiceException> expected =
                switch (status) {
                    case 401 -> UnauthorizedException.class;
                    case 429 -> RateLimitException.class;
                    default -> BadRequestException.class;
                };
        upstream.enqueue(vendor.refusal(status));
        var thrown =
                catchThrowableOfType(
                        expected, () -> streamed(sdk, question(vendor.model()).build()));
        assertThat(thrown).hasMessageContaining("slow down");
        assertThat(thrown.type()).isPresent();
        assertThat(thrown.headers().values("retry-after")).containsExactly("7");
    }

    /// Row 26. No stream that broke off passes for a whole one.
    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "GEMINI", "BEDROCK"})
    void throwsWhereAStreamBreaks(Vendor vendor) throws Exception {
        start(vendor);
        upstream.enqueue(vendor.cut());
        assertThatThrownBy(() -> streamed(sdk, question(vendor.model()).build()))
                .isInstanceOf(AnthropicException.class);
    }
}
