package dev.torii.engine.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStatus;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// OpenAI's own SDK has other vendors' models use a tool, through the whole gateway.
class OpenAiSdkIT extends SdkBench {

    private static final Map<String, Object> PROPERTIES = Map.of("city", Map.of("type", "string"));

    @SuppressWarnings("NullAway.Init") // each test starts its own
    private OpenAIClient sdk;

    private void start(Vendor vendor) throws Exception {
        sdk = Sdks.openAi(gateway.to(vendor, upstream));
    }

    @AfterEach
    void stop() {
        sdk.close();
    }

    private static ChatCompletionCreateParams.Builder chat(Vendor vendor) {
        return ChatCompletionCreateParams.builder()
                .model(vendor.model())
                .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .addSystemMessage(Vendor.SYSTEM)
                .addUserMessage(Vendor.QUESTION)
                .addFunctionTool(
                        FunctionDefinition.builder()
                                .name("weather")
                                .parameters(
                                        FunctionParameters.builder()
                                                .putAdditionalProperty(
                                                        "type", JsonValue.from("object"))
                                                .putAdditionalProperty(
                                                        "properties", JsonValue.from(PROPERTIES))
                                                .build())
                                .build());
    }

    private ChatCompletion streamed(ChatCompletionCreateParams params) {
        var accumulator = ChatCompletionAccumulator.create();
        try (var stream = sdk.chat().completions().createStreaming(params)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator.chatCompletion();
    }

    @ParameterizedTest
    @EnumSource(names = {"ANTHROPIC", "GEMINI", "BEDROCK"})
    void chatsWithATool(Vendor vendor) throws Exception {
        start(vendor);
        upstream.enqueue(vendor.call());
        ChatCompletion first = streamed(chat(vendor).build());

        ChatCompletion.Choice choice = first.choices().getFirst();
        ChatCompletionMessage message = choice.message();
        assertThat(message.content()).contains(Vendor.SAID);
        assertThat(message.toolCalls().orElseThrow()).hasSize(1);
        var call = message.toolCalls().orElseThrow().getFirst().asFunction();
        assertThat(call.function().name()).isEqualTo("weather");
        assertThat(Json.parse(call.function().arguments().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Vendor.ARGUMENTS);
        assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        assertThat(first.usage().orElseThrow().promptTokens()).isEqualTo(40);
        assertThat(first.usage().orElseThrow().completionTokens()).isEqualTo(21);
        Received asked = upstream.take();
        vendor.checkHeaders(asked, false);
        vendor.asked(asked).isFirst();

        upstream.enqueue(vendor.last());
        ChatCompletion second =
                streamed(
                        chat(vendor)
                                .addMessage(message)
                                .addMessage(
                                        ChatCompletionToolMessageParam.builder()
                                                .toolCallId(call.id())
                                                .content(Vendor.RESULT)
                                                .build())
                                .build());
        vendor.asked(upstream.take()).isSecond();
        assertThat(second.choices().getFirst().message().content()).contains(Vendor.ANSWER);
        assertThat(second.choices().getFirst().finishReason())
                .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(second.usage().orElseThrow().totalTokens()).isEqualTo(75);
    }

    private static ResponseCreateParams.Builder response(Vendor vendor) {
        return ResponseCreateParams.builder()
                .model(vendor.model())
                .store(false)
                .instructions(Vendor.SYSTEM)
                .addTool(
                        FunctionTool.builder()
                                .name("weather")
                                .strict(false)
                                .parameters(
                                        FunctionTool.Parameters.builder()
                                                .putAdditionalProperty(
                                                        "type", JsonValue.from("object"))
                                                .putAdditionalProperty(
                                                        "properties", JsonValue.from(PROPERTIES))
                                                .build())
                                .build());
    }

    private Response streamed(ResponseCreateParams params) {
        var accumulator = ResponseAccumulator.create();
        try (var stream = sdk.responses().createStreaming(params)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator.response().validate();
    }

    /// Through Responses, with models that only chat.
    @ParameterizedTest
    @EnumSource(names = {"DEEPSEEK", "MISTRAL", "GEMINI"})
    void respondsWithATool(Vendor vendor) throws Exception {
        start(vendor);
        upstream.enqueue(vendor.call());
        List<ResponseInputItem> input = new ArrayList<>();
        input.add(
                ResponseInputItem.ofEasyInputMessage(
                        EasyInputMessage.builder()
                                .role(EasyInputMessage.Role.USER)
                                .content(Vendor.QUESTION)
                                .build()));
        Response first = streamed(response(vendor).inputOfResponse(input).build());

        assertThat(first.status()).contains(ResponseStatus.COMPLETED);
        assertThat(
                        first.output().stream()
                                .flatMap(item -> item.message().stream())
                                .map(message -> message.content().getFirst().asOutputText().text()))
                .containsExactly(Vendor.SAID);
        ResponseFunctionToolCall call = first.output().getLast().asFunctionCall();
        assertThat(call.name()).isEqualTo("weather");
        assertThat(Json.parse(call.arguments().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Vendor.ARGUMENTS);
        assertThat(first.usage().orElseThrow().inputTokens()).isEqualTo(40);
        assertThat(first.usage().orElseThrow().outputTokens()).isEqualTo(21);
        Received asked = upstream.take();
        vendor.checkHeaders(asked, false);
        vendor.asked(asked).isFirst();

        upstream.enqueue(vendor.last());
        for (ResponseOutputItem item : first.output()) {
            item.reasoning().ifPresent(it -> input.add(ResponseInputItem.ofReasoning(it)));
            item.message()
                    .ifPresent(it -> input.add(ResponseInputItem.ofResponseOutputMessage(it)));
            item.functionCall().ifPresent(it -> input.add(ResponseInputItem.ofFunctionCall(it)));
        }
        input.add(
                ResponseInputItem.ofFunctionCallOutput(
                        ResponseInputItem.FunctionCallOutput.builder()
                                .callId(call.callId())
                                .output(Vendor.RESULT)
                                .build()));
        Response second = streamed(response(vendor).inputOfResponse(input).build());
        vendor.asked(upstream.take()).isSecond();
        assertThat(second.output().getLast().asMessage().content().getFirst().asOutputText().text())
                .isEqualTo(Vendor.ANSWER);
        assertThat(second.usage().orElseThrow().totalTokens()).isEqualTo(75);
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC, 401",
        "ANTHROPIC, 429",
        "ANTHROPIC, 400",
        "GEMINI, 429",
        "BEDROCK, 429",
        "BEDROCK, 400"
    })
    void throwsWhatItThrowsAtOpenAisErrors(Vendor vendor, int status) throws Exception {
        start(vendor);
        Class<? extends OpenAIServiceException> expected =
                switch (status) {
                    case 401 -> UnauthorizedException.class;
                    case 429 -> RateLimitException.class;
                    default -> BadRequestException.class;
                };
        upstream.enqueue(vendor.refusal(status));
        var thrown = catchThrowableOfType(expected, () -> streamed(chat(vendor).build()));
        assertThat(thrown).hasMessageContaining("slow down");
        assertThat(thrown.headers().values("retry-after")).containsExactly("7");

        upstream.enqueue(vendor.refusal(status));
        assertThat(
                        catchThrowableOfType(
                                expected,
                                () -> sdk.chat().completions().create(chat(vendor).build())))
                .hasMessageContaining("slow down");
    }

    /// Row 26. No stream that broke off passes for a whole one.
    @ParameterizedTest
    @EnumSource(names = {"ANTHROPIC", "GEMINI", "BEDROCK"})
    void throwsWhereAStreamBreaks(Vendor vendor) throws Exception {
        start(vendor);
        upstream.enqueue(vendor.cut());
        assertThatThrownBy(() -> streamed(chat(vendor).build()))
                .isInstanceOf(OpenAIException.class);

        upstream.enqueue(vendor.cut());
        assertThatThrownBy(() -> streamed(response(vendor).input(Vendor.QUESTION).build()))
                .isInstanceOf(OpenAIException.class);
    }
}
