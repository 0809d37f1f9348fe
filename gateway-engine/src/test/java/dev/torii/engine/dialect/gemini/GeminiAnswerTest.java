package dev.torii.engine.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.chat.ChatDialect;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Gemini's answers, whole and streamed.
class GeminiAnswerTest {

    private static final String NAMES = "\"modelVersion\":\"gemini-x\",\"responseId\":\"r-1\"";

    private static String candidate(String parts, String more) {
        return "{\"content\":{\"parts\":[" + parts + "],\"role\":\"model\"}" + more + "}";
    }

    private static String chunk(String candidates, String more) {
        return "{\"candidates\":[" + candidates + "]," + NAMES + more + "}";
    }

    private static String chunk(String parts) {
        return chunk(candidate(parts, ""), "");
    }

    private static final String STOP =
            chunk(
                    candidate("{\"text\":\"\"}", ",\"finishReason\":\"STOP\""),
                    ",\"usageMetadata\":{\"promptTokenCount\":10,\"cachedContentTokenCount\":4,"
                            + "\"toolUsePromptTokenCount\":3,\"candidatesTokenCount\":8,\"thoughtsTokenCount\":23,\"totalTokenCount\":44}");

    private static String call(String name, String more) {
        return "{\"functionCall\":{\"name\":\"" + name + "\",\"args\":{\"x\":1.50}}" + more + "}";
    }

    private static String events(String... chunks) {
        var events = new StringBuilder();
        for (String chunk : chunks) {
            events.append("data: ").append(chunk).append("\r\n\r\n");
        }
        return events.toString();
    }

    private static StreamGrammar read(String stream) {
        return StreamGrammar.readHoweverCut(GeminiEventReader::new, stream);
    }

    private static List<Part> parts(LlmAnswer answer) {
        return answer.choices().getFirst().parts();
    }

    private static LlmAnswer whole(String body) throws Exception {
        return new GeminiDialect().readAnswer(body.getBytes(UTF_8));
    }

    private static Seal seal(Seal.Kind kind, String value) {
        return new Seal(kind, "gemini", value);
    }

    /// Rows 17 and 18.
    @Test
    void readsAStreamHoweverItIsCut() {
        LlmAnswer answer =
                read(events(
                                chunk("{\"text\":\"考\",\"thought\":true}"),
                                chunk("{\"text\":\"える\",\"thought\":true}"),
                                chunk("{\"text\":\"は\"}"),
                                chunk("{\"text\":\"い\"}"),
                                chunk(call("f", ",\"thoughtSignature\":\"c2ln/+==\"")),
                                STOP))
                        .answer();

        assertThat(answer.id()).isEqualTo("r-1");
        assertThat(answer.model()).isEqualTo("gemini-x");
        assertThat(parts(answer))
                .containsExactly(
                        new Part.Thinking("考える", true, null),
                        new Part.Text("はい"),
                        new Part.Thinking("", true, seal(Seal.Kind.ENCRYPTED, "c2ln/+==")),
                        new Part.ToolCall(
                                ((Part.ToolCall) parts(answer).getLast()).id(),
                                "f",
                                "{\"x\":1.50}",
                                false,
                                null));
        assertThat(answer.choices().getFirst().finish())
                .isEqualTo(Finish.of(Finish.Kind.TOOL_CALLS));
        assertThat(answer.usage())
                .isEqualTo(new TokenUsage(9, 4, 0, 31, 23, TokenUsage.Source.FINAL));
    }

    @Test
    void readsTheSameFromAJsonArrayAndFromAWholeAnswer() throws Exception {
        String[] chunks = {
            chunk("{\"text\":\"a \\\"}]\\\\\",\"thought\":true}"),
            chunk(call("f", ",\"thoughtSignature\":\"s\"") + "," + call("f", "")),
            chunk("{\"text\":\"Olá\"}"),
            STOP
        };
        LlmAnswer streamed = read(events(chunks)).answer();
        byte[] array = (" [" + String.join("\n,\r\n", chunks) + "\n]").getBytes(UTF_8);
        for (int length : new int[] {1, 2, 7, 64, array.length}) {
            StreamGrammar read =
                    StreamGrammar.read(
                            new GeminiEventReader(), StreamGrammar.cut(array, () -> length));
            assertThat(read.answer()).isEqualTo(streamed);
        }
        assertThat(new GeminiDialect().readAnswer(array)).isEqualTo(streamed);
        String last = STOP.replace("{\"text\":\"\"}", "%s");
        String body =
                last.formatted(
                        "{\"text\":\"a \\\"}]\\\\\",\"thought\":true},"
                                + call("f", ",\"thoughtSignature\":\"s\"")
                                + ","
                                + call("f", "")
                                + ",{\"text\":\"Olá\"}");
        assertThat(whole(body)).isEqualTo(streamed);
        assertThat(parts(streamed))
                .first()
                .isEqualTo(new Part.Thinking("a \"}]\\", true, seal(Seal.Kind.SIGNATURE, "s")));
    }

    @Test
    void readsTheLastOfAKeyThatIsThereTwiceWholeAndStreamed() throws Exception {
        String body =
                chunk(
                        candidate(
                                "{\"functionCall\":{\"name\":\"f\",\"args\":{\"x\":1,\"x\":2}}}",
                                ",\"finishReason\":\"STOP\""),
                        "");
        assertThat(((Part.ToolCall) parts(whole(body)).getFirst()).arguments())
                .isEqualTo("{\"x\":2}");
        assertThat(read(events(body)).answer()).isEqualTo(whole(body));
    }

    @Test
    void makesUpIdsThatAreTheSameEachTimeAndDifferFromCallToCall() throws Exception {
        String body =
                chunk(
                        candidate(
                                call("f", "") + "," + call("f", ""), ",\"finishReason\":\"STOP\""),
                        "");
        List<Part> once = parts(whole(body));
        assertThat(parts(whole(body))).isEqualTo(once);
        String first = ((Part.ToolCall) once.get(0)).id();
        assertThat(first).matches("[A-Za-z0-9_-]{1,64}");
        assertThat(((Part.ToolCall) once.get(1)).id()).isNotEqualTo(first);
        String other = ((Part.ToolCall) parts(whole(body.replace("r-1", "r-2"))).get(0)).id();
        assertThat(other).isNotEqualTo(first);
    }

    /// Row 8.
    @Test
    void tellsThreeCallsOfThreeChunksApart() throws Exception {
        var request =
                new ChatDialect()
                        .readRequest(
                                (ObjectNode)
                                        Json.parse(
                                                "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}"));
        var out = new ByteArrayOutputStream();
        var writer = new ChatDialect().writer(request);
        read(events(chunk(call("f", "")), chunk(call("f", "")), chunk(call("g", "")), STOP))
                .events()
                .forEach(event -> writer.write(event, out));
        assertThat(out.toString(UTF_8))
                .contains("\"tool_calls\":[{\"index\":0,\"id\":")
                .contains("\"tool_calls\":[{\"index\":1,\"id\":")
                .contains("\"tool_calls\":[{\"index\":2,\"id\":")
                .contains("\"finish_reason\":\"tool_calls\"");
    }

    @Test
    void readsSeveralCandidates() throws Exception {
        String second = candidate("{\"text\":\"b\"}", ",\"index\":1,\"finishReason\":\"STOP\"");
        LlmAnswer answer =
                read(events(
                                chunk(candidate("{\"text\":\"a\"}", ",\"index\":0"), ""),
                                chunk(second, ""),
                                STOP))
                        .answer();
        assertThat(answer.choices())
                .containsExactly(
                        new LlmAnswer.Choice(
                                0, List.of(new Part.Text("a")), Finish.of(Finish.Kind.STOP)),
                        new LlmAnswer.Choice(
                                1, List.of(new Part.Text("b")), Finish.of(Finish.Kind.STOP)));
        assertThat(
                        whole(
                                        chunk(
                                                candidate(
                                                                "{\"text\":\"a\"}",
                                                                ",\"finishReason\":\"STOP\"")
                                                        + ","
                                                        + second,
                                                ""))
                                .choices())
                .isEqualTo(answer.choices());
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, STOP",
        "MAX_TOKENS, LENGTH",
        "SAFETY, CONTENT_FILTER",
        "RECITATION, CONTENT_FILTER",
        "PROHIBITED_CONTENT, CONTENT_FILTER",
        "IMAGE_SAFETY, CONTENT_FILTER",
        "MALFORMED_FUNCTION_CALL, ERROR",
        "SOMETHING_NEW, UNKNOWN"
    })
    void readsWhyItEnded(String reason, Finish.Kind kind) throws Exception {
        String body =
                chunk("{\"content\":{\"role\":\"model\"},\"finishReason\":\"" + reason + "\"}", "");
        assertThat(whole(body).choices())
                .containsExactly(new LlmAnswer.Choice(0, List.of(), Finish.of(kind)));
        assertThat(read(events(body)).answer().choices()).isEqualTo(whole(body).choices());
    }

    @Test
    void readsAPromptThatWasBlocked() throws Exception {
        String body = "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}," + NAMES + "}";
        assertThat(whole(body).choices())
                .containsExactly(
                        new LlmAnswer.Choice(0, List.of(), Finish.of(Finish.Kind.CONTENT_FILTER)));
        assertThat(read(events(body)).answer()).isEqualTo(whole(body));
    }

    @Test
    void keepsWhatGoogleFoundAndRan() throws Exception {
        LlmAnswer answer =
                whole(
                        chunk(
                                candidate(
                                        "{\"executableCode\":{\"code\":\"1\"}},{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AAAA\"}},{\"text\":\"4.0\"}",
                                        ",\"finishReason\":\"STOP\",\"groundingMetadata\":{\"groundingChunks\":[{\"web\":{\"uri\":\"https://a.example\",\"title\":\"A\"}}]}"),
                                ",\"createTime\":\"2026-03-12T18:05:55.473045Z\""));
        assertThat(answer.created()).isEqualTo(1_773_338_755);
        assertThat(parts(answer).get(0)).isInstanceOf(Part.Opaque.class);
        assertThat(parts(answer).get(1)).isInstanceOf(Part.Image.class);
        assertThat(
                        ((Part.Text) parts(answer).get(2))
                                .annotations()
                                .getFirst()
                                .at("/url_citation/url")
                                .textValue())
                .isEqualTo("https://a.example");
    }

    @Test
    void keepsWhatGoogleFoundForAStream() {
        String source = "{\"web\":{\"uri\":\"https://%s.example\",\"title\":\"T\"}}";
        String first = source.formatted("a");
        String both = first + "," + source.formatted("b");
        String grounding = ",\"groundingMetadata\":{\"groundingChunks\":[%s]}";
        LlmAnswer answer =
                read(events(
                                chunk(
                                        candidate("{\"text\":\"x\"}", grounding.formatted(first)),
                                        ""),
                                chunk(
                                        candidate(
                                                "{\"text\":\"\",\"thoughtSignature\":\"c2ln\"}",
                                                grounding.formatted(both)),
                                        ""),
                                STOP))
                        .answer();
        assertThat(((Part.Text) parts(answer).getFirst()).annotations())
                .extracting(one -> one.at("/url_citation/url").textValue())
                .containsExactly("https://a.example", "https://b.example");
    }

    /// Row 26.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "<html>Bad gateway</html>",
                "[",
                "[]",
                "data: {\"candidates\": [{"
            })
    void failsWhereNothingIsSaid(String stream) {
        LlmError error = read(stream).error();
        assertThat(error.kind()).isEqualTo(LlmError.Kind.SERVER);
        assertThat(error.message()).isEqualTo("the provider answered 200 and said nothing");
    }

    /// Row 26.
    @Test
    void failsWhereTheAnswerBreaksOff() {
        String cut = events(chunk("{\"text\":\"a\"}"));
        assertThat(read(cut).error().code()).isEqualTo("stream_interrupted");
        assertThat(read(cut + STOP.substring(0, 40)).error().code())
                .isEqualTo("stream_interrupted");
    }

    @Test
    void readsAnErrorInsideTheStream() {
        String error =
                "{\"error\":{\"code\":503,\"message\":\"The model is overloaded.\",\"status\":\"UNAVAILABLE\"}}";
        LlmError late = read(events(chunk("{\"text\":\"a\"}"), error)).error();
        assertThat(late.kind()).isEqualTo(LlmError.Kind.OVERLOADED);
        assertThat(late.message()).isEqualTo("The model is overloaded.");
        assertThat(read("[" + error + "]").error().kind()).isEqualTo(LlmError.Kind.OVERLOADED);
        assertThat(read(error).error().kind()).isEqualTo(LlmError.Kind.OVERLOADED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "<html>", "{}", "{\"error\":{}}"})
    void refusesWhatIsNoAnswer(String body) {
        assertThatThrownBy(() -> whole(body))
                .isInstanceOf(UnreadableAnswerException.class)
                .hasMessage("'candidates' not in gemini://llm/v1/chat response");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"error\":{\"code\":400,\"message\":\"bad\",\"status\":\"INVALID_ARGUMENT\"}}        | INVALID    | bad",
                "400 | {\"error\":{\"code\":400,\"message\":\"key\",\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}} | AUTH | key",
                "400 | {\"error\":{\"code\":400,\"message\":\"The input token count (9) exceeds the maximum number of tokens allowed (8).\",\"status\":\"INVALID_ARGUMENT\"}} | CONTEXT | The input token count (9) exceeds the maximum number of tokens allowed (8).",
                "401 | {\"error\":{\"code\":401,\"message\":\"token\",\"status\":\"UNAUTHENTICATED\"}}       | AUTH       | token",
                "403 | {\"error\":{\"code\":403,\"message\":\"no\",\"status\":\"PERMISSION_DENIED\"}}        | PERMISSION | no",
                "404 | {\"error\":{\"code\":404,\"message\":\"models/x is not found\",\"status\":\"NOT_FOUND\"}} | NOT_FOUND | models/x is not found",
                "429 | [{\"error\":{\"code\":429,\"message\":\"slow\",\"status\":\"RESOURCE_EXHAUSTED\"}}]   | RATE_LIMIT | slow",
                "500 | {\"error\":{\"code\":500,\"message\":\"oops\",\"status\":\"INTERNAL\"}}               | SERVER     | oops",
                "503 | {\"error\":{\"code\":503,\"message\":\"busy\",\"status\":\"UNAVAILABLE\"}}            | OVERLOADED | busy",
                "504 | {\"error\":{\"code\":504,\"message\":\"late\",\"status\":\"DEADLINE_EXCEEDED\"}}      | TIMEOUT    | late",
                "502 | <html>Bad gateway</html>                                                              | SERVER     | the provider answered 502 and gave no reason",
                "404 | ''                                                                                    | NOT_FOUND  | the provider answered 404 and gave no reason"
            })
    void readsRefusals(int status, String body, LlmError.Kind kind, String message) {
        LlmError error = new GeminiDialect().readError(status, body.getBytes(UTF_8));
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.message()).isEqualTo(message);
        assertThat(error.retryAfter()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"48s, 48000", "0.5s, 500", "1.25s, 1250"})
    void readsWhenToAskAgain(String delay, long millis) {
        LlmError error =
                new GeminiDialect()
                        .readError(
                                429,
                                ("{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"message\":\"m\","
                                                + "\"details\":[{\"@type\":\"h\"},{\"retryDelay\":\""
                                                + delay
                                                + "\"}]}}")
                                        .getBytes(UTF_8));
        assertThat(error.retryAfter()).isEqualTo(Duration.ofMillis(millis));
    }
}
