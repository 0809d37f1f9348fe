package dev.torii.engine.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.TokenUsage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Anthropic's answers, whole and streamed.
class AnthropicAnswerTest {

    private static final String START =
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[],"stop_reason":null,"usage":{"input_tokens":25,"cache_read_input_tokens":7,"cache_creation_input_tokens":3,"output_tokens":1}}}

            event: ping
            data: {"type": "ping"}

            """;

    private static final String STOP =
            """
            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":15}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    private static String block(int index, String start, String... deltas) {
        StringBuilder events = new StringBuilder();
        events.append(
                event("content_block_start", "\"index\":" + index + ",\"content_block\":" + start));
        for (String delta : deltas) {
            events.append(
                    event("content_block_delta", "\"index\":" + index + ",\"delta\":" + delta));
        }
        return events.append(event("content_block_stop", "\"index\":" + index)).toString();
    }

    private static String event(String type, String fields) {
        return "event: %s\ndata: {\"type\":\"%s\",%s}\n\n".formatted(type, type, fields);
    }

    private static final String THINKING =
            block(
                    0,
                    "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}",
                    "{\"type\":\"thinking_delta\",\"thinking\":\"考\"}",
                    "{\"type\":\"thinking_delta\",\"thinking\":\"える\"}",
                    "{\"type\":\"signature_delta\",\"signature\":\"c2ln/+==\"}");
    private static final String TEXT =
            block(
                    1,
                    "{\"type\":\"text\",\"text\":\"\"}",
                    "{\"type\":\"text_delta\",\"text\":\"はい\"}");
    private static final String CALL =
            block(
                    2,
                    "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"f\",\"input\":{}}",
                    "{\"type\":\"input_json_delta\",\"partial_json\":\"\"}",
                    "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"x\\\": \"}",
                    "{\"type\":\"input_json_delta\",\"partial_json\":\"\\\"é\\\"}\"}");
    private static final String BARE_CALL =
            block(3, "{\"type\":\"tool_use\",\"id\":\"toolu_2\",\"name\":\"g\",\"input\":{}}");

    private static StreamGrammar read(String stream) {
        return StreamGrammar.readHoweverCut(AnthropicEventReader::new, stream);
    }

    @Test
    void readsAStreamHoweverItIsCut() {
        LlmAnswer answer = read(START + THINKING + TEXT + CALL + BARE_CALL + STOP).answer();

        assertThat(answer.id()).isEqualTo("msg_1");
        assertThat(answer.model()).isEqualTo("claude-x");
        assertThat(answer.choices())
                .containsExactly(
                        new LlmAnswer.Choice(
                                0,
                                List.of(
                                        new Part.Thinking(
                                                "考える",
                                                false,
                                                new Seal(
                                                        Seal.Kind.SIGNATURE,
                                                        "anthropic",
                                                        "c2ln/+==")),
                                        new Part.Text("はい"),
                                        new Part.ToolCall(
                                                "toolu_1", "f", "{\"x\": \"é\"}", false, null),
                                        new Part.ToolCall("toolu_2", "g", "{}", false, null)),
                                Finish.of(Finish.Kind.TOOL_CALLS)));
        assertThat(answer.usage())
                .isEqualTo(new TokenUsage(25, 7, 3, 15, 0, TokenUsage.Source.FINAL));
    }

    @Test
    void takesTheLastWordOnUsageAndAddsNothing() {
        String late =
                STOP.replace(
                        "{\"output_tokens\":15}",
                        "{\"input_tokens\":2,\"cache_read_input_tokens\":3600,\"output_tokens\":15}");
        assertThat(read(START + TEXT + late).answer().usage())
                .isEqualTo(new TokenUsage(2, 3600, 3, 15, 0, TokenUsage.Source.FINAL));
    }

    @Test
    void readsThoughtsThatOnlyAnthropicCanRead() {
        String redacted = block(0, "{\"type\":\"redacted_thinking\",\"data\":\"ZW5jcnlwdGVk\"}");
        assertThat(read(START + redacted + STOP).answer().choices().getFirst().parts())
                .containsExactly(
                        new Part.Thinking(
                                "",
                                false,
                                new Seal(Seal.Kind.ENCRYPTED, "anthropic", "ZW5jcnlwdGVk")));
    }

    @Test
    void readsARefusalWithoutASingleBlock() {
        String refusal = STOP.replace("tool_use", "refusal");
        assertThat(read(START + refusal).answer().choices())
                .containsExactly(
                        new LlmAnswer.Choice(0, List.of(), Finish.of(Finish.Kind.REFUSAL)));
    }

    @Test
    void passesOverBlocksOfAnthropicsOwnTools() {
        String search =
                block(
                        1,
                        "{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{}}",
                        "{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}");
        assertThat(read(START + THINKING + search + TEXT + STOP).answer().choices())
                .singleElement()
                .satisfies(choice -> assertThat(choice.parts()).hasSize(2));
    }

    @Test
    void failsWhereAnErrorComesInTheMiddle() {
        StreamGrammar stream =
                read(
                        START
                                + TEXT
                                + event(
                                        "error",
                                        "\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}"));
        assertThat(stream.error().kind()).isEqualTo(LlmError.Kind.OVERLOADED);
        assertThat(stream.error().message()).isEqualTo("Overloaded");
        assertThat(stream.answer().choices()).isEmpty();
    }

    /// Row 26. Who says nothing of what went wrong is not told that the client was wrong.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"error\":{\"type\":\"something_new\",\"message\":\"oops\"}",
                "\"error\":{\"message\":\"oops\"}",
                "\"error\":null"
            })
    void takesAnErrorOfNoKnownKindForTheServers(String error) {
        assertThat(read(START + TEXT + event("error", error)).error().kind())
                .isEqualTo(LlmError.Kind.SERVER);
    }

    @Test
    void failsWhereAStreamStopsInTheMiddle() {
        StreamGrammar stream = read(START + THINKING);
        assertThat(stream.error().message())
                .isEqualTo("the upstream ended before the answer was complete");
        assertThat(read("").error()).isNotNull();
    }

    @Test
    void beginsOnceAndSaysThatTheProviderIsThere() {
        List<StreamEvent> events =
                StreamGrammar.read(new AnthropicEventReader(), START + START + TEXT + STOP)
                        .events();
        assertThat(events).filteredOn(StreamEvent.Start.class::isInstance).hasSize(1);
        assertThat(events).filteredOn(StreamEvent.Tick.class::isInstance).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn,STOP",
        "max_tokens,LENGTH",
        "stop_sequence,STOP_SEQUENCE",
        "tool_use,TOOL_CALLS",
        "pause_turn,PAUSE",
        "refusal,REFUSAL",
        "model_context_window_exceeded,CONTEXT_FULL",
        "something_new,UNKNOWN"
    })
    void readsAWholeAnswer(String reason, Finish.Kind kind) throws Exception {
        LlmAnswer answer =
                new AnthropicDialect()
                        .readAnswer(
                                """
                                {"id":"msg_1","type":"message","model":"claude-x","content":[
                                  {"type":"text","text":"see","citations":[{"type":"web_search_result_location","url":"https://a.example","title":"A"}]},
                                  {"type":"tool_use","id":"t","name":"f","input":{"b":1.50,"a":"é"}}],
                                 "stop_reason":"%s","stop_sequence":null,
                                 "usage":{"input_tokens":3,"output_tokens":550,"cache_creation_input_tokens":12304,
                                   "cache_creation":{"ephemeral_5m_input_tokens":12304,"ephemeral_1h_input_tokens":0}}}\
                                """
                                        .formatted(reason)
                                        .getBytes(UTF_8));
        LlmAnswer.Choice choice = answer.choices().getFirst();
        assertThat(choice.finish().kind()).isEqualTo(kind);
        assertThat(choice.parts().get(1))
                .isEqualTo(new Part.ToolCall("t", "f", "{\"b\":1.50,\"a\":\"é\"}", false, null));
        assertThat(
                        ((Part.Text) choice.parts().getFirst())
                                .annotations()
                                .getFirst()
                                .at("/url_citation/url")
                                .textValue())
                .isEqualTo("https://a.example");
        assertThat(answer.usage())
                .isEqualTo(new TokenUsage(3, 0, 12304, 550, 0, TokenUsage.Source.FINAL));
    }

    @Test
    void readsWhereAStreamedTextWasFound() {
        String cited =
                block(
                        1,
                        "{\"type\":\"text\",\"text\":\"\"}",
                        "{\"type\":\"text_delta\",\"text\":\"see\"}",
                        "{\"type\":\"citations_delta\",\"citation\":{\"type\":\"web_search_result_location\",\"url\":\"https://a.example\",\"title\":\"A\"}}",
                        "{\"type\":\"citations_delta\",\"citation\":{\"type\":\"char_location\"}}");
        Part.Text text =
                (Part.Text)
                        read(START + cited + STOP).answer().choices().getFirst().parts().getFirst();
        assertThat(text.annotations())
                .extracting(one -> one.at("/url_citation/url").textValue())
                .containsExactly("https://a.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"<html>|", "[]|", "{\"type\":\"message\"}|", "''|"})
    void refusesWhatIsNoMessage(String body) {
        assertThatThrownBy(() -> new AnthropicDialect().readAnswer(body.getBytes(UTF_8)))
                .isInstanceOf(UnreadableAnswerException.class)
                .hasMessage("'content' not in anthropic://llm/v1/chat response");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is too long: 9 > 8\"}} | CONTEXT   | prompt is too long: 9 > 8",
                "400 | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"input length and `max_tokens` exceed context limit: 9 + 8 > 10\"}} | CONTEXT | input length and `max_tokens` exceed context limit: 9 + 8 > 10",
                "400 | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"bad\"}}     | INVALID    | bad",
                "401 | {\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"key\"}}      | AUTH       | key",
                "404 | {\"type\":\"error\",\"error\":{\"type\":\"not_found_error\",\"message\":\"model: x\"}}      | NOT_FOUND  | model: x",
                "429 | {\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow\"}}         | RATE_LIMIT | slow",
                "529 | {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}   | OVERLOADED | Overloaded",
                "500 | {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"oops\"}}                | SERVER     | oops",
                "502 | <html>Bad gateway</html>                                                                    | SERVER     | the provider answered 502 and gave no reason",
                "503 | try later                                                                                   | OVERLOADED | try later",
                "404 | ''                                                                                          | NOT_FOUND  | the provider answered 404 and gave no reason"
            })
    void readsRefusals(int status, String body, LlmError.Kind kind, String message) {
        LlmError error = new AnthropicDialect().readError(status, body.getBytes(UTF_8));
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.message()).isEqualTo(message);
    }
}
