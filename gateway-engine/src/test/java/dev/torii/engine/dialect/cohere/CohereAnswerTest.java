package dev.torii.engine.dialect.cohere;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.TokenUsage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Cohere's answers, streams and refusals mean.
class CohereAnswerTest {

    private static final String USAGE =
            """
            "usage":{"billed_units":{"input_tokens":98,"output_tokens":35},
            "tokens":{"input_tokens":1508,"output_tokens":67,"reasoning_tokens":28},"cached_tokens":1472}\
            """;

    private final CohereDialect dialect = new CohereDialect();

    private LlmAnswer read(String body) throws Exception {
        return dialect.readAnswer(body.getBytes(UTF_8));
    }

    private static String events(String... data) {
        StringBuilder events = new StringBuilder();
        for (String one : data) {
            events.append("event: x\ndata: ").append(one.replace("\n", "")).append("\n\n");
        }
        return events.toString();
    }

    @Test
    void streamsWhatTheWholeAnswerSays() throws Exception {
        LlmAnswer whole =
                read(
                        """
                        {"id":"i","message":{"role":"assistant","tool_plan":"計画","content":[
                          {"type":"thinking","thinking":"hm"},{"type":"text","text":"日本"}],
                          "tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\\"x\\":1}"}},
                          {"id":"c2","type":"function","function":{"name":"g","arguments":""}}]},
                         "finish_reason":"TOOL_CALL",%s}\
                        """
                                .formatted(USAGE));
        StreamGrammar stream =
                StreamGrammar.readHoweverCut(
                        CohereEventReader::new,
                        events(
                                        "{\"id\":\"i\",\"type\":\"message-start\",\"delta\":{\"message\":{\"role\":\"assistant\"}}}",
                                        "{\"type\":\"tool-plan-delta\",\"delta\":{\"message\":{\"tool_plan\":\"計\"}}}",
                                        "{\"type\":\"tool-plan-delta\",\"delta\":{\"message\":{\"tool_plan\":\"画\"}}}",
                                        "{\"type\":\"content-start\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"type\":\"thinking\",\"thinking\":\"\"}}}}",
                                        "{\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"thinking\":\"hm\"}}}}",
                                        "{\"type\":\"content-end\",\"index\":0}",
                                        "{\"type\":\"content-start\",\"index\":1,\"delta\":{\"message\":{\"content\":{\"type\":\"text\",\"text\":\"\"}}}}",
                                        "{\"type\":\"content-delta\",\"index\":1,\"delta\":{\"message\":{\"content\":{\"text\":\"日\"}}}}",
                                        "{\"type\":\"citation-start\",\"index\":0,\"delta\":{\"message\":{\"citations\":{\"text\":\"日\"}}}}",
                                        "{\"type\":\"citation-end\",\"index\":0}",
                                        "{\"type\":\"content-delta\",\"index\":1,\"delta\":{\"message\":{\"content\":{\"text\":\"本\"}}}}",
                                        "{\"type\":\"content-end\",\"index\":1}",
                                        "{\"type\":\"tool-call-start\",\"index\":0,\"delta\":{\"message\":{\"tool_calls\":{\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}}}}",
                                        "{\"type\":\"tool-call-delta\",\"index\":0,\"delta\":{\"message\":{\"tool_calls\":{\"function\":{\"arguments\":\"{\\\"x\\\":\"}}}}}",
                                        "{\"type\":\"tool-call-delta\",\"index\":0,\"delta\":{\"message\":{\"tool_calls\":{\"function\":{\"arguments\":\"1}\"}}}}}",
                                        "{\"type\":\"tool-call-end\",\"index\":0}",
                                        "{\"type\":\"tool-call-start\",\"index\":1,\"delta\":{\"message\":{\"tool_calls\":{\"id\":\"c2\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}}}}",
                                        "{\"type\":\"tool-call-end\",\"index\":1}",
                                        "{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"TOOL_CALL\","
                                                + USAGE
                                                + "}}")
                                + "data: [DONE]\n\n");
        assertThat(stream.answer()).isEqualTo(whole);
        assertThat(whole.choices().getFirst().parts())
                .containsExactly(
                        new Part.Thinking("計画", true, null),
                        new Part.Thinking("hm", false, null),
                        new Part.Text("日本"),
                        new Part.ToolCall("c1", "f", "{\"x\":1}", false, null),
                        new Part.ToolCall("c2", "g", "{}", false, null));
        assertThat(whole.usage())
                .isEqualTo(new TokenUsage(98, 0, 0, 35, 28, TokenUsage.Source.FINAL));
    }

    @Test
    void countsTokensWhereNothingIsBilled() throws Exception {
        LlmAnswer answer =
                read(
                        """
                        {"message":{"content":"a"},"usage":{"tokens":{"input_tokens":34,"output_tokens":70,
                        "reasoning_tokens":9,"image_tokens":259},"cached_tokens":30}}\
                        """);
        assertThat(answer.usage())
                .isEqualTo(new TokenUsage(263, 30, 0, 70, 9, TokenUsage.Source.FINAL));
        assertThat(read("{\"message\":{\"content\":\"a\"}}").usage()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETE,STOP",
        "STOP_SEQUENCE,STOP_SEQUENCE",
        "MAX_TOKENS,LENGTH",
        "TOOL_CALL,TOOL_CALLS",
        "ERROR,ERROR",
        "TIMEOUT,ERROR",
        "ERROR_TOXIC,CONTENT_FILTER",
        "ERROR_LIMIT,CONTEXT_FULL",
        "SOMETHING,UNKNOWN"
    })
    void saysWhyAnAnswerEnded(String reason, Finish.Kind kind) throws Exception {
        LlmAnswer answer =
                read("{\"message\":{\"content\":\"a\"},\"finish_reason\":\"" + reason + "\"}");
        assertThat(answer.choices().getFirst().finish().kind()).isEqualTo(kind);
    }

    @Test
    void citesWhatIsOnTheWeb() throws Exception {
        LlmAnswer answer =
                read(
                        """
                        {"message":{"content":[{"type":"thinking","thinking":"t"},{"type":"text","text":"Ruby"}],
                         "citations":[{"start":0,"end":4,"text":"Ruby","content_index":1,"sources":[
                           {"type":"document","id":"d","document":{"url":"https://example.com","title":"R"}},
                           {"type":"tool","id":"t","tool_output":{"content":"x"}}]}]}}\
                        """);
        List<String> annotations =
                ((Part.Text) answer.choices().getFirst().parts().getLast())
                        .annotations().stream().map(Json::text).toList();
        assertThat(annotations)
                .containsExactly(
                        "{\"type\":\"url_citation\",\"url_citation\":{\"start_index\":0,\"end_index\":4,"
                                + "\"url\":\"https://example.com\",\"title\":\"R\"}}");
    }

    @Test
    void citesWhatIsOnTheWebInAStream() {
        String stream =
                events(
                        "{\"id\":\"i\",\"type\":\"message-start\"}",
                        "{\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"text\":\"Ruby\"}}}}",
                        "{\"type\":\"citation-start\",\"index\":0,\"delta\":{\"message\":{\"citations\":{\"start\":0,\"end\":4,\"sources\":["
                                + "{\"type\":\"document\",\"document\":{\"url\":\"https://example.com\",\"title\":\"R\"}}]}}}}",
                        "{\"type\":\"content-end\",\"index\":0}",
                        "{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"COMPLETE\"}}");
        Part.Text text =
                (Part.Text)
                        StreamGrammar.readHoweverCut(CohereEventReader::new, stream)
                                .answer()
                                .choices()
                                .getFirst()
                                .parts()
                                .getFirst();
        assertThat(text.annotations())
                .extracting(one -> one.at("/url_citation/url").textValue())
                .containsExactly("https://example.com");
    }

    // Row 26.
    @Test
    void failsWhereAStreamIsCut() {
        LlmError error =
                StreamGrammar.read(
                                new CohereEventReader(),
                                events(
                                        "{\"id\":\"i\",\"type\":\"message-start\"}",
                                        "{\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"text\":\"a\"}}}}"))
                        .error();
        assertThat(error.code()).isEqualTo("stream_interrupted");
    }

    // Row 27.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"ERROR\",\"error\":\"broken\"}}",
                "{\"id\":\"i\",\"message\":\"broken\"}"
            })
    void failsWhereAStreamSaysSo(String event) {
        LlmError error =
                StreamGrammar.read(
                                new CohereEventReader(),
                                events("{\"id\":\"i\",\"type\":\"message-start\"}", event))
                        .error();
        assertThat(error.kind()).isEqualTo(LlmError.Kind.SERVER);
        assertThat(error.message()).isEqualTo("broken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{\"text\":\"v1\"}", "{\"message\":"})
    void doesNotReadGarbage(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(UnreadableAnswerException.class);
        assertThat(StreamGrammar.read(new CohereEventReader(), body).error().kind())
                .isEqualTo(LlmError.Kind.SERVER);
    }

    @ParameterizedTest
    @CsvSource({
        "400,invalid request: message must be at least 1 token long,INVALID",
        "400,too many tokens: size limit exceeded,CONTEXT",
        "401,invalid api token,AUTH",
        "402,Please add or update your payment method,BILLING",
        "404,model 'x' not found,NOT_FOUND",
        "422,invalid type,INVALID",
        "429,Please wait and try again later,RATE_LIMIT",
        "429,You are using a Trial key which is limited to 1000 API calls / month,QUOTA",
        "498,invalid token,AUTH",
        "499,request is cancelled,TIMEOUT",
        "500,internal server error,SERVER",
        "503,overloaded,OVERLOADED",
        "504,timed out,TIMEOUT"
    })
    void namesRefusals(int status, String message, LlmError.Kind kind) {
        LlmError error =
                dialect.readError(
                        status, ("{\"id\":\"i\",\"message\":\"" + message + "\"}").getBytes(UTF_8));
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.message()).isEqualTo(message);
    }

    @Test
    void saysSomethingWhereARefusalSaysNothing() {
        assertThat(dialect.readError(502, "<html>".getBytes(UTF_8)).message())
                .isEqualTo("the provider answered 502 and gave no reason");
    }
}
