package dev.torii.engine.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import dev.torii.model.llm.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Anthropic's own SDK takes what is written for it, and sends back what it was given.
class AnthropicSdkTest {

    private static final Seal FOREIGN = new Seal(Seal.Kind.SIGNATURE, "gemini", "c2ln/+é==");
    private static final TokenUsage USAGE =
            new TokenUsage(3, 3600, 12, 41, 23, TokenUsage.Source.FINAL);
    private static final Part.ToolCall CALL =
            new Part.ToolCall("call_1", "weather", "{\"city\":\"札幌\",\"days\":2}", false, FOREIGN);

    private static final String STREAM =
            AnthropicStreamTest.written(
                    new StreamEvent.Start("chatcmpl-1", "gemini-3", 1),
                    new StreamEvent.Tick(),
                    new StreamEvent.PartStart(0, 0, new Opening.Thinking(false)),
                    new StreamEvent.PartDelta(0, 0, "考え"),
                    new StreamEvent.PartDelta(0, 0, "る"),
                    new StreamEvent.PartEnd(0, 0, FOREIGN),
                    new StreamEvent.PartStart(0, 1, new Opening.Text()),
                    new StreamEvent.PartDelta(0, 1, "調べます"),
                    new StreamEvent.PartEnd(0, 1, null),
                    new StreamEvent.PartStart(
                            0, 2, new Opening.ToolCall(CALL.id(), CALL.name(), false)),
                    new StreamEvent.PartDelta(0, 2, CALL.arguments()),
                    new StreamEvent.PartEnd(0, 2, FOREIGN),
                    new StreamEvent.Finished(0, Finish.of(Finish.Kind.TOOL_CALLS)),
                    new StreamEvent.Counted(USAGE),
                    new StreamEvent.Ended());

    private final FakeUpstream server = new FakeUpstream();
    private final AnthropicClient sdk =
            AnthropicOkHttpClient.builder()
                    .baseUrl(server.url())
                    .apiKey("dummy")
                    .maxRetries(0)
                    .build();

    @AfterEach
    void stop() {
        sdk.close();
        server.close();
    }

    private static MessageCreateParams.Builder question() {
        return MessageCreateParams.builder()
                .model("claude-sonnet-4-5")
                .maxTokens(4096)
                .addTool(
                        Tool.builder()
                                .name("weather")
                                .inputSchema(Tool.InputSchema.builder().build())
                                .build())
                .addUserMessage("札幌は?");
    }

    private Message streamed() {
        var accumulator = MessageAccumulator.create();
        try (var stream = sdk.messages().createStreaming(question().build())) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator.message();
    }

    private LlmRequest received() throws Exception {
        return new AnthropicClientDialect()
                .readRequest((ObjectNode) Json.parse(server.take().body()));
    }

    @Test
    void takesAStreamAndSendsTheTurnBackUnchanged() throws Exception {
        server.enqueue(FakeUpstream.stream(STREAM));
        Message message = streamed();
        assertThat(received().tools()).hasSize(1);
        assertThat(message.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(message.content()).hasSize(4);
        assertThat(message.content().getFirst().asThinking().thinking()).isEqualTo("考える");
        assertThat(message.content().get(1).asText().text()).isEqualTo("調べます");
        assertThat(message.content().get(3).asToolUse().name()).isEqualTo("weather");
        assertThat(message.usage().outputTokens()).isEqualTo(41);

        server.enqueue(FakeUpstream.stream(STREAM));
        try (var stream =
                sdk.messages()
                        .createStreaming(
                                question()
                                        .addMessage(message)
                                        .addUserMessageOfContentBlockParams(
                                                List.of(
                                                        ContentBlockParam.ofToolResult(
                                                                ToolResultBlockParam.builder()
                                                                        .toolUseId("call_1")
                                                                        .content("雪")
                                                                        .build())))
                                        .build())) {
            assertThat(stream.stream().count()).isPositive();
        }
        List<dev.torii.model.llm.Message> history = received().messages();
        assertThat(history.get(1).parts())
                .containsExactly(
                        new Part.Thinking("考える", false, FOREIGN), new Part.Text("調べます"), CALL);
        assertThat(history.get(2).parts())
                .containsExactly(
                        new Part.ToolResult(
                                "call_1", null, List.of(new Part.Text("雪")), false, null));
    }

    @Test
    void takesAWholeAnswer() throws Exception {
        byte[] answer =
                new AnthropicClientDialect()
                        .writeAnswer(
                                new LlmAnswer(
                                        "chatcmpl-1",
                                        1,
                                        "m",
                                        List.of(
                                                new LlmAnswer.Choice(
                                                        0,
                                                        List.of(new Part.Text("やあ"), CALL),
                                                        Finish.of(Finish.Kind.STOP))),
                                        USAGE),
                                new AnthropicClientDialect()
                                        .readRequest(
                                                (ObjectNode)
                                                        Json.parse(
                                                                "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}")));
        server.enqueue(FakeUpstream.json(200, new String(answer, StandardCharsets.UTF_8)));
        Message message = sdk.messages().create(question().build());
        assertThat(message.validate().content()).hasSize(3);
        assertThat(message.usage().inputTokens()).isEqualTo(3);
        assertThat(message.usage().cacheReadInputTokens()).contains(3600L);
        assertThat(message.usage().cacheCreationInputTokens()).contains(12L);
        assertThat(message.usage().cacheCreation().orElseThrow().ephemeral5mInputTokens())
                .isEqualTo(12);
        assertThat(message.stopReason()).contains(StopReason.TOOL_USE);
    }

    @Test
    void throwsWhatItThrowsAtAnthropicsErrors() {
        var client = new AnthropicClientDialect();
        for (LlmError.Kind kind : LlmError.Kind.values()) {
            var error = new LlmError(kind, 500, "why", null, null);
            server.enqueue(
                    FakeUpstream.json(
                            client.status(error),
                            new String(client.writeError(error), StandardCharsets.UTF_8)));
            assertThatThrownBy(() -> sdk.messages().create(question().build()))
                    .isInstanceOfSatisfying(
                            AnthropicServiceException.class,
                            thrown -> {
                                assertThat(thrown.statusCode()).isEqualTo(client.status(error));
                                assertThat(thrown.apiMessage().orElseThrow()).endsWith("why");
                                assertThat(thrown.type()).isPresent();
                            });
        }
    }

    @Test
    void throwsWhereAStreamFails() {
        server.enqueue(
                FakeUpstream.stream(
                        AnthropicStreamTest.written(
                                new StreamEvent.Start("1", "m", 1),
                                new StreamEvent.PartStart(0, 0, new Opening.Text()),
                                new StreamEvent.PartDelta(0, 0, "a"),
                                new StreamEvent.Failed(
                                        new LlmError(
                                                LlmError.Kind.OVERLOADED,
                                                200,
                                                "Overloaded",
                                                null,
                                                null)),
                                new StreamEvent.Ended())));
        assertThatThrownBy(this::streamed).hasMessageContaining("Overloaded");
    }
}
