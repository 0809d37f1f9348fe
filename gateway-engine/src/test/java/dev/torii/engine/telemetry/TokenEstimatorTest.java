package dev.torii.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.dialect.ClientDialects;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.exchange.ClientCall;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.Operation;
import dev.torii.model.llm.RouteType;
import dev.torii.model.llm.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenEstimatorTest {

    private static @Nullable TokenUsage estimated(String model, String json, String answer) {
        var target =
                new LlmTarget("openai", model, RouteType.CHAT, Json.object(), null, null, null);
        var client =
                new ClientCall(
                        ClientDialects.installed().named("openai"), Operation.CHAT, null, false);
        var body = new LlmBody(json.getBytes(StandardCharsets.UTF_8));
        var call = new LlmCall(target, client, body, false, false, false, false);
        call.answer(() -> answer);
        return TokenEstimator.estimate(model, call);
    }

    private static TokenUsage estimate(String model, String json, String answer) {
        return Objects.requireNonNull(estimated(model, json, answer));
    }

    // The counts of the publisher's own tokenizer for these texts.
    @ParameterizedTest
    @CsvSource({
        "gpt-4, 'tiktoken is great!', 6",
        "gpt-4o, 'tiktoken is great!', 6",
        "gpt-4, 'お誕生日おめでとう', 9",
        "gpt-4o, 'お誕生日おめでとう', 8",
        "gpt-3.5-turbo, '2 + 2 = 4', 7",
        "o3-mini, 'antidisestablishmentarianism', 6",
        "gpt-5.2, 'hello world', 2",
        "some-local-model, 'hello world', 2",
    })
    void countsAnswers(String model, String text, long tokens) {
        String prompt = Json.text(Map.of("prompt", text));

        assertThat(estimate(model, prompt, text).completionTokens()).isEqualTo(tokens);
        assertThat(estimate(model, prompt, text).promptTokens()).isEqualTo(tokens);
        assertThat(estimate(model, prompt, text).estimated()).isTrue();
    }

    @Test
    void countsTheFramingOfAChat() {
        // The example of the publisher's cookbook, for which the service itself counted 129.
        String json =
                """
                {"messages": [
                  {"role": "system", "content": "You are a helpful, pattern-following assistant that translates corporate jargon into plain English."},
                  {"role": "system", "name": "example_user", "content": "New synergies will help drive top-line growth."},
                  {"role": "system", "name": "example_assistant", "content": "Things working well together will increase revenue."},
                  {"role": "system", "name": "example_user", "content": "Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage."},
                  {"role": "system", "name": "example_assistant", "content": "Let's talk later when we're less busy about how to do better."},
                  {"role": "user", "content": "This late pivot means we don't have time to boil the ocean for the client deliverable."}]}
                """;

        assertThat(estimate("gpt-4-0613", json, "").promptTokens()).isEqualTo(129);
        assertThat(estimate("gpt-4o", json, "").promptTokens()).isEqualTo(124);
    }

    @Test
    void countsTextPartsAndToolCallsAndNoPictures() {
        long plain =
                estimate(
                                "gpt-4o",
                                """
                                {"messages":[{"role":"user","content":"hello world"}]}\
                                """,
                                "")
                        .promptTokens();
        long parts =
                estimate(
                                "gpt-4o",
                                """
                                {"messages":[{"role":"user","content":[
                                  {"type":"text","text":"hello world"},
                                  {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]}\
                                """,
                                "")
                        .promptTokens();
        long calls =
                estimate(
                                "gpt-4o",
                                """
                                {"messages":[{"role":"assistant","content":"hello world","tool_calls":[
                                  {"function":{"name":"hello","arguments":"hello world"}}]}]}\
                                """,
                                "")
                        .promptTokens();

        assertThat(parts).isEqualTo(plain);
        assertThat(calls).isEqualTo(plain + 3 + 6);
    }

    @Test
    void aTextThatSpellsAControlTokenIsText() {
        assertThat(estimate("gpt-4o", "{\"prompt\":\"x\"}", "<|endoftext|>").completionTokens())
                .isGreaterThan(1);
    }

    @Test
    void longTextsAreCountedWhole() {
        String text = "hello world ".repeat(20_000);

        assertThat(estimate("gpt-4", "{\"prompt\":\"x\"}", text).completionTokens())
                .isBetween(40_000L, 40_020L);
    }

    @Test
    void doesNotGuessAtABodyOfAnotherKind() {
        assertThat(estimated("gpt-4o", "not json", "hi")).isNull();
        assertThat(estimated("gpt-4o", "{\"file\":\"x\"}", "hi")).isNull();
    }

    @Test
    void countsWhatIsToBeEmbedded() {
        assertThat(estimate("gpt-4o", "{\"input\":\"hello world\"}", "").promptTokens())
                .isEqualTo(2);
        assertThat(estimate("gpt-4o", "{\"input\":[\"hello world\",[1,2,3]]}", "").promptTokens())
                .isEqualTo(5);
    }

    // Row 39. What the vendors count for this question; Anthropic and Google when asked to.
    @Test
    void anEstimateIsNearWhatTheVendorCounts() throws Exception {
        String question = "What is the capital of France?";
        String messages =
                "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(question);
        String contents =
                "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"%s\"}]}]}"
                        .formatted(question);

        assertThat(count("openai", "gpt-4o", messages)).isEqualTo(14);
        assertThat(count("anthropic", "claude-haiku-4-5", messages)).isBetween(13L, 16L);
        assertThat(count("gemini", "gemini-3.5-flash", contents)).isEqualTo(8);
    }

    // Row 39. Claude is told how tools are used; a count without that is a tenth of the truth.
    @Test
    void countsWhatAVendorTellsItsModelOfTools() throws Exception {
        String messages =
                """
                {"messages": [{"role": "user", "content": "How warm is it in Kyoto?"}], "tools": [
                  {"name": "weather", "input_schema": {"type": "object", "properties": {}}}]}\
                """;

        assertThat(count("anthropic", "claude-sonnet-4-5", messages)).isBetween(360L, 400L);
        assertThat(count("anthropic", "gpt-4o", messages)).isBetween(30L, 50L);
    }

    @Test
    void countsEachPropertyOfATool() throws Exception {
        String plain = tool("{\"type\":\"object\",\"properties\":{}}");
        String property =
                tool("{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}");
        String choices =
                tool(
                        """
                        {"type": "object", "properties": {"city": {"type": "string", "enum": ["A", "B"]}}}\
                        """);
        String nested =
                tool(
                        """
                        {"type": "object", "properties": {"list": {"type": "array", "items":
                          {"type": "object", "properties": {"city": {"type": "string"}}}}}}\
                        """);

        long none = count("openai", "gpt-4o", plain);
        // "city:string:" is three tokens.
        assertThat(count("openai", "gpt-4o", property)).isEqualTo(none + 3 + 3 + 3);
        assertThat(count("openai", "gpt-4o", choices))
                .isEqualTo(none + 3 + 3 + 3 - 3 + 2 * (3 + 1));
        assertThat(count("openai", "gpt-4o", nested)).isEqualTo(none + 2 * (3 + 3) + 3 + 4);
    }

    private static String tool(String parameters) {
        return """
        {"messages": [{"role": "user", "content": "hi"}], "tools": [{"type": "function",
          "function": {"name": "look", "parameters": %s}}]}\
        """
                .formatted(parameters);
    }

    private static long count(String dialect, String model, String json) throws UnsayableException {
        return TokenEstimator.count(
                model,
                ClientDialects.installed()
                        .named(dialect)
                        .readRequest(
                                Objects.requireNonNull(
                                        Json.parseObjectOrNull(
                                                json.getBytes(StandardCharsets.UTF_8)))));
    }
}
