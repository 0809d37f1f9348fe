package dev.torii.engine.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// LangChain4j, which writes OpenAI's and Anthropic's dialects by itself, through the whole
/// gateway.
class LangChainIT extends SdkBench {

    private StreamingChatModel model(String dialect, Vendor vendor) throws Exception {
        return model(dialect, gateway.to(vendor, upstream) + "/v1", vendor.model());
    }

    static StreamingChatModel model(String dialect, String url, String name) {
        return switch (dialect) {
            case "openai" ->
                    OpenAiStreamingChatModel.builder()
                            .baseUrl(url)
                            .apiKey(Sdks.KEY)
                            .modelName(name)
                            .build();
            case "anthropic" ->
                    AnthropicStreamingChatModel.builder()
                            .baseUrl(url)
                            .apiKey(Sdks.KEY)
                            .modelName(name)
                            .maxTokens(4096)
                            .build();
            default -> throw new IllegalArgumentException(dialect);
        };
    }

    static ChatResponse streamed(StreamingChatModel model, List<ChatMessage> messages) {
        var complete = new CompletableFuture<ChatResponse>();
        model.chat(
                ChatRequest.builder()
                        .messages(messages)
                        .toolSpecifications(
                                ToolSpecification.builder()
                                        .name("weather")
                                        .parameters(
                                                JsonObjectSchema.builder()
                                                        .addStringProperty("city")
                                                        .required("city")
                                                        .build())
                                        .build())
                        .build(),
                new StreamingChatResponseHandler() {
                    @Override
                    public void onCompleteResponse(ChatResponse response) {
                        complete.complete(response);
                    }

                    @Override
                    public void onError(Throwable error) {
                        complete.completeExceptionally(error);
                    }
                });
        return complete.join();
    }

    static List<ChatMessage> question() {
        return List.of(SystemMessage.from(Vendor.SYSTEM), UserMessage.from(Vendor.QUESTION));
    }

    @ParameterizedTest
    @CsvSource({
        "openai, MISTRAL, true",
        "openai, ANTHROPIC, false",
        "anthropic, MISTRAL, false",
        "anthropic, ANTHROPIC, true",
        "anthropic, GEMINI, false"
    })
    void chatsWithATool(String dialect, Vendor vendor, boolean own) throws Exception {
        StreamingChatModel model = model(dialect, vendor);
        upstream.enqueue(vendor.call());
        ChatResponse first = streamed(model, question());

        assertThat(first.aiMessage().text()).isEqualTo(Vendor.SAID);
        assertThat(first.aiMessage().toolExecutionRequests()).hasSize(1);
        ToolExecutionRequest call = first.aiMessage().toolExecutionRequests().getFirst();
        assertThat(call.name()).isEqualTo("weather");
        assertThat(Json.parse(call.arguments().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Vendor.ARGUMENTS);
        assertThat(first.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
        assertThat(first.tokenUsage().inputTokenCount()).isEqualTo(40);
        assertThat(first.tokenUsage().outputTokenCount()).isEqualTo(21);
        Received asked = upstream.take();
        vendor.checkHeaders(asked, own);
        vendor.asked(asked).isFirst();

        upstream.enqueue(vendor.last());
        List<ChatMessage> history = new ArrayList<>(question());
        history.add(first.aiMessage());
        history.add(ToolExecutionResultMessage.from(call, Vendor.RESULT));
        ChatResponse second = streamed(model, history);
        vendor.asked(upstream.take()).isSecond();
        assertThat(second.aiMessage().text()).isEqualTo(Vendor.ANSWER);
        assertThat(second.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(second.tokenUsage().totalTokenCount()).isEqualTo(75);
    }

    @ParameterizedTest
    @CsvSource({
        "openai, ANTHROPIC, 401",
        "openai, MISTRAL, 429",
        "openai, ANTHROPIC, 429",
        "anthropic, MISTRAL, 429",
        "anthropic, GEMINI, 400"
    })
    void throwsItsTypedExceptions(String dialect, Vendor vendor, int status) throws Exception {
        StreamingChatModel model = model(dialect, vendor);
        upstream.enqueue(vendor.refusal(status));
        assertThatThrownBy(() -> streamed(model, question()))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(
                        switch (status) {
                            case 401 -> AuthenticationException.class;
                            case 429 -> RateLimitException.class;
                            default -> InvalidRequestException.class;
                        })
                .hasMessageContaining("slow down");
    }

    @Test
    void embeds() throws Exception {
        String url = gateway.to(Vendor.MISTRAL, upstream) + "/v1";
        upstream.enqueue(
                FakeUpstream.json(
                        200,
                        """
                        {"id":"e-1","object":"list","model":"mistral-embed",
                         "data":[{"object":"embedding","index":0,"embedding":[0.5,-0.25]},
                                 {"object":"embedding","index":1,"embedding":[0.125,1]}],
                         "usage":{"prompt_tokens":4,"completion_tokens":0,"total_tokens":4}}\
                        """));
        var model =
                OpenAiEmbeddingModel.builder()
                        .baseUrl(url)
                        .apiKey(Sdks.KEY)
                        .modelName(Vendor.MISTRAL.model())
                        .maxRetries(0)
                        .build();
        var vectors = model.embedAll(List.of(TextSegment.from("雪"), TextSegment.from("雨")));
        assertThat(vectors.content().getFirst().vector()).containsExactly(0.5f, -0.25f);
        assertThat(vectors.content().getLast().vector()).containsExactly(0.125f, 1f);
        assertThat(Objects.requireNonNull(vectors.tokenUsage()).inputTokenCount()).isEqualTo(4);
        Received asked = upstream.take();
        Vendor.MISTRAL.checkHeaders(asked, true);
        assertThat(asked.target()).isEqualTo("/v1/embeddings");
        JsonNode body = Json.parse(asked.text());
        assertThat(Json.text(body.path("input"))).isEqualTo("[\"雪\",\"雨\"]");
        assertThat(body.path("model").asText()).isEqualTo(Vendor.MISTRAL.model());
    }

    /// Row 26. In OpenAI's dialect it reads over an error that comes in a stream.
    @ParameterizedTest
    @EnumSource(names = {"MISTRAL", "GEMINI"})
    void throwsWhereAStreamOfMessagesBreaks(Vendor vendor) throws Exception {
        StreamingChatModel model = model("anthropic", vendor);
        upstream.enqueue(vendor.cut());
        assertThatThrownBy(() -> streamed(model, question()))
                .isInstanceOf(CompletionException.class);
    }
}
