package dev.torii.engine.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.model.json.Json;
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

/// Answers in the words of the Responses, whole and streamed.
class ResponsesAnswerReadTest {

    private static final String USAGE =
            "\"usage\":{\"input_tokens\":30,\"input_tokens_details\":{\"cached_tokens\":20,\"cache_write_tokens\":4},"
                    + "\"output_tokens\":9,\"output_tokens_details\":{\"reasoning_tokens\":5},\"total_tokens\":39}";

    private static final String START =
            event(
                    "response.created",
                    "\"response\":{\"id\":\"resp_1\",\"created_at\":7,\"model\":\"m\",\"status\":\"in_progress\",\"output\":[]}");

    private static String event(String type, String fields) {
        return "event: %s\ndata: {\"type\":\"%s\",%s}\n\n".formatted(type, type, fields);
    }

    private static String added(int index, String item) {
        return event(
                "response.output_item.added", "\"output_index\":" + index + ",\"item\":" + item);
    }

    private static String done(int index, String item) {
        return event(
                "response.output_item.done", "\"output_index\":" + index + ",\"item\":" + item);
    }

    private static String delta(String type, int index, String more, String text) {
        return event(
                "response." + type + ".delta",
                "\"output_index\":" + index + "," + more + "\"delta\":" + Json.text(text));
    }

    private static String end(String type, String fields) {
        return event(
                "response." + type,
                "\"response\":{\"id\":\"resp_1\",\"model\":\"m\",\"status\":\""
                        + type
                        + "\","
                        + fields
                        + "}");
    }

    private static final String COMPLETED = end("completed", "\"output\":[]," + USAGE);

    private static StreamGrammar read(String stream) {
        return StreamGrammar.readHoweverCut(ResponsesEventReader::new, stream);
    }

    private static List<Part> parts(String stream) {
        return read(stream).answer().choices().getFirst().parts();
    }

    private static String call(String id, String name, String arguments) {
        return "{\"type\":\"function_call\",\"id\":\"fc_%s\",\"call_id\":\"%s\",\"name\":\"%s\",\"arguments\":%s}"
                .formatted(id, id, name, Json.text(arguments));
    }

    @Test
    void readsThoughtsTextsAndCalls() {
        LlmAnswer answer =
                read(START
                                + added(
                                        0,
                                        "{\"type\":\"reasoning\",\"id\":\"rs\",\"encrypted_content\":\"early\",\"summary\":[]}")
                                + event(
                                        "response.reasoning_summary_part.added",
                                        "\"output_index\":0,\"summary_index\":0")
                                + delta("reasoning_summary_text", 0, "\"summary_index\":0,", "考え")
                                + event(
                                        "response.reasoning_summary_part.added",
                                        "\"output_index\":0,\"summary_index\":1")
                                + delta("reasoning_summary_text", 0, "\"summary_index\":1,", "more")
                                + done(
                                        0,
                                        "{\"type\":\"reasoning\",\"id\":\"rs\",\"encrypted_content\":\"late/+==\",\"summary\":[]}")
                                + added(1, "{\"type\":\"message\",\"id\":\"msg\",\"content\":[]}")
                                + event(
                                        "response.content_part.added",
                                        "\"output_index\":1,\"content_index\":0,\"part\":{\"type\":\"output_text\",\"text\":\"\"}")
                                + delta("output_text", 1, "\"content_index\":0,", "は")
                                + delta("output_text", 1, "\"content_index\":0,", "い")
                                + done(
                                        1,
                                        "{\"type\":\"message\",\"id\":\"msg\",\"content\":[{\"type\":\"output_text\",\"text\":\"はい\"}]}")
                                + added(2, call("a", "f", ""))
                                + delta("function_call_arguments", 2, "", "{\"x\": ")
                                + delta("function_call_arguments", 2, "", "\"é\"}")
                                + done(2, call("a", "f", "{\"x\": \"é\"}"))
                                + added(
                                        3,
                                        "{\"type\":\"custom_tool_call\",\"id\":\"ctc\",\"call_id\":\"b\",\"name\":\"c\",\"input\":\"\"}")
                                + delta("custom_tool_call_input", 3, "", "free")
                                + done(
                                        3,
                                        "{\"type\":\"custom_tool_call\",\"id\":\"ctc\",\"call_id\":\"b\",\"name\":\"c\",\"input\":\"free\"}")
                                + COMPLETED)
                        .answer();
        assertThat(answer.id()).isEqualTo("resp_1");
        assertThat(answer.created()).isEqualTo(7);
        assertThat(answer.choices())
                .containsExactly(
                        new LlmAnswer.Choice(
                                0,
                                List.of(
                                        new Part.Thinking(
                                                "考え\n\nmore",
                                                true,
                                                new Seal(
                                                        Seal.Kind.ENCRYPTED,
                                                        "openai-responses",
                                                        "late/+==")),
                                        new Part.Text("はい"),
                                        new Part.ToolCall("a", "f", "{\"x\": \"é\"}", false, null),
                                        new Part.ToolCall("b", "c", "free", true, null)),
                                Finish.of(Finish.Kind.TOOL_CALLS)));
        assertThat(answer.usage())
                .isEqualTo(new TokenUsage(6, 20, 4, 9, 5, TokenUsage.Source.FINAL));
    }

    @Test
    void takesWhatComesOnlyWhole() {
        String message =
                "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"a\"},{\"type\":\"refusal\",\"refusal\":\"b\"}]}";
        List<Part> whole = List.of(new Part.Text("a"), new Part.Refusal("b"));
        assertThat(parts(START + done(0, message) + COMPLETED)).isEqualTo(whole);
        assertThat(parts(end("completed", "\"output\":[" + message + "]"))).isEqualTo(whole);
        assertThat(
                        parts(
                                START
                                        + added(0, call("a", "f", ""))
                                        + event(
                                                "response.function_call_arguments.done",
                                                "\"output_index\":0,\"arguments\":\"{}\"")
                                        + done(0, call("a", "f", "{}"))
                                        + COMPLETED))
                .containsExactly(new Part.ToolCall("a", "f", "{}", false, null));
    }

    // Row 7.
    @Test
    void waitsForTheNameOfACall() {
        assertThat(
                        parts(
                                START
                                        + added(0, call("", "", ""))
                                        + delta("function_call_arguments", 0, "", "{}")
                                        + done(0, call("a", "f", "{}"))
                                        + COMPLETED))
                .containsExactly(new Part.ToolCall("a", "f", "{}", false, null));
    }

    @Test
    void tellsItemsThatComeTogetherOneAfterAnother() {
        assertThat(
                        parts(
                                START
                                        + added(0, call("a", "f", ""))
                                        + added(1, call("b", "g", ""))
                                        + delta("function_call_arguments", 1, "", "{\"y\":")
                                        + delta("function_call_arguments", 0, "", "{\"x\":1}")
                                        + delta("function_call_arguments", 1, "", "2}")
                                        + done(1, call("b", "g", "{\"y\":2}"))
                                        + done(0, call("a", "f", "{\"x\":1}"))
                                        + COMPLETED))
                .containsExactly(
                        new Part.ToolCall("a", "f", "{\"x\":1}", false, null),
                        new Part.ToolCall("b", "g", "{\"y\":2}", false, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "completed|\"error\":null|STOP",
                "incomplete|\"incomplete_details\":{\"reason\":\"max_output_tokens\"}|LENGTH",
                "incomplete|\"incomplete_details\":{\"reason\":\"content_filter\"}|CONTENT_FILTER",
                "incomplete|\"incomplete_details\":null|UNKNOWN"
            })
    void readsWhyItEnded(String type, String fields, Finish.Kind kind) throws Exception {
        assertThat(
                        read(START + end(type, "\"output\":[]," + fields))
                                .answer()
                                .choices()
                                .getFirst()
                                .finish()
                                .kind())
                .isEqualTo(kind);
        String whole = "{\"id\":\"r\",\"status\":\"%s\",\"output\":[],%s}".formatted(type, fields);
        assertThat(
                        new ResponsesDialect()
                                .readAnswer(whole.getBytes(UTF_8))
                                .choices()
                                .getFirst()
                                .finish()
                                .kind())
                .isEqualTo(kind);
    }

    @Test
    void readsWhereATextWasFoundAndHowLikelyItWas() throws Exception {
        String citation =
                "{\"type\":\"url_citation\",\"url\":\"https://x\",\"title\":\"t\",\"start_index\":0,\"end_index\":1}";
        String first = "{\"token\":\"は\",\"logprob\":-0.5,\"top_logprobs\":[]}";
        String second = "{\"token\":\"い\",\"logprob\":-0.25,\"top_logprobs\":[]}";
        String text =
                "{\"type\":\"output_text\",\"text\":\"はい\",\"annotations\":[%s],\"logprobs\":[%s,%s]}"
                        .formatted(citation, first, second);
        String message = "{\"type\":\"message\",\"content\":[" + text + "]}";
        String place = "\"output_index\":0,\"content_index\":0";
        String weighed = "\"content_index\":0,\"logprobs\":[%s],";
        String textDone = event("response.output_text.done", place + ",\"text\":\"はい\"");
        String whole = "{\"status\":\"completed\",\"output\":[" + message + "]}";
        LlmAnswer.Choice choice =
                new ResponsesDialect().readAnswer(whole.getBytes(UTF_8)).choices().getFirst();
        assertThat(choice.logprobs()).hasSize(2);
        assertThat(((Part.Text) choice.parts().getFirst()).annotations()).hasSize(1);
        String pieces =
                delta("output_text", 0, weighed.formatted(first), "は")
                        + delta("output_text", 0, weighed.formatted(second), "い")
                        + event(
                                "response.output_text.annotation.added",
                                place + ",\"annotation_index\":0,\"annotation\":" + citation)
                        + textDone
                        + event("response.content_part.done", place + ",\"part\":" + text)
                        + done(0, message);
        assertThat(read(START + pieces + COMPLETED).answer().choices()).containsExactly(choice);
        // Not all say it piece by piece.
        assertThat(read(START + textDone + done(0, message) + COMPLETED).answer().choices())
                .containsExactly(choice);
    }

    // Row 26 and 27.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "error|\"error\":{\"type\":\"t\",\"code\":\"rate_limit_exceeded\",\"message\":\"try again in 3s\"}|RATE_LIMIT|try again in 3s",
                "error|\"code\":\"server_error\",\"message\":\"oops\",\"param\":null|SERVER|oops",
                "error|\"error\":{\"type\":\"invalid_request_error\",\"code\":null,\"message\":\"bad\"}|INVALID|bad",
                "response.failed|\"response\":{\"status\":\"failed\",\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"long\"}}|CONTEXT|long",
                "response.failed|\"response\":{\"status\":\"failed\",\"error\":{\"code\":\"server_is_overloaded\",\"message\":\"busy\"}}|OVERLOADED|busy",
                "response.failed|\"response\":{\"status\":\"failed\",\"error\":null}|SERVER|the provider answered 200 and gave no reason"
            })
    void failsWhereTheProviderDoes(String type, String fields, LlmError.Kind kind, String message) {
        StreamGrammar stream =
                read(
                        START
                                + added(0, call("a", "f", ""))
                                + delta("function_call_arguments", 0, "", "{")
                                + event(type, fields)
                                + end("failed", "\"error\":{\"message\":\"again\"}"));
        assertThat(stream.error().kind()).isEqualTo(kind);
        assertThat(stream.error().message()).isEqualTo(message);
        assertThat(stream.answer().choices()).isEmpty();
    }

    @Test
    void failsWhereAStreamStopsInTheMiddle() {
        assertThat(read(START + added(0, call("a", "f", ""))).error().message())
                .isEqualTo("the upstream ended before the answer was complete");
        assertThat(read("").error()).isNotNull();
    }

    @Test
    void saysThatTheProviderIsThere() {
        String alive = event("response.in_progress", "\"response\":{}");
        assertThat(
                        StreamGrammar.read(
                                        new ResponsesEventReader(),
                                        START
                                                + alive
                                                + ": ping\n\n"
                                                + alive
                                                + COMPLETED
                                                + "data: [DONE]\n\n")
                                .events())
                .filteredOn(StreamEvent.Tick.class::isInstance)
                .hasSize(2);
    }

    @Test
    void passesOverItemsOfOpenAisOwnTools() throws Exception {
        String search = "{\"type\":\"web_search_call\",\"id\":\"ws\",\"status\":\"completed\"}";
        String message =
                "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"a\",\"annotations\":["
                        + "{\"type\":\"url_citation\",\"url\":\"https://x\",\"title\":\"t\",\"start_index\":0,\"end_index\":1},"
                        + "{\"type\":\"file_citation\",\"file_id\":\"f\"}]}]}";
        assertThat(parts(START + added(0, search) + done(0, search) + done(1, message) + COMPLETED))
                .singleElement()
                .isInstanceOf(Part.Text.class);
        String whole =
                "{\"id\":\"r\",\"status\":\"completed\",\"output\":["
                        + search
                        + ","
                        + message
                        + "]}";
        List<Part> parts =
                new ResponsesDialect()
                        .readAnswer(whole.getBytes(UTF_8))
                        .choices()
                        .getFirst()
                        .parts();
        assertThat(parts.getFirst()).isInstanceOf(Part.Opaque.class);
        assertThat(((Part.Text) parts.get(1)).annotations())
                .containsExactly(
                        (ObjectNode)
                                Json.parse(
                                        "{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://x\",\"title\":\"t\",\"start_index\":0,\"end_index\":1}}"));
    }

    // Row 26: a failure is no success, though its status is 200.
    @ParameterizedTest
    @ValueSource(strings = {"failed", "cancelled"})
    void readsAFailureAsOne(String status) throws Exception {
        String body =
                "{\"status\":\"%s\",\"output\":[],\"error\":{\"code\":\"server_error\",\"message\":\"x\"}}"
                        .formatted(status);
        LlmAnswer answer = new ResponsesDialect().readAnswer(body.getBytes(UTF_8));
        assertThat(answer.choices().getFirst().finish()).isEqualTo(Finish.of(Finish.Kind.ERROR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{\"choices\":[]}"})
    void readsNoAnswerIntoWhatIsNone(String body) {
        assertThatThrownBy(() -> new ResponsesDialect().readAnswer(body.getBytes(UTF_8)))
                .isInstanceOf(UnreadableAnswerException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|{\"error\":{\"message\":\"m\",\"type\":\"invalid_request_error\",\"param\":\"p\",\"code\":null}}|INVALID|m",
                "400|{\"error\":{\"message\":\"m\",\"code\":\"context_length_exceeded\"}}|CONTEXT|m",
                "400|{\"code\":\"invalid-argument\",\"error\":\"Incorrect API key provided.\"}|AUTH|Incorrect API key provided.",
                "400|{\"error\":{\"message\":\"m\",\"code\":\"content_filter\"}}|POLICY|m",
                "401|{\"error\":{\"message\":\"m\",\"code\":\"401\"}}|AUTH|m",
                "404|{\"error\":{\"message\":\"m\",\"code\":\"DeploymentNotFound\"}}|NOT_FOUND|m",
                "429|{\"error\":{\"message\":\"m\",\"code\":\"insufficient_quota\"}}|QUOTA|m",
                "429|{\"error\":{\"message\":\"m\",\"code\":\"rate_limit_exceeded\"}}|RATE_LIMIT|m",
                "500|{\"error\":{\"message\":\"m\",\"code\":\"server_error\"}}|SERVER|m",
                "503|<html>busy</html>|OVERLOADED|the provider answered 503 and gave no reason",
                "500|[]|SERVER|[]",
                "502||SERVER|the provider answered 502 and gave no reason"
            })
    void readsErrors(int status, String body, LlmError.Kind kind, String message) {
        LlmError error =
                new ResponsesDialect()
                        .readError(status, body == null ? new byte[0] : body.getBytes(UTF_8));
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.message()).isEqualTo(message);
    }

    @Test
    void readsMoreCachedThanThereWasAsAllCached() throws Exception {
        String body =
                "{\"output\":[],\"usage\":{\"input_tokens\":29,\"input_tokens_details\":{\"cached_tokens\":157},\"output_tokens\":10,\"output_tokens_details\":{\"reasoning_tokens\":11}}}";
        assertThat(new ResponsesDialect().readAnswer(body.getBytes(UTF_8)).usage())
                .isEqualTo(new TokenUsage(0, 29, 0, 10, 10, TokenUsage.Source.FINAL));
    }
}
