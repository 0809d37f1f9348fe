package dev.torii.engine.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.genai.Client;
import com.google.genai.errors.ApiException;
import com.google.genai.errors.ClientException;
import com.google.genai.types.Content;
import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.Part;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Google's own SDK has other vendors' models use a tool, through the whole gateway.
class GoogleSdkIT extends SdkBench {

    @SuppressWarnings("NullAway.Init") // each test starts its own
    private Client sdk;

    private void start(Vendor vendor) throws Exception {
        sdk = Sdks.google(gateway.to(vendor, upstream));
    }

    @AfterEach
    void stop() {
        sdk.close();
    }

    static GenerateContentConfig config() {
        return GenerateContentConfig.builder()
                .systemInstruction(Content.fromParts(Part.fromText(Vendor.SYSTEM)))
                .thinkingConfig(ThinkingConfig.builder().includeThoughts(true).thinkingBudget(2048))
                .maxOutputTokens(8192)
                .tools(
                        Tool.builder()
                                .functionDeclarations(
                                        FunctionDeclaration.builder()
                                                .name("weather")
                                                .parametersJsonSchema(
                                                        Map.of(
                                                                "type",
                                                                "object",
                                                                "properties",
                                                                Map.of(
                                                                        "city",
                                                                        Map.of(
                                                                                "type",
                                                                                "string"))))))
                .build();
    }

    static Content user(Part part) {
        return Content.builder().role("user").parts(part).build();
    }

    static List<GenerateContentResponse> streamed(
            Client sdk, String model, List<Content> contents) {
        List<GenerateContentResponse> chunks = new ArrayList<>();
        try (var stream = sdk.models.generateContentStream(model, contents, config())) {
            stream.forEach(chunks::add);
        }
        return chunks;
    }

    static List<Part> parts(List<GenerateContentResponse> chunks) {
        return chunks.stream()
                .flatMap(chunk -> chunk.candidates().orElse(List.of()).stream())
                .flatMap(candidate -> candidate.content().stream())
                .flatMap(content -> content.parts().orElse(List.of()).stream())
                .toList();
    }

    static String text(List<Part> parts, boolean thought) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part.thought().orElse(false) == thought) {
                text.append(part.text().orElse(""));
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "DEEPSEEK", "ANTHROPIC", "BEDROCK"})
    void generatesWithATool(Vendor vendor) throws Exception {
        start(vendor);
        upstream.enqueue(vendor.call());
        Content question = user(Part.fromText(Vendor.QUESTION));
        List<GenerateContentResponse> first = streamed(sdk, vendor.model(), List.of(question));

        List<Part> parts = parts(first);
        boolean thinks = vendor == Vendor.DEEPSEEK || vendor == Vendor.ANTHROPIC;
        assertThat(text(parts, true)).isEqualTo(thinks ? Vendor.THOUGHT : "");
        assertThat(text(parts, false)).isEqualTo(Vendor.SAID);
        List<FunctionCall> calls =
                parts.stream().flatMap(part -> part.functionCall().stream()).toList();
        assertThat(calls).hasSize(1);
        FunctionCall call = calls.getFirst();
        assertThat(call.name()).contains("weather");
        assertThat(call.args().orElseThrow()).isEqualTo(Map.of("city", "札幌"));
        GenerateContentResponse end = first.getLast();
        assertThat(end.finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
        var usage = end.usageMetadata().orElseThrow();
        assertThat(usage.promptTokenCount()).contains(40);
        assertThat(usage.candidatesTokenCount().orElse(0) + usage.thoughtsTokenCount().orElse(0))
                .isEqualTo(21);
        assertThat(usage.totalTokenCount()).contains(61);
        Received asked = upstream.take();
        vendor.checkHeaders(asked, false);
        vendor.asked(asked).isFirst();

        upstream.enqueue(vendor.last());
        List<GenerateContentResponse> second =
                streamed(
                        sdk,
                        vendor.model(),
                        List.of(
                                question,
                                Content.builder().role("model").parts(parts).build(),
                                user(
                                        Part.fromFunctionResponse(
                                                "weather", Map.of("output", Vendor.RESULT)))));
        Received told = upstream.take();
        vendor.asked(told).isSecond();
        if (vendor == Vendor.ANTHROPIC) {
            var thinking =
                    Vendor.element(Json.parse(told.text()).at("/messages/1/content"), "thinking");
            assertThat(thinking.path("thinking").asText()).isEqualTo(Vendor.THOUGHT);
            assertThat(thinking.path("signature").asText()).isEqualTo(Vendor.SIGNATURE);
        }
        assertThat(text(parts(second), false)).isEqualTo(Vendor.ANSWER);
        assertThat(second.getLast().finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
        assertThat(second.getLast().usageMetadata().orElseThrow().totalTokenCount()).contains(75);
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, 401, UNAUTHENTICATED",
        "OPENAI, 429, RESOURCE_EXHAUSTED",
        "ANTHROPIC, 429, RESOURCE_EXHAUSTED",
        "ANTHROPIC, 400, INVALID_ARGUMENT"
    })
    void throwsWhatItThrowsAtGooglesErrors(Vendor vendor, int status, String name)
            throws Exception {
        start(vendor);
        upstream.enqueue(vendor.refusal(status));
        var thrown =
                catchThrowableOfType(
                        ClientException.class,
                        () ->
                                streamed(
                                        sdk,
                                        vendor.model(),
                                        List.of(user(Part.fromText(Vendor.QUESTION)))));
        assertThat(thrown.code()).isEqualTo(status);
        assertThat(thrown.status()).isEqualTo(name);
        assertThat(thrown.message()).contains("slow down");
    }

    /// Row 26. No stream that broke off passes for a whole one.
    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "ANTHROPIC", "BEDROCK"})
    void throwsWhereAStreamBreaks(Vendor vendor) throws Exception {
        start(vendor);
        upstream.enqueue(vendor.cut());
        assertThatThrownBy(() ->
                        streamed(
                                sdk, vendor.model(), List.of(user(Part.fromText(Vendor.QUESTION)))))
                .isInstanceOf(ApiException.class);
    }
}
