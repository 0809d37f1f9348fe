package dev.torii.engine.dialect.chat;

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
import dev.torii.model.llm.MediaSource;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What servers of this dialect answer, whole and streamed.
class ChatProviderAnswerTest {

    private static final String STOP = chunk("{}", "stop");
    private static final String DONE = "data: [DONE]\n\n";

    private final ChatProviderDialect dialect = new ChatProviderDialect(ChatProfile.COMPATIBLE);

    private static final ObjectNode CITATION =
            json(
                    "{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://a.example\",\"title\":\"A\"}}");

    private static ObjectNode json(String text) {
        return Objects.requireNonNull(Json.parseObjectOrNull(text.getBytes(UTF_8)));
    }

    private static ObjectNode token(String text, String logprob) {
        return json(
                "{\"token\":\"%s\",\"logprob\":%s,\"bytes\":null,\"top_logprobs\":[]}"
                        .formatted(text, logprob));
    }

    private static String chunk(String delta) {
        return chunk(delta, null);
    }

    private static String chunk(String delta, @Nullable String finish) {
        return "data: {\"id\":\"c-1\",\"created\":7,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":"
                + delta
                + ",\"finish_reason\":"
                + (finish == null ? "null" : "\"" + finish + "\"")
                + "}]}\n\n";
    }

    private static String calls(String... calls) {
        return chunk("{\"tool_calls\":[" + String.join(",", calls) + "]}");
    }

    private static LlmAnswer read(String... stream) {
        return StreamGrammar.readHoweverCut(ChatEventReader::new, String.join("", stream)).answer();
    }

    private static List<Part> parts(String... stream) {
        return read(stream).choices().getFirst().parts();
    }

    private static LlmError error(String... stream) {
        return StreamGrammar.readHoweverCut(ChatEventReader::new, String.join("", stream)).error();
    }

    private static Part call(String id, String name, String arguments) {
        return new Part.ToolCall(id, name, arguments, false, null);
    }

    @Test
    void readsAStreamWithoutRolesAndWithThemEverywhere() {
        LlmAnswer bare =
                read(chunk("{\"content\":\"こん\"}"), chunk("{\"content\":\"にちは\"}"), STOP, DONE);
        LlmAnswer often =
                read(
                        chunk("{\"role\":\"assistant\",\"content\":\"こん\"}"),
                        chunk("{\"role\":\"assistant\",\"content\":\"にちは\"}"),
                        chunk("{\"role\":\"assistant\",\"content\":\"\"}", "stop"),
                        DONE);
        assertThat(bare).isEqualTo(often);
        assertThat(bare.id()).isEqualTo("c-1");
        assertThat(bare.model()).isEqualTo("m");
        assertThat(bare.created()).isEqualTo(7);
        assertThat(bare.choices())
                .containsExactly(
                        new LlmAnswer.Choice(
                                0, List.of(new Part.Text("こんにちは")), Finish.of(Finish.Kind.STOP)));
    }

    @Test
    void takesAnEmptyReasonForNone() {
        assertThat(error(chunk("{\"content\":\"x\"}", "")).code()).isEqualTo("stream_interrupted");
        assertThat(
                        read(chunk("{\"content\":\"x\"}", ""), STOP)
                                .choices()
                                .getFirst()
                                .finish()
                                .kind())
                .isEqualTo(Finish.Kind.STOP);
    }

    @Test
    void passesOverAHeadWithoutChoices() {
        LlmAnswer answer =
                read(
                        "data: {\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"prompt_filter_results\":[]}\n\n",
                        chunk("{\"content\":\"x\"}", "stop"),
                        DONE);
        assertThat(answer.id()).isEqualTo("c-1");
        assertThat(answer.created()).isEqualTo(7);
    }

    @Test
    void ticksWhenTheServerSaysThatItIsThere() {
        StreamGrammar grammar =
                StreamGrammar.read(
                        new ChatEventReader(),
                        ": OPENROUTER PROCESSING\n\n"
                                + chunk("{\"content\":\"x\"}", "stop")
                                + DONE);
        assertThat(grammar.events().getFirst()).isInstanceOf(StreamEvent.Tick.class);
    }

    @Test
    void countsWhereverTheUsageStands() {
        String usage = "{\"prompt_tokens\":10,\"completion_tokens\":4,\"total_tokens\":14}";
        String own = "data: {\"id\":\"c-1\",\"choices\":[],\"usage\":" + usage + "}\n\n";
        String last = STOP.replace("}]}", "}],\"usage\":" + usage + "}");
        String groq = STOP.replace("}]}", "}],\"x_groq\":{\"usage\":" + usage + "}}");
        var expected = new TokenUsage(10, 0, 0, 4, 0, TokenUsage.Source.FINAL);
        String text = chunk("{\"content\":\"x\"}");
        assertThat(read(text, STOP, own, DONE).usage()).isEqualTo(expected);
        assertThat(read(text, last, DONE).usage()).isEqualTo(expected);
        assertThat(read(text, groq, DONE).usage()).isEqualTo(expected);
        assertThat(read(text, last, own, DONE).usage()).isEqualTo(expected);
        assertThat(read(text, STOP, DONE).usage()).isNull();
    }

    /// Row 12.
    @Test
    void finishesAfterALateUsage() {
        String own =
                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}\n\n";
        StreamGrammar grammar =
                StreamGrammar.read(
                        new ChatEventReader(), chunk("{\"content\":\"x\"}") + STOP + own + DONE);
        List<Class<?>> kinds = new ArrayList<>();
        grammar.events().forEach(event -> kinds.add(event.getClass()));
        assertThat(kinds)
                .endsWith(
                        StreamEvent.Counted.class,
                        StreamEvent.PartEnd.class,
                        StreamEvent.Finished.class,
                        StreamEvent.Ended.class);
    }

    @Test
    void keepsParallelCallsApart() {
        assertThat(
                        parts(
                                chunk("{\"content\":\"both\"}"),
                                calls(
                                        "{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}"),
                                calls("{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\":\"}}"),
                                calls("{\"index\":0,\"function\":{\"arguments\":\"1}\"}}"),
                                calls(
                                        "{\"index\":1,\"id\":\"b\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}"),
                                chunk("{}", "tool_calls"),
                                DONE))
                .containsExactly(
                        new Part.Text("both"), call("a", "f", "{\"x\":1}"), call("b", "g", "{}"));
    }

    /// Row 8.
    @Test
    void keepsCallsOfOneIndexApartByTheirIds() {
        assertThat(
                        parts(
                                calls(
                                        "{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}"),
                                calls(
                                        "{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1}\"}}"),
                                chunk("{}", "stop"),
                                DONE))
                .containsExactly(call("a", "f", "{}"), call("b", "f", "{\"x\":1}"));
    }

    @Test
    void makesUpIdsThatAreEmpty() {
        String stream =
                calls(
                                "{\"index\":0,\"id\":\"\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}")
                        + calls(
                                "{\"index\":0,\"id\":\"\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}")
                        + STOP
                        + DONE;
        LlmAnswer answer = StreamGrammar.read(new ChatEventReader(), stream).answer();
        List<Part> parts = answer.choices().getFirst().parts();
        assertThat(parts)
                .hasSize(2)
                .extracting(part -> ((Part.ToolCall) part).id())
                .doesNotHaveDuplicates()
                .allMatch(id -> id.startsWith("call_"));
        assertThat(answer.choices().getFirst().finish().kind()).isEqualTo(Finish.Kind.TOOL_CALLS);
    }

    /// Row 7.
    @Test
    void waitsForANameThatComesLater() {
        assertThat(
                        parts(
                                calls(
                                        "{\"index\":0,\"id\":\"a\",\"function\":{\"arguments\":\"{\\\"x\\\"\"}}"),
                                calls(
                                        "{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\":1}\"}}"),
                                chunk("{}", "tool_calls"),
                                DONE))
                .containsExactly(call("a", "f", "{\"x\":1}"));
    }

    @Test
    void putsAlternatingCallsInARow() {
        assertThat(
                        parts(
                                calls(
                                        "{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":\"}}",
                                        "{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{\\\"y\\\":\"}}"),
                                calls(
                                        "{\"index\":0,\"function\":{\"arguments\":\"\\\"}\\\"}\"}}",
                                        "{\"index\":1,\"function\":{\"arguments\":\"2}\"}}"),
                                chunk("{}", "tool_calls"),
                                DONE))
                .containsExactly(call("a", "f", "{\"x\":\"}\"}"), call("b", "g", "{\"y\":2}"));
    }

    @Test
    void saysALaterCallPieceByPieceOnceTheFirstIsWhole() {
        StreamGrammar grammar =
                StreamGrammar.read(
                        new ChatEventReader(),
                        calls(
                                        "{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}")
                                + calls(
                                        "{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{\\\"y\\\":\"}}")
                                + calls("{\"index\":1,\"function\":{\"arguments\":\"2}\"}}")
                                + STOP
                                + DONE);
        assertThat(grammar.events())
                .containsSubsequence(
                        new StreamEvent.PartDelta(0, 1, "{\"y\":"),
                        new StreamEvent.PartDelta(0, 1, "2}"));
    }

    /// Rows 5 and 6.
    @Test
    void opensANewTextBehindACall() {
        assertThat(
                        parts(
                                chunk("{\"content\":\"one\"}"),
                                calls(
                                        "{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}"),
                                chunk("{\"content\":\"\\n\"}"),
                                calls(
                                        "{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}"),
                                chunk("{\"content\":\"two\"}", "stop"),
                                DONE))
                .containsExactly(
                        new Part.Text("one"),
                        call("a", "f", "{}"),
                        new Part.Text("\n"),
                        call("b", "f", "{}"),
                        new Part.Text("two"));
    }

    @Test
    void readsWhereAStreamedTextWasFound() {
        String cited = chunk("{\"annotations\":[" + Json.text(CITATION) + "]}");
        List<Part> expected =
                List.of(new Part.Text("はい", null, List.of(CITATION)), call("a", "f", "{}"));
        String text = chunk("{\"content\":\"はい\"}");
        String call =
                calls(
                        "{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}");
        assertThat(parts(text, cited, call, STOP, DONE)).isEqualTo(expected);
        assertThat(parts(cited, text, call, STOP, DONE)).isEqualTo(expected);
    }

    private static String found(String place) {
        return "{\"type\":\"url_citation\",\"url_citation\":{"
                + place
                + "\"url\":\"https://a.example\"}}";
    }

    private static String place(int from, int to) {
        return "\"start_index\":" + from + ",\"end_index\":" + to + ",";
    }

    /// A place is counted from where the message begins, and a text may be a later part of it.
    @Test
    void readsWhereInItsTextAStreamWasFound() {
        List<Part> parts =
                parts(
                        chunk("{\"content\":\"はい😀\"}"),
                        chunk("{\"reasoning\":\"hm\"}"),
                        chunk("{\"content\":\"bc\"}"),
                        chunk("{\"annotations\":[" + found(place(4, 5)) + "]}"),
                        chunk("{\"annotations\":[" + found(place(0, 3)) + "]}"),
                        STOP,
                        DONE);
        assertThat(parts.getLast())
                .isEqualTo(
                        new Part.Text(
                                "bc", null, List.of(json(found(place(1, 2))), json(found("")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"search_results\":[{\"url\":\"https://a.example\",\"title\":\"A\"}],\"citations\":[\"https://a.example\"]",
                "\"citations\":[\"https://a.example\"]"
            })
    void readsWhereAnAnswerAsAWholeWasFound(String sources) throws Exception {
        String more = "\"id\":\"c-1\"," + sources;
        List<Part> stream =
                parts(
                        chunk("{\"role\":\"assistant\"}").replace("\"id\":\"c-1\"", more),
                        chunk("{\"content\":\"x\"}").replace("\"id\":\"c-1\"", more),
                        STOP.replace("\"id\":\"c-1\"", more),
                        DONE);
        assertThat(((Part.Text) stream.getFirst()).annotations())
                .extracting(one -> one.at("/url_citation/url").textValue())
                .containsExactly("https://a.example");
        String whole =
                "{%s,\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}"
                        .formatted(more);
        assertThat(dialect.readAnswer(whole.getBytes(UTF_8)).choices().getFirst().parts())
                .isEqualTo(stream);
    }

    @Test
    void readsHowLikelyTokensWere() throws Exception {
        ObjectNode first = token("は", "-0.5");
        ObjectNode second = token("い", "-0.25");
        String delta = "\"delta\":";
        String weighed = "\"logprobs\":{\"content\":[%s],\"refusal\":null},\"delta\":";
        LlmAnswer stream =
                read(
                        chunk("{\"content\":\"は\"}")
                                .replace(delta, weighed.formatted(Json.text(first))),
                        chunk("{\"content\":\"い\"}")
                                .replace(delta, weighed.formatted(Json.text(second))),
                        STOP.replace(delta, "\"logprobs\":null,\"delta\":"),
                        DONE);
        assertThat(stream.choices())
                .containsExactly(
                        new LlmAnswer.Choice(
                                0,
                                List.of(new Part.Text("はい")),
                                Finish.of(Finish.Kind.STOP),
                                List.of(first, second)));
        String whole =
                "{\"choices\":[{\"index\":0,\"logprobs\":{\"content\":%s},\"message\":{\"content\":\"はい\"},\"finish_reason\":\"stop\"}]}"
                        .formatted(Json.text(List.of(first, second)));
        assertThat(dialect.readAnswer(whole.getBytes(UTF_8)).choices()).isEqualTo(stream.choices());
    }

    @ParameterizedTest
    @ValueSource(strings = {"reasoning", "reasoning_content"})
    void readsThoughtsByEitherName(String field) {
        assertThat(
                        parts(
                                chunk("{\"%s\":\"考\",\"content\":null}".formatted(field)),
                                chunk("{\"%s\":\"える\"}".formatted(field)),
                                chunk("{\"content\":\"x\"}", "stop"),
                                DONE))
                .containsExactly(new Part.Thinking("考える", false, null), new Part.Text("x"));
    }

    @Test
    void keepsTheSealsOfOpenRoutersDetails() {
        String text =
                "{\"reasoning\":\"%s\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"%s\",\"format\":\"anthropic-claude-v1\",\"index\":0%s}]}";
        assertThat(
                        parts(
                                chunk(text.formatted("考", "考", "")),
                                chunk(text.formatted("える", "える", "")),
                                chunk(text.formatted("", "", ",\"signature\":\"c2ln/+==\"")),
                                chunk(
                                        "{\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"blob\",\"format\":\"anthropic-claude-v1\"}]}"),
                                chunk("{\"content\":\"x\"}", "stop"),
                                DONE))
                .containsExactly(
                        new Part.Thinking(
                                "考える",
                                false,
                                new Seal(Seal.Kind.SIGNATURE, "anthropic-claude-v1", "c2ln/+==")),
                        new Part.Thinking(
                                "",
                                false,
                                new Seal(Seal.Kind.ENCRYPTED, "anthropic-claude-v1", "blob")),
                        new Part.Text("x"));
    }

    /// A gateway that only knows a signature at the end says the thought again beside it.
    @Test
    void takesAThoughtBesideItsSignatureForTheOneBefore() {
        assertThat(
                        parts(
                                chunk("{\"reasoning_content\":\"考\"}"),
                                chunk("{\"reasoning_content\":\"える\"}"),
                                chunk(
                                        "{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"考える\",\"signature\":\"c2ln\",\"format\":\"anthropic\"}]}"),
                                chunk("{\"content\":\"x\"}", "stop"),
                                DONE))
                .containsExactly(
                        new Part.Thinking(
                                "考える", false, new Seal(Seal.Kind.SIGNATURE, "anthropic", "c2ln")),
                        new Part.Text("x"));
    }

    @Test
    void keepsAThoughtThatStandsBesideASealedOne() throws Exception {
        LlmAnswer answer =
                new ChatProviderDialect(ChatProfile.OPENAI)
                        .readAnswer(
                                """
                                {"choices":[{"index":0,"finish_reason":"stop","message":{"content":"x","reasoning_content":"考える",
                                  "reasoning_details":[{"type":"reasoning.encrypted","data":"blob","format":"gemini"}]}}]}\
                                """
                                        .getBytes(UTF_8));
        assertThat(answer.choices().getFirst().parts())
                .containsExactly(
                        new Part.Thinking("考える", false, null),
                        new Part.Thinking(
                                "", false, new Seal(Seal.Kind.ENCRYPTED, "gemini", "blob")),
                        new Part.Text("x"));
    }

    @Test
    void readsMistralsContentOfParts() throws Exception {
        String content =
                "[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"t\"}],\"closed\":true},{\"type\":\"text\",\"text\":\"x\"}]";
        List<Part> expected = List.of(new Part.Thinking("t", false, null), new Part.Text("x"));
        assertThat(parts(chunk("{\"content\":" + content + "}", "stop"), DONE)).isEqualTo(expected);
        assertThat(
                        dialect.readAnswer(
                                        ("{\"choices\":[{\"message\":{\"content\":"
                                                        + content
                                                        + "}}]}")
                                                .getBytes(UTF_8))
                                .choices()
                                .getFirst()
                                .parts())
                .isEqualTo(expected);
    }

    @Test
    void readsEachOfSeveralChoices() {
        LlmAnswer answer =
                read(
                        chunk("{\"content\":\"a\"}"),
                        chunk("{\"content\":\"b\"}").replace("\"index\":0", "\"index\":1"),
                        chunk("{}", "length").replace("\"index\":0", "\"index\":1"),
                        STOP,
                        DONE);
        assertThat(answer.choices())
                .containsExactly(
                        new LlmAnswer.Choice(
                                0, List.of(new Part.Text("a")), Finish.of(Finish.Kind.STOP)),
                        new LlmAnswer.Choice(
                                1, List.of(new Part.Text("b")), Finish.of(Finish.Kind.LENGTH)));
    }

    @Test
    void readsARefusal() {
        LlmAnswer answer = read(chunk("{\"refusal\":\"no\"}"), STOP, DONE);
        assertThat(answer.choices().getFirst().parts()).containsExactly(new Part.Refusal("no"));
        assertThat(answer.choices().getFirst().finish().kind()).isEqualTo(Finish.Kind.REFUSAL);
    }

    @Test
    void isWholeWithAReasonOrAnEndAndNotWithoutBoth() {
        String text = chunk("{\"content\":\"x\"}");
        assertThat(read(text, STOP).choices().getFirst().finish().kind())
                .isEqualTo(Finish.Kind.STOP);
        assertThat(read(text, DONE).choices().getFirst().finish().kind())
                .isEqualTo(Finish.Kind.UNKNOWN);
        assertThat(error(text).code()).isEqualTo("stream_interrupted");
        assertThat(error("").code()).isEqualTo("stream_interrupted");
        assertThat(error(DONE).code()).isEqualTo("stream_interrupted");
        assertThat(error("garbage\n\nmore").code()).isEqualTo("stream_interrupted");
    }

    /// Row 40.
    @Test
    void readsALastEventWithoutItsBlankLineAndWithoutABlank() {
        assertThat(
                        StreamGrammar.read(
                                        new ChatEventReader(),
                                        chunk("{\"content\":\"x\"}").replace("data: ", "data:")
                                                + STOP
                                                + "data: [DONE]")
                                .answer()
                                .choices())
                .hasSize(1);
    }

    /// Rows 26 and 27.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "event: error\\ndata: {\"error\":{\"message\":\"bad\",\"type\":\"invalid_request_error\",\"code\":\"tool_use_failed\",\"status_code\":400}} | INVALID",
                "data: {\"id\":\"c\",\"error\":{\"code\":429,\"message\":\"bad\"},\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]} | RATE_LIMIT",
                "data: {\"error\":{\"code\":502,\"message\":\"bad\"}} | SERVER",
                "data: {\"error\":{\"message\":\"bad\",\"type\":\"overloaded_error\"}} | OVERLOADED",
                "data: {\"error\":\"bad\"} | SERVER",
                "data: {\"object\":\"error\",\"message\":\"bad\",\"type\":\"internal_server_error\",\"code\":500} | SERVER"
            })
    void failsWhenTheServerSaysSoInTheMiddle(String event, LlmError.Kind kind) {
        LlmError error =
                error(chunk("{\"content\":\"x\"}"), event.replace("\\n", "\n"), "\n\n", DONE);
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.message()).isEqualTo("bad");
    }

    @Test
    void readsAWholeAnswer() throws Exception {
        String body =
                """


                {"id":"c-1","created":7,"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{
                  "role":"assistant","reasoning":"t","content":"x","annotations":[{"type":"url_citation"}],
                  "tool_calls":[{"id":"","type":"function","function":{"name":"f","arguments":{"x":1}}}]}}],
                 "usage":{"prompt_tokens":10,"completion_tokens":4,"total_tokens":14}}\
                """;
        LlmAnswer answer = dialect.readAnswer(body.getBytes(UTF_8));
        LlmAnswer.Choice choice = answer.choices().getFirst();
        assertThat(choice.finish().kind()).isEqualTo(Finish.Kind.TOOL_CALLS);
        assertThat(choice.parts().subList(0, 2))
                .containsExactly(
                        new Part.Thinking("t", false, null),
                        new Part.Text(
                                "x", null, List.of(Json.object().put("type", "url_citation"))));
        assertThat(choice.parts().get(2))
                .isInstanceOfSatisfying(
                        Part.ToolCall.class,
                        call -> {
                            assertThat(call.id()).startsWith("call_");
                            assertThat(call.arguments()).isEqualTo("{\"x\":1}");
                        });
        assertThat(answer.usage())
                .isEqualTo(new TokenUsage(10, 0, 0, 4, 0, TokenUsage.Source.FINAL));
    }

    @Test
    void readsPicturesBehindTheText() throws Exception {
        String images =
                "\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBO\"}},{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.example/b.png\"}}]";
        List<Part> expected =
                List.of(
                        new Part.Text("a"),
                        new Part.Image(new MediaSource.Bytes("image/png", "iVBO"), null, null),
                        new Part.Image(new MediaSource.Url("https://a.example/b.png"), null, null));
        assertThat(
                        parts(
                                chunk("{\"content\":\"a\"}"),
                                chunk("{\"content\":\"\"," + images + "}"),
                                STOP,
                                DONE))
                .isEqualTo(expected);
        String whole =
                "{\"choices\":[{\"message\":{\"content\":\"a\","
                        + images
                        + "},\"finish_reason\":\"stop\"}]}";
        assertThat(dialect.readAnswer(whole.getBytes(UTF_8)).choices().getFirst().parts())
                .isEqualTo(expected);
    }

    @Test
    void readsAnEmptyThoughtAsNone() throws Exception {
        LlmAnswer answer =
                dialect.readAnswer(
                        """
                        {"choices":[{"index":0,"finish_reason":"stop","message":{
                          "reasoning_details":[{"type":"reasoning.text","text":""}],
                          "content":"x"}}]}\
                        """
                                .getBytes(UTF_8));
        assertThat(answer.choices().getFirst().parts()).containsExactly(new Part.Text("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "[]", "{}", "{\"choices\":[]}", "{\"choices\":null}"})
    void refusesWhatIsNoAnswer(String body) {
        assertThatThrownBy(() -> dialect.readAnswer(body.getBytes(UTF_8)))
                .isInstanceOf(UnreadableAnswerException.class)
                .hasMessage("'choices' not in llm/v1/chat response");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // cached and reasoning within their counts
                "{'prompt_tokens':10,'completion_tokens':4,'total_tokens':14,'prompt_tokens_details':{'cached_tokens':3},'completion_tokens_details':{'reasoning_tokens':2}} | 7,3,0,4,2",
                "{'prompt_tokens':10,'completion_tokens':4,'total_tokens':14,'prompt_tokens_details':{'cached_tokens':3,'cache_write_tokens':5}} | 2,3,5,4,0",
                // xAI: thoughts on top
                "{'prompt_tokens':165,'completion_tokens':2,'total_tokens':292,'completion_tokens_details':{'reasoning_tokens':125}} | 165,0,0,127,125",
                // Gemini's copy: thoughts in the total alone
                "{'prompt_tokens':35,'completion_tokens':12,'total_tokens':109} | 35,0,0,74,62",
                // Azure's Grok: more cached than asked
                "{'prompt_tokens':29,'completion_tokens':6,'total_tokens':35,'prompt_tokens_details':{'cached_tokens':157}} | 0,29,0,6,0",
                // OpenRouter: more thought than said
                "{'prompt_tokens':43,'completion_tokens':10,'total_tokens':53,'completion_tokens_details':{'reasoning_tokens':11}} | 43,0,0,10,10",
                // DeepSeek and Together
                "{'prompt_tokens':547,'completion_tokens':1,'total_tokens':548,'prompt_cache_hit_tokens':384,'prompt_cache_miss_tokens':163} | 163,384,0,1,0",
                "{'prompt_tokens':41,'completion_tokens':15,'total_tokens':56,'cached_tokens':8} | 33,8,0,15,0",
                "{'prompt_tokens':-1,'completion_tokens':null} | 0,0,0,0,0"
            })
    void countsAsEachVendorMeansIt(String usage, String expected) {
        ObjectNode json = Json.parseObjectOrNull(usage.replace('\'', '"').getBytes(UTF_8));
        TokenUsage read = ChatUsage.read(Objects.requireNonNull(json), TokenUsage.Source.FINAL);
        assertThat(
                        "%d,%d,%d,%d,%d"
                                .formatted(
                                        read.inputFresh(),
                                        read.cacheRead(),
                                        read.cacheWrite(),
                                        read.output(),
                                        read.reasoning()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {'error':{'message':'bad','type':'invalid_request_error','param':'x','code':'unsupported_value'}} | INVALID | bad",
                "400 | {'error':{'message':'Too much','code':'context_length_exceeded'}} | CONTEXT | Too much",
                "400 | {'error':{'message':'prompt too long; exceeded max context length by 3 tokens'}} | CONTEXT | prompt too long; exceeded max context length by 3 tokens",
                "401 | {'error':{'message':'Wrong key','type':'invalid_request_error','code':'invalid_api_key'}} | AUTH | Wrong key",
                "401 | {'error':{'code':'401','message':'Access denied'}} | AUTH | Access denied",
                "401 | {'detail':'Invalid API Key'} | AUTH | Invalid API Key",
                "400 | {'code':'x','error':'Incorrect API key provided: ab***'} | AUTH | Incorrect API key provided: ab***",
                "402 | {'error':{'message':'Insufficient Balance','type':'unknown_error'}} | BILLING | Insufficient Balance",
                "403 | {'error':{'message':'No'}} | PERMISSION | No",
                "404 | {'error':{'code':'DeploymentNotFound','message':'None'}} | NOT_FOUND | None",
                "404 | Not Found | NOT_FOUND | Not Found",
                "413 | {'error':{'message':'Big'}} | TOO_LARGE | Big",
                "422 | {'detail':[{'loc':['body','tools',0],'msg':'field required'}]} | INVALID | body.tools.0: field required",
                "422 | {'object':'error','message':{'detail':[]},'type':'invalid_request_error'} | INVALID | {'detail':[]}",
                "429 | {'error':{'code':429,'message':'Provider returned error','metadata':{'raw':'too fast'}}} | RATE_LIMIT | Provider returned error: too fast",
                "429 | {'error':{'code':429,'message':'Provider returned error','metadata':{'raw':'{\\'error\\':{\\'message\\':\\'too fast\\'}}'}}} | RATE_LIMIT | Provider returned error: too fast",
                "429 | {'error':{'code':429,'metadata':{'raw':'too fast'}}} | RATE_LIMIT | too fast",
                "429 | {'error':{'message':'Pay','type':'insufficient_quota','code':'insufficient_quota'}} | QUOTA | Pay",
                "429 | [{'error':{'code':429,'message':'Slow down','status':'RESOURCE_EXHAUSTED'}}] | RATE_LIMIT | Slow down",
                "400 | {'error':{'message':'Filtered','code':'content_filter'}} | POLICY | Filtered",
                "500 | {'error':{'message':'Oops','type':'server_error'}} | SERVER | Oops",
                "502 | <html><body>Bad Gateway</body></html> | SERVER | the provider answered 502 and gave no reason",
                "503 | {'error':'Model is loading'} | OVERLOADED | Model is loading",
                "504 | '' | TIMEOUT | the provider answered 504 and gave no reason"
            })
    void readsEachVendorsErrors(int status, String body, LlmError.Kind kind, String message) {
        LlmError error =
                dialect.readError(
                        status, body.replace("\\'", "\\\"").replace('\'', '"').getBytes(UTF_8));
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.message()).isEqualTo(message.replace('\'', '"'));
        assertThat(error.status()).isEqualTo(status);
    }

    @Test
    void keepsTheFieldThatAnErrorIsAbout() {
        LlmError error =
                dialect.readError(
                        400,
                        "{\"error\":{\"message\":\"bad\",\"param\":\"max_tokens\",\"code\":\"unsupported_parameter\"}}"
                                .getBytes(UTF_8));
        assertThat(error.param()).isEqualTo("max_tokens");
        assertThat(error.code()).isEqualTo("unsupported_parameter");
    }
}
