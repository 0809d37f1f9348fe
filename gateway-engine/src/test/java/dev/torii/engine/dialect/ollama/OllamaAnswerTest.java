package dev.torii.engine.dialect.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.TokenUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Ollama's answers, streams and refusals mean.
class OllamaAnswerTest {

    private static final String HEAD =
            "\"model\":\"qwen3\",\"created_at\":\"2026-08-07T06:08:09.335586Z\"";

    private final ProviderDialect dialect = OllamaDialect.CHAT;

    private LlmAnswer read(String body) throws Exception {
        return dialect.readAnswer(body.getBytes(UTF_8));
    }

    @Test
    void streamsWhatTheWholeAnswerSays() throws Exception {
        String calls =
                """
                "tool_calls":[{"function":{"name":"f","arguments":{"city":"東京","n":1.50}}},
                {"id":"call_x","function":{"index":1,"name":"g","arguments":{}}}]\
                """
                        .replace("\n", "");
        String end =
                "\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":292,\"eval_count\":143";
        LlmAnswer whole =
                read(
                        "{%s,\"message\":{\"role\":\"assistant\",\"content\":\"日本\",\"thinking\":\"hm…\",%s},%s}"
                                .formatted(HEAD, calls, end));
        StreamGrammar stream =
                StreamGrammar.readHoweverCut(
                        OllamaEventReader::new,
                        String.join(
                                "\n",
                                "{%s,\"message\":{\"content\":\"\",\"thinking\":\"hm\"},\"done\":false}"
                                        .formatted(HEAD),
                                "{%s,\"message\":{\"content\":\"\",\"thinking\":\"…\"},\"done\":false}"
                                        .formatted(HEAD),
                                "{%s,\"message\":{\"content\":\"日\"},\"done\":false}"
                                        .formatted(HEAD),
                                "{%s,\"message\":{\"content\":\"本\"},\"done\":false}"
                                        .formatted(HEAD),
                                "{%s,\"message\":{\"content\":\"\",%s},\"done\":false}"
                                        .formatted(HEAD, calls),
                                "{%s,\"message\":{\"content\":\"\"},%s}".formatted(HEAD, end)));
        assertThat(stream.answer()).isEqualTo(whole);
        assertThat(whole.created()).isEqualTo(1786082889);
        assertThat(whole.model()).isEqualTo("qwen3");
        assertThat(whole.usage())
                .isEqualTo(new TokenUsage(292, 0, 0, 143, 0, TokenUsage.Source.FINAL));
        LlmAnswer.Choice choice = whole.choices().getFirst();
        assertThat(choice.finish().kind()).isEqualTo(Finish.Kind.TOOL_CALLS);
        assertThat(choice.parts()).hasSize(4);
        Part.ToolCall first = (Part.ToolCall) choice.parts().get(2);
        assertThat(first.arguments()).isEqualTo("{\"city\":\"東京\",\"n\":1.50}");
        assertThat(first.id()).matches("call_[0-9a-f]{24}");
        assertThat(choice.parts().get(3))
                .isEqualTo(new Part.ToolCall("call_x", "g", "{}", false, null));
    }

    @Test
    void givesEachCallAnIdOfItsOwn() throws Exception {
        LlmAnswer answer =
                read(
                        "{%s,\"message\":{\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":{}}},{\"function\":{\"name\":\"f\",\"arguments\":{}}}]}}"
                                .formatted(HEAD));
        assertThat(
                        answer.choices().getFirst().parts().stream()
                                .map(part -> ((Part.ToolCall) part).id())
                                .distinct())
                .hasSize(2);
        assertThat(answer.usage()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"stop,STOP", "length,LENGTH", "load,ERROR", "unload,ERROR", "other,UNKNOWN"})
    void saysWhyAnAnswerEnded(String reason, Finish.Kind kind) throws Exception {
        LlmAnswer answer =
                read("{\"message\":{\"content\":\"a\"},\"done_reason\":\"" + reason + "\"}");
        assertThat(answer.choices().getFirst().finish().kind()).isEqualTo(kind);
    }

    // Row 26.
    @Test
    void failsWhereAStreamIsCutOrSaysSo() {
        String start = "{" + HEAD + ",\"message\":{\"content\":\"a\"},\"done\":false}\n";
        assertThat(StreamGrammar.read(new OllamaEventReader(), start).error().code())
                .isEqualTo("stream_interrupted");
        LlmError error =
                StreamGrammar.read(
                                new OllamaEventReader(),
                                start + "{\"error\":\"model runner has unexpectedly stopped\"}\n")
                        .error();
        assertThat(error.kind()).isEqualTo(LlmError.Kind.SERVER);
        assertThat(error.message()).isEqualTo("model runner has unexpectedly stopped");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{\"message\":\"text\"}", "{\"message\":"})
    void doesNotReadGarbage(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(UnreadableAnswerException.class);
        assertThatThrownBy(() -> OllamaDialect.GENERATE.readAnswer(body.getBytes(UTF_8)))
                .isInstanceOf(UnreadableAnswerException.class);
        assertThat(StreamGrammar.read(new OllamaEventReader(), body).error().kind())
                .isEqualTo(LlmError.Kind.SERVER);
    }

    @ParameterizedTest
    @CsvSource({
        "400,registry.ollama.ai/library/gemma does not support tools,INVALID",
        "400,prompt too long; exceeded max context length,CONTEXT",
        "401,unauthorized,AUTH",
        "404,model 'x' not found,NOT_FOUND",
        "429,too many requests,RATE_LIMIT",
        "500,llama runner process has terminated,SERVER",
        "503,server busy please try again. maximum pending requests exceeded,OVERLOADED"
    })
    void namesRefusals(int status, String message, LlmError.Kind kind) {
        LlmError error =
                dialect.readError(status, ("{\"error\":\"" + message + "\"}").getBytes(UTF_8));
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.message()).isEqualTo(message);
    }

    @Test
    void readsRefusalsThatAreNoJson() {
        assertThat(dialect.readError(404, "404 page not found".getBytes(UTF_8)).message())
                .isEqualTo("404 page not found");
    }
}
