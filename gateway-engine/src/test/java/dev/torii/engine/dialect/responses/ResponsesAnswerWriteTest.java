package dev.torii.engine.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.core.ObjectMappers;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStatus;
import dev.torii.engine.dialect.SealWrap;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import dev.torii.model.llm.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a client of the Responses gets, whole and streamed.
class ResponsesAnswerWriteTest {

    private static final TokenUsage USAGE = new TokenUsage(6, 20, 4, 9, 5, TokenUsage.Source.FINAL);

    private static final Seal SIGNATURE = new Seal(Seal.Kind.SIGNATURE, "anthropic", "c2ln/+==");

    private static final StreamEvent START = new StreamEvent.Start("msg_01Ab", "claude", 7);

    private static LlmRequest request(String fields) throws Exception {
        return new ResponsesDialect()
                .readRequest(
                        (ObjectNode) Json.parse("{\"model\":\"m\",\"input\":\"q\"" + fields + "}"));
    }

    private static final String PATCH_TOOL =
            ",\"tools\":[{\"type\":\"custom\",\"name\":\"apply_patch\",\"format\":{\"type\":\"grammar\",\"syntax\":\"lark\",\"definition\":\"x\"}},"
                    + "{\"type\":\"namespace\",\"name\":\"mcp__cal__\",\"description\":\"n\",\"tools\":[{\"type\":\"function\",\"name\":\"add\",\"parameters\":{},\"strict\":false}]}]";

    /// A part in pieces of three characters.
    private static List<StreamEvent> part(int index, Opening opening, String text, Seal... seal) {
        List<StreamEvent> events = new ArrayList<>();
        events.add(new StreamEvent.PartStart(0, index, opening));
        for (int at = 0; at < text.length(); at += 3) {
            events.add(
                    new StreamEvent.PartDelta(
                            0, index, text.substring(at, Math.min(text.length(), at + 3))));
        }
        events.add(new StreamEvent.PartEnd(0, index, seal.length == 0 ? null : seal[0]));
        return events;
    }

    @SafeVarargs
    private static List<StreamEvent> answer(Finish.Kind kind, List<StreamEvent>... parts) {
        List<StreamEvent> events = new ArrayList<>();
        events.add(START);
        for (List<StreamEvent> part : parts) {
            events.addAll(part);
        }
        events.add(new StreamEvent.Finished(0, Finish.of(kind)));
        events.add(new StreamEvent.Counted(USAGE)); // some providers count last
        events.add(new StreamEvent.Ended());
        return events;
    }

    private static List<StreamEvent> call(int index, String id, String name, String arguments) {
        return part(index, new Opening.ToolCall(id, name, false), arguments);
    }

    private static JsonNode whole(LlmRequest request, Finish.Kind kind, Part... parts)
            throws Exception {
        var answer =
                new LlmAnswer(
                        "msg_01Ab",
                        7,
                        "claude",
                        List.of(new LlmAnswer.Choice(0, List.of(parts), Finish.of(kind))),
                        USAGE);
        byte[] written = new ResponsesDialect().writeAnswer(answer, request);
        ObjectMappers.jsonMapper().readValue(written, Response.class).validate();
        return Json.parse(written);
    }

    // Row 28.
    @Test
    void announcesEverythingThatItSays() throws Exception {
        WrittenStream stream =
                WrittenStream.of(
                        request(",\"reasoning\":{\"summary\":\"auto\"}"),
                        answer(
                                Finish.Kind.STOP,
                                part(0, new Opening.Thinking(false), "考え", SIGNATURE),
                                part(1, new Opening.Text(), "はい")));
        assertThat(stream.types())
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.reasoning_summary_part.added",
                        "response.reasoning_summary_text.delta",
                        "response.reasoning_summary_text.done",
                        "response.reasoning_summary_part.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
        assertThat(stream.text()).doesNotContain("[DONE]");
        Response response = stream.accumulated();
        assertThat(response.status()).contains(ResponseStatus.COMPLETED);
        assertThat(response.output().getFirst().asReasoning().encryptedContent())
                .contains(SealWrap.wrap(SIGNATURE, null));
        assertThat(stream.readAgain().answer().choices().getFirst().parts())
                .contains(new Part.Text("はい"));
    }

    @Test
    void keepsTheRequestsWordsInTheAnswer() throws Exception {
        JsonNode response =
                whole(
                        request(
                                """
                                ,"instructions":"短く","temperature":0.50,"tools":[{"type":"function","name":"f","parameters":{"z":1},"strict":true}],
                                "tool_choice":"required","parallel_tool_calls":false,"metadata":{"k":"v"},"store":true,
                                "text":{"verbosity":"low"},"reasoning":{"effort":"low"},"max_output_tokens":99,"user":"u","truncation":"auto"\
                                """),
                        Finish.Kind.STOP,
                        new Part.Text("a"));
        assertThat(Json.text(response))
                .isEqualTo(
                        Json.text(
                                Json.parse(
                                        """
                                        {"id":"resp_msg01Ab","object":"response","created_at":7,"status":"completed","background":false,"error":null,
                                         "incomplete_details":null,"instructions":"短く","max_output_tokens":99,"max_tool_calls":null,"model":"claude",
                                         "output":[{"id":"msg_msg01Ab0000","type":"message","status":"completed","content":[
                                           {"type":"output_text","annotations":[],"logprobs":[],"text":"a"}],"role":"assistant"}],
                                         "parallel_tool_calls":false,"previous_response_id":null,"prompt_cache_key":null,"prompt_cache_retention":null,
                                         "reasoning":{"effort":"low","summary":null},"safety_identifier":null,"service_tier":null,"store":false,
                                         "temperature":0.50,"text":{"format":{"type":"text"},"verbosity":"low"},"tool_choice":"required",
                                         "tools":[{"type":"function","name":"f","parameters":{"z":1},"strict":true}],"top_logprobs":null,"top_p":null,
                                         "truncation":"auto","usage":{"input_tokens":30,"input_tokens_details":{"cache_write_tokens":4,"cached_tokens":20},
                                         "output_tokens":9,"output_tokens_details":{"reasoning_tokens":5},"total_tokens":39},"user":"u","metadata":{"k":"v"}}\
                                        """)));
    }

    @Test
    void saysTheSameWholeAndStreamed() throws Exception {
        LlmRequest request = request(PATCH_TOOL + ",\"reasoning\":{\"summary\":\"auto\"}");
        JsonNode whole =
                whole(
                        request,
                        Finish.Kind.TOOL_CALLS,
                        new Part.Thinking("think", false, SIGNATURE),
                        new Part.Text("one"),
                        new Part.Text("two"),
                        new Part.ToolCall("a", "mcp__cal__add", "", false, SIGNATURE),
                        new Part.ToolCall("b", "apply_patch", "x\n", true, null));
        WrittenStream stream =
                WrittenStream.of(
                        request,
                        answer(
                                Finish.Kind.TOOL_CALLS,
                                part(0, new Opening.Thinking(false), "think", SIGNATURE),
                                part(1, new Opening.Text(), "one"),
                                part(2, new Opening.Text(), "two"),
                                part(
                                        3,
                                        new Opening.ToolCall("a", "mcp__cal__add", false),
                                        "",
                                        SIGNATURE),
                                part(4, new Opening.ToolCall("b", "apply_patch", true), "x\n")));
        assertThat(stream.response()).isEqualTo(whole);
        assertThat(stream.accumulated().output()).hasSize(5);
        JsonNode output = whole.path("output");
        assertThat(output.path(1).path("content")).hasSize(2);
        assertThat(output.path(2).path("namespace").asText()).isEqualTo("mcp__cal__");
        assertThat(output.path(2).path("name").asText()).isEqualTo("add");
        assertThat(output.path(2).path("arguments").asText()).isEqualTo("{}");
        assertThat(SealWrap.unwrap(output.path(3).path("encrypted_content").asText()))
                .isEqualTo(new SealWrap.Wrapped(SIGNATURE, "a"));
    }

    @Test
    void tellsWhereATextWasFoundAndHowLikelyItWas() throws Exception {
        var citation =
                (ObjectNode)
                        Json.parse(
                                "{\"type\":\"url_citation\",\"url_citation\":{\"start_index\":0,\"end_index\":1,\"url\":\"https://x\",\"title\":\"t\"}}");
        String token =
                "{\"token\":\"%s\",\"logprob\":-0.5,\"bytes\":[227,129,%d],\"top_logprobs\":[]}";
        var first = (ObjectNode) Json.parse(token.formatted("は", 175));
        var second = (ObjectNode) Json.parse(token.formatted("い", 132));
        var choice =
                new LlmAnswer.Choice(
                        0,
                        List.of(new Part.Text("はい", null, List.of(citation))),
                        Finish.of(Finish.Kind.STOP),
                        List.of(first, second));
        var bare = (ObjectNode) Json.parse("{\"token\":\"は\",\"logprob\":-0.5}");
        WrittenStream stream =
                WrittenStream.of(
                        request(""),
                        answer(
                                Finish.Kind.STOP,
                                List.of(
                                        new StreamEvent.PartStart(0, 0, new Opening.Text()),
                                        new StreamEvent.Weighed(0, 0, List.of(bare)),
                                        new StreamEvent.PartDelta(0, 0, "は"),
                                        new StreamEvent.Weighed(0, 0, List.of(second)),
                                        new StreamEvent.PartDelta(0, 0, "い"),
                                        new StreamEvent.Cited(0, 0, citation),
                                        new StreamEvent.PartEnd(0, 0, null))));
        assertThat(stream.events("response.output_text.delta"))
                .extracting(event -> event.path("logprobs").path(0))
                .containsExactly(first, second);
        JsonNode added = stream.events("response.output_text.annotation.added").getFirst();
        assertThat(added.path("annotation_index").asInt(-1)).isZero();
        assertThat(added.path("annotation").path("url").textValue()).isEqualTo("https://x");
        stream.accumulated();
        assertThat(stream.readAgain().answer().choices()).containsExactly(choice);
        byte[] whole =
                new ResponsesDialect()
                        .writeAnswer(
                                new LlmAnswer("msg_01Ab", 7, "claude", List.of(choice), USAGE),
                                request(""));
        assertThat(Json.parse(whole)).isEqualTo(stream.response());
    }

    @Test
    void givesACitationWithoutATitleAnEmptyOne() throws Exception {
        var citation =
                (ObjectNode)
                        Json.parse(
                                "{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://x\",\"title\":null}}");
        JsonNode text =
                whole(request(""), Finish.Kind.STOP, new Part.Text("a", null, List.of(citation)))
                        .at("/output/0/content/0");
        assertThat(Json.text(text.path("annotations").path(0)))
                .isEqualTo(
                        "{\"type\":\"url_citation\",\"start_index\":0,\"end_index\":0,\"url\":\"https://x\",\"title\":\"\"}");
    }

    // Row 29.
    @Test
    void opensNoMessageForCallsAlone() throws Exception {
        WrittenStream stream =
                WrittenStream.of(
                        request(""),
                        answer(
                                Finish.Kind.TOOL_CALLS,
                                call(0, "a", "f", "{\"x\":1}"),
                                call(1, "b", "g", "{}")));
        assertThat(stream.types())
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done",
                        "response.completed");
        Response response = stream.accumulated();
        assertThat(response.output())
                .extracting(item -> item.asFunctionCall().callId())
                .containsExactly("a", "b");
        assertThat(response.output().getFirst().asFunctionCall().arguments())
                .isEqualTo("{\"x\":1}");
    }

    // Row 30.
    @Test
    void givesACustomToolItsFreeTextBack() throws Exception {
        String patch = "*** Begin Patch\n+\"é\" \\ 日本\n*** End Patch";
        WrittenStream stream =
                WrittenStream.of(
                        request(PATCH_TOOL),
                        answer(
                                Finish.Kind.TOOL_CALLS,
                                part(0, new Opening.ToolCall("a", "apply_patch", true), patch)));
        assertThat(stream.deltas("response.custom_tool_call_input.delta")).isEqualTo(patch);
        assertThat(stream.events("response.custom_tool_call_input.delta").size()).isGreaterThan(5);
        assertThat(
                        stream.events("response.custom_tool_call_input.done")
                                .getFirst()
                                .path("input")
                                .asText())
                .isEqualTo(patch);
        assertThat(stream.accumulated().output().getFirst().asCustomToolCall().input())
                .isEqualTo(patch);
    }

    // Rows 3, 4 and 6.
    @Test
    void saysTextAndCallsInTheirOrder() throws Exception {
        WrittenStream stream =
                WrittenStream.of(
                        request(""),
                        answer(
                                Finish.Kind.TOOL_CALLS,
                                part(0, new Opening.Text(), "a"),
                                call(1, "x", "f", "{}"),
                                part(2, new Opening.Text(), "b")));
        assertThat(stream.response().path("output"))
                .extracting(item -> item.path("type").asText())
                .containsExactly("message", "function_call", "message");
        assertThat(stream.events("response.created")).hasSize(1);
    }

    @Test
    void tellsRawThoughtsWhereNoSummaryWasAsked() throws Exception {
        WrittenStream stream =
                WrittenStream.of(
                        request(""),
                        answer(Finish.Kind.STOP, part(0, new Opening.Thinking(false), "think")));
        assertThat(stream.types())
                .contains("response.reasoning_text.delta", "response.reasoning_text.done");
        assertThat(stream.accumulated().output().getFirst().asReasoning().content().orElseThrow())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "LENGTH,incomplete,max_output_tokens",
        "CONTEXT_FULL,incomplete,max_output_tokens",
        "CONTENT_FILTER,incomplete,content_filter",
        "REFUSAL,incomplete,content_filter",
        "STOP,completed,",
        "STOP_SEQUENCE,completed,",
        "PAUSE,completed,",
        "UNKNOWN,completed,"
    })
    void saysWhyItEnded(Finish.Kind kind, String status, String reason) throws Exception {
        WrittenStream stream =
                WrittenStream.of(request(""), answer(kind, part(0, new Opening.Text(), "a")));
        assertThat(stream.types().getLast()).isEqualTo("response." + status);
        assertThat(stream.response().path("status").asText()).isEqualTo(status);
        assertThat(stream.response().path("incomplete_details").path("reason").textValue())
                .isEqualTo(reason);
        assertThat(stream.response().path("output").path(0).path("status").asText())
                .isEqualTo(status);
        assertThat(stream.accumulated().usage().orElseThrow().totalTokens()).isEqualTo(39);
        assertThat(whole(request(""), kind, new Part.Text("a"))).isEqualTo(stream.response());
    }

    @Test
    void completesARefusalThatHasItsWords() throws Exception {
        WrittenStream stream =
                WrittenStream.of(
                        request(""),
                        answer(Finish.Kind.REFUSAL, part(0, new Opening.Refusal(), "no")));
        assertThat(stream.types())
                .contains("response.refusal.delta", "response.refusal.done", "response.completed");
        assertThat(
                        stream.accumulated()
                                .output()
                                .getFirst()
                                .asMessage()
                                .content()
                                .getFirst()
                                .asRefusal()
                                .refusal())
                .isEqualTo("no");
    }

    // Rows 26 and 27, and the codes that Codex knows.
    @ParameterizedTest
    @CsvSource({
        "CONTEXT,context_length_exceeded",
        "QUOTA,insufficient_quota",
        "BILLING,insufficient_quota",
        "RATE_LIMIT,rate_limit_exceeded",
        "OVERLOADED,overloaded",
        "INVALID,invalid_prompt",
        "SERVER,server_error"
    })
    void endsAStreamThatFailsAsAFailure(LlmError.Kind kind, String code) throws Exception {
        WrittenStream stream =
                WrittenStream.of(
                        request(""),
                        START,
                        new StreamEvent.PartStart(0, 0, new Opening.Text()),
                        new StreamEvent.PartDelta(0, 0, "a"),
                        new StreamEvent.PartEnd(0, 0, null),
                        new StreamEvent.Failed(
                                new LlmError(kind, 200, "try again in 3s", null, null)),
                        new StreamEvent.Ended());
        assertThat(stream.types().subList(stream.types().size() - 2, stream.types().size()))
                .containsExactly("error", "response.failed");
        JsonNode error = stream.events("error").getFirst();
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("error").path("code").asText()).isEqualTo(code);
        assertThat(error.path("message").asText()).isEqualTo("try again in 3s");
        assertThat(stream.response().path("status").asText()).isEqualTo("failed");
        assertThat(stream.response().path("error").path("code").asText()).isEqualTo(code);
    }

    @Test
    void beginsAStreamThatFailsBeforeItBegan() throws Exception {
        WrittenStream stream =
                WrittenStream.of(
                        request(""),
                        new StreamEvent.Failed(LlmError.interrupted("cut")),
                        new StreamEvent.Ended());
        assertThat(stream.types())
                .containsExactly(
                        "response.created", "response.in_progress", "error", "response.failed");
    }

    @Test
    void countsNothingAsNothing() throws Exception {
        WrittenStream stream =
                WrittenStream.of(
                        request(""),
                        START,
                        new StreamEvent.Finished(0, Finish.of(Finish.Kind.STOP)),
                        new StreamEvent.Ended());
        assertThat(
                        stream.accumulated()
                                .usage()
                                .orElseThrow()
                                .outputTokensDetails()
                                .reasoningTokens())
                .isZero();
    }

    @Test
    void showsThatItIsThere() throws Exception {
        List<StreamEvent> events = new ArrayList<>();
        events.add(START);
        for (int i = 0; i < 25; i++) {
            events.add(new StreamEvent.Tick());
        }
        events.addAll(answer(Finish.Kind.STOP, part(0, new Opening.Text(), "a")).subList(1, 4));
        events.add(new StreamEvent.Finished(0, Finish.of(Finish.Kind.STOP)));
        events.add(new StreamEvent.Ended());
        WrittenStream stream = WrittenStream.of(request(""), events);
        assertThat(stream.text().split(": torii\n\n", -1)).hasSize(20);
        assertThat(stream.events("response.in_progress")).hasSize(7);
        stream.accumulated();
    }

    // Row 20: what comes back from the client is what went to it.
    @Test
    void takesBackWhatItSaid() throws Exception {
        LlmRequest request = request(PATCH_TOOL + ",\"reasoning\":{\"summary\":\"auto\"}");
        JsonNode output =
                whole(
                                request,
                                Finish.Kind.TOOL_CALLS,
                                new Part.Thinking("é/\\u00e9\n考え", false, SIGNATURE),
                                new Part.Text("one"),
                                new Part.ToolCall(
                                        "a", "mcp__cal__add", "{\"x\": 1}", false, SIGNATURE),
                                new Part.ToolCall("b", "apply_patch", "x", true, null))
                        .path("output");
        ObjectNode body = (ObjectNode) Json.parse("{\"model\":\"m\"" + PATCH_TOOL + "}");
        body.set("input", output);
        assertThat(new ResponsesDialect().readRequest(body).messages().getFirst().parts())
                .containsExactly(
                        new Part.Thinking("é/\\u00e9\n考え", true, SIGNATURE),
                        new Part.Text("one"),
                        new Part.ToolCall("a", "mcp__cal__add", "{\"x\": 1}", false, SIGNATURE),
                        new Part.ToolCall("b", "apply_patch", "x", true, null));
    }

    @Test
    void writesErrorsAsOpenAiDoes() throws Exception {
        byte[] body =
                new ResponsesDialect()
                        .writeError(new LlmError(LlmError.Kind.CONTEXT, 400, "long", null, null));
        assertThat(Json.text(Json.parse(body)))
                .isEqualTo(
                        "{\"error\":{\"message\":\"long\",\"type\":\"invalid_request_error\",\"param\":\"input\",\"code\":\"context_length_exceeded\"}}");
    }

    @Test
    void writesHowManyTokensTheInputHas() throws Exception {
        assertThat(Json.text(Json.parse(new ResponsesDialect().writeCount(12))))
                .isEqualTo("{\"object\":\"response.input_tokens\",\"input_tokens\":12}");
    }
}
