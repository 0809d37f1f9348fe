package dev.torii.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenEstimatorTest {

    private final TokenEstimator estimator = new TokenEstimator();

    private static LlmBody request(String json) {
        return new LlmBody(json.getBytes(StandardCharsets.UTF_8));
    }

    private TokenUsage estimate(String model, String json, String answer) {
        return Objects.requireNonNull(estimator.estimate(model, request(json), answer));
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
                                {"messages":[{"role":"user","content":"hello world","tool_calls":[
                                  {"function":{"name":"hello","arguments":"hello world"}}]}]}\
                                """,
                                "")
                        .promptTokens();

        assertThat(parts).isEqualTo(plain);
        assertThat(calls).isEqualTo(plain + 3);
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
        assertThat(estimator.estimate("gpt-4o", request("not json"), "hi")).isNull();
        assertThat(estimator.estimate("gpt-4o", request("{\"file\":\"x\"}"), "hi")).isNull();
    }

    @Test
    void countsWhatIsToBeEmbedded() {
        assertThat(estimate("gpt-4o", "{\"input\":\"hello world\"}", "").promptTokens())
                .isEqualTo(2);
        assertThat(estimate("gpt-4o", "{\"input\":[\"hello world\",[1,2,3]]}", "").promptTokens())
                .isEqualTo(5);
    }
}
