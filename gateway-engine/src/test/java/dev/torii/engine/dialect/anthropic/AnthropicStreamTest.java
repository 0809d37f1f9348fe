package dev.torii.engine.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.engine.dialect.SealWrap;
import dev.torii.engine.dialect.StreamGrammar;
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
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Streams and whole answers as an Anthropic client gets them, whoever gave them.
class AnthropicStreamTest {

    private static final StreamEvent START = new StreamEvent.Start("chatcmpl-1", "m", 1);
    private static final StreamEvent END = new StreamEvent.Ended();
    private static final TokenUsage USAGE =
            new TokenUsage(3, 3600, 12, 41, 23, TokenUsage.Source.FINAL);
    private static final Opening CALL = new Opening.ToolCall("call_1", "weather", false);
    private static final Seal GEMINI = new Seal(Seal.Kind.SIGNATURE, "gemini", "c2ln/+é==");
    private static final Seal OWN = new Seal(Seal.Kind.SIGNATURE, "anthropic", "EqQB/+==");

    private static LlmRequest request() {
        try {
            return new AnthropicClientDialect()
                    .readRequest(
                            (ObjectNode)
                                    Json.parse(
                                            """
                                            {"model":"claude-sonnet-4-5","max_tokens":9,"stream":true,
                                             "messages":[{"role":"user","content":"a"}]}\
                                            """));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static StreamEvent open(int part, Opening opening) {
        return new StreamEvent.PartStart(0, part, opening);
    }

    private static StreamEvent piece(int part, String text) {
        return new StreamEvent.PartDelta(0, part, text);
    }

    private static StreamEvent close(int part) {
        return new StreamEvent.PartEnd(0, part, null);
    }

    private static StreamEvent close(int part, Seal seal) {
        return new StreamEvent.PartEnd(0, part, seal);
    }

    private static StreamEvent finish(Finish.Kind kind) {
        return new StreamEvent.Finished(0, Finish.of(kind));
    }

    static String written(StreamEvent... events) {
        EventWriter writer = new AnthropicClientDialect().writer(request());
        var out = new ByteArrayOutputStream();
        for (StreamEvent event : events) {
            writer.write(event, out);
        }
        return out.toString(UTF_8);
    }

    /// The data of the events, each of which is named as its type.
    private static List<JsonNode> data(String stream) throws Exception {
        List<JsonNode> data = new ArrayList<>();
        for (String event : stream.split("\n\n", 0)) {
            if (event.startsWith(":")) {
                continue;
            }
            String[] lines = event.split("\n", 0);
            assertThat(lines).hasSize(2);
            JsonNode json = Json.parse(lines[1].substring("data: ".length()));
            assertThat(lines[0]).isEqualTo("event: " + json.path("type").textValue());
            data.add(json);
        }
        assertThat(stream).endsWith("\n\n");
        return data;
    }

    private static List<String> types(String stream) throws Exception {
        return data(stream).stream()
                .map(event -> event.path("type").asText())
                .filter(type -> !type.equals("ping"))
                .toList();
    }

    /// What a client that reads strictly understands: one start first, blocks one by one and
    /// counted without gaps, pieces only of the block that is open, one end.
    private static List<Part> understood(String stream) throws Exception {
        int index = -1;
        boolean open = false;
        boolean ended = false;
        List<JsonNode> events = data(stream);
        assertThat(events.getFirst().path("type").asText()).isEqualTo("message_start");
        for (JsonNode event : events.subList(1, events.size())) {
            assertThat(ended).as("nothing behind the end").isFalse();
            switch (event.path("type").asText()) {
                case "ping" -> {}
                case "content_block_start" -> {
                    assertThat(open).isFalse();
                    assertThat(event.path("index").intValue()).isEqualTo(++index);
                    open = true;
                }
                case "content_block_delta", "content_block_stop" -> {
                    assertThat(open).isTrue();
                    assertThat(event.path("index").intValue()).isEqualTo(index);
                    open = !event.path("type").asText().equals("content_block_stop");
                }
                case "message_delta" -> {
                    assertThat(open).isFalse();
                    assertThat(event.at("/usage/output_tokens").isNumber()).isTrue();
                    assertThat(event.at("/delta/stop_reason").isTextual()).isTrue();
                }
                case "message_stop" -> ended = true;
                default -> throw new AssertionError(event.toString());
            }
        }
        assertThat(ended).isTrue();
        return StreamGrammar.readHoweverCut(AnthropicEventReader::new, stream)
                .answer()
                .choices()
                .getFirst()
                .parts();
    }

    @Test
    void writesEventsInAnthropicsOrder() throws Exception {
        String stream =
                written(
                        START,
                        open(0, new Opening.Thinking(false)),
                        piece(0, "hm"),
                        close(0, OWN),
                        open(1, CALL),
                        piece(1, "{\"city\":"),
                        piece(1, "\"札幌\"}"),
                        close(1),
                        new StreamEvent.Counted(USAGE),
                        finish(Finish.Kind.TOOL_CALLS),
                        END);
        List<JsonNode> data = data(stream);
        assertThat(data)
                .extracting(event -> event.path("type").asText())
                .containsExactly(
                        "message_start",
                        "content_block_start",
                        "ping",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_stop",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
        assertThat(data.getFirst().at("/message"))
                .isEqualTo(
                        Json.parse(
                                """
                                {"id":"msg_chatcmpl-1","type":"message","role":"assistant","model":"m","content":[],
                                 "stop_reason":null,"stop_sequence":null,
                                 "usage":{"input_tokens":0,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,
                                   "output_tokens":0,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0}}}\
                                """));
        assertThat(data.get(1).path("content_block"))
                .isEqualTo(
                        Json.parse("{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"));
        assertThat(data.get(4).path("delta"))
                .isEqualTo(Json.parse("{\"type\":\"signature_delta\",\"signature\":\"EqQB/+==\"}"));
        assertThat(data.get(6).path("content_block"))
                .isEqualTo(
                        Json.parse(
                                "{\"type\":\"tool_use\",\"id\":\"call_1\",\"name\":\"weather\",\"input\":{}}"));
        assertThat(data.get(7).at("/delta/partial_json").textValue()).isEmpty();
        assertThat(data.get(11))
                .isEqualTo(
                        Json.parse(
                                """
                                {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},
                                 "usage":{"input_tokens":3,"cache_creation_input_tokens":12,"cache_read_input_tokens":3600,
                                   "output_tokens":41,"output_tokens_details":{"thinking_tokens":23}}}\
                                """));
        assertThat(understood(stream))
                .containsExactly(
                        new Part.Thinking("hm", false, OWN),
                        new Part.ToolCall("call_1", "weather", "{\"city\":\"札幌\"}", false, null));
    }

    // Rows 3 and 4.
    @Test
    void startsOnceWhateverComesFirst() throws Exception {
        assertThat(
                        types(
                                written(
                                        open(0, new Opening.Text()),
                                        piece(0, "a"),
                                        START,
                                        close(0),
                                        START,
                                        finish(Finish.Kind.STOP),
                                        END)))
                .containsExactly(
                        "message_start",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
        assertThat(types(written(finish(Finish.Kind.STOP), END)))
                .containsExactly("message_start", "message_delta", "message_stop");
        assertThat(types(written(START, open(0, CALL), close(0), END)).getFirst())
                .isEqualTo("message_start");
    }

    // Rows 1, 2, 5, 6, 8, 9 and 29.
    @Test
    void opensABlockForEachPartAndCountsThemOn() throws Exception {
        String stream =
                written(
                        START,
                        open(0, new Opening.Text()),
                        piece(0, "a"),
                        close(0),
                        open(1, CALL),
                        piece(1, "{}"),
                        close(1),
                        open(2, new Opening.Text()),
                        piece(2, "\n"),
                        close(2),
                        open(3, new Opening.ToolCall("call_2", "g", false)),
                        close(3),
                        open(4, new Opening.Text()),
                        close(4),
                        open(5, new Opening.ToolCall("call_3", "Bash", false)),
                        piece(5, "{\"x\":"),
                        piece(5, "1}"),
                        close(5),
                        finish(Finish.Kind.STOP),
                        END);
        assertThat(understood(stream))
                .containsExactly(
                        new Part.Text("a"),
                        new Part.ToolCall("call_1", "weather", "{}", false, null),
                        new Part.Text("\n"),
                        new Part.ToolCall("call_2", "g", "{}", false, null),
                        new Part.ToolCall("call_3", "Bash", "{\"x\":1}", false, null));
        // Row 17.
        assertThat(stream).contains("\"stop_reason\":\"tool_use\"");
    }

    // Rows 11, 12 and 13.
    @Test
    void tellsTheUsageAtTheBeginningAndTheLastWordOnItAtTheEnd() throws Exception {
        var first = new TokenUsage(3602, 0, 0, 1, 0, TokenUsage.Source.PARTIAL);
        List<JsonNode> data =
                data(
                        written(
                                START,
                                new StreamEvent.Counted(first),
                                open(0, new Opening.Text()),
                                piece(0, "a"),
                                close(0),
                                finish(Finish.Kind.STOP),
                                new StreamEvent.Counted(USAGE),
                                END));
        assertThat(data.getFirst().at("/message/usage/input_tokens").intValue()).isEqualTo(3602);
        JsonNode last = data.get(data.size() - 2).path("usage");
        assertThat(last.path("input_tokens").intValue()).isEqualTo(3);
        assertThat(last.path("cache_read_input_tokens").intValue()).isEqualTo(3600);
        assertThat(last.path("cache_creation_input_tokens").intValue()).isEqualTo(12);
        assertThat(last.path("output_tokens").intValue()).isEqualTo(41);
    }

    // Rows 11 and 14.
    @Test
    void tellsTheSameUsageWholeAndStreamed() throws Exception {
        var bill = new TokenUsage(3, 0, 12_304, 550, 0, TokenUsage.Source.FINAL);
        var streamed =
                StreamGrammar.read(
                                new AnthropicEventReader(),
                                written(
                                        START,
                                        new StreamEvent.Counted(bill),
                                        finish(Finish.Kind.STOP),
                                        END))
                        .answer();
        var whole = new AnthropicDialect().readAnswer(whole(Finish.of(Finish.Kind.STOP), bill));
        assertThat(streamed.usage()).isEqualTo(bill);
        assertThat(whole.usage()).isEqualTo(bill);
    }

    private static byte[] whole(Finish finish, TokenUsage usage, Part... parts) {
        return new AnthropicClientDialect()
                .writeAnswer(
                        new LlmAnswer(
                                "chatcmpl-1",
                                1,
                                "m",
                                List.of(new LlmAnswer.Choice(0, List.of(parts), finish)),
                                usage),
                        request());
    }

    // Row 19.
    @Test
    void carriesTheSealOfACallInAThoughtBeforeIt() throws Exception {
        String stream =
                written(
                        START,
                        open(0, CALL),
                        piece(0, "{\"a\":1}"),
                        close(0, GEMINI),
                        open(1, new Opening.ToolCall("call_2", "g", false)),
                        piece(1, "{"),
                        piece(1, "}"),
                        close(1, GEMINI),
                        finish(Finish.Kind.STOP),
                        END);
        List<Part> parts = understood(stream);
        assertThat(parts).hasSize(4);
        assertThat(parts.get(1)).isInstanceOf(Part.ToolCall.class);
        assertThat(parts.get(2)).isInstanceOf(Part.ToolCall.class);
        assertThat(replayed(parts))
                .containsExactly(
                        new Part.ToolCall("call_1", "weather", "{\"a\":1}", false, GEMINI),
                        new Part.ToolCall("call_2", "g", "{}", false, GEMINI));

        byte[] whole =
                whole(
                        Finish.of(Finish.Kind.STOP),
                        USAGE,
                        new Part.ToolCall("call_1", "weather", "{\"a\":1}", false, GEMINI));
        assertThat(replayed(new AnthropicDialect().readAnswer(whole).choices().getFirst().parts()))
                .containsExactly(
                        new Part.ToolCall("call_1", "weather", "{\"a\":1}", false, GEMINI));
    }

    /// What is read of an answer when a client sends it back as it got it.
    private static List<Part> replayed(List<Part> parts) throws Exception {
        ObjectNode body = Json.object();
        ObjectNode message = body.putArray("messages").addObject().put("role", "assistant");
        var content = message.putArray("content");
        for (Part part : parts) {
            switch (part) {
                case Part.Thinking(var text, _, var seal) ->
                        content.addObject()
                                .put("type", "thinking")
                                .put("thinking", text)
                                .put("signature", seal == null ? "" : seal.value());
                case Part.ToolCall call -> {
                    ObjectNode block =
                            content.addObject()
                                    .put("type", "tool_use")
                                    .put("id", call.id())
                                    .put("name", call.name());
                    block.set("input", Json.parse(call.arguments()));
                }
                case Part.Text(var text, _, _) ->
                        content.addObject().put("type", "text").put("text", text);
                default -> throw new AssertionError(part.toString());
            }
        }
        return new AnthropicClientDialect().readRequest(body).messages().getFirst().parts();
    }

    // Rows 19, 20 and 22.
    @Test
    void carriesThoughtsOfAllKinds() throws Exception {
        var openai = new Seal(Seal.Kind.ENCRYPTED, "openai-responses", "gAAA==");
        var redacted = new Seal(Seal.Kind.ENCRYPTED, "anthropic", "Rk9P");
        String stream =
                written(
                        START,
                        open(0, new Opening.Thinking(true)),
                        piece(0, "sum"),
                        close(0, openai),
                        open(1, new Opening.Thinking(false)),
                        close(1, openai),
                        open(2, new Opening.Thinking(false)),
                        piece(2, "plain"),
                        close(2),
                        open(3, new Opening.Thinking(false)),
                        close(3),
                        open(4, new Opening.Thinking(false)),
                        close(4, redacted),
                        finish(Finish.Kind.STOP),
                        END);
        assertThat(stream)
                .contains("\"content_block\":{\"type\":\"redacted_thinking\",\"data\":\"Rk9P\"}");
        assertThat(understood(stream))
                .containsExactly(
                        new Part.Thinking("sum", false, carried(openai)),
                        new Part.Thinking("", false, carried(openai)),
                        new Part.Thinking("plain", false, null),
                        new Part.Thinking("", false, redacted));
        JsonNode content =
                Json.parse(
                                whole(
                                        Finish.of(Finish.Kind.STOP),
                                        USAGE,
                                        new Part.Thinking("sum", true, openai),
                                        new Part.Thinking("", false, null),
                                        new Part.Thinking("", false, redacted),
                                        new Part.Text("")))
                        .path("content");
        assertThat(content).hasSize(2);
        assertThat(content.at("/0/signature").textValue()).startsWith("torii001");
        assertThat(content.at("/1/type").textValue()).isEqualTo("redacted_thinking");
    }

    private static Seal carried(Seal seal) {
        return new Seal(Seal.Kind.SIGNATURE, "anthropic", SealWrap.wrap(seal, null));
    }

    // Rows 26 and 27.
    @ParameterizedTest
    @EnumSource
    void tellsOfAFailureInTheMiddleAndEndsNothingWell(LlmError.Kind kind) throws Exception {
        String stream =
                written(
                        START,
                        open(0, new Opening.Text()),
                        piece(0, "a"),
                        new StreamEvent.Failed(new LlmError(kind, 200, "why", null, null)),
                        END);
        assertThat(types(stream))
                .containsExactly(
                        "message_start", "content_block_start", "content_block_delta", "error")
                .doesNotContain("message_stop");
        var error = StreamGrammar.read(new AnthropicEventReader(), stream).error();
        assertThat(error.message()).endsWith("why");
        assertThat(stream).doesNotContain("end_turn");
    }

    @Test
    void tellsOfAFailureBeforeAnything() throws Exception {
        assertThat(types(written(new StreamEvent.Failed(LlmError.interrupted("cut")), END)))
                .containsExactly("error");
        assertThat(new AnthropicClientDialect().writeFailure(LlmError.interrupted("cut"), 0))
                .asString()
                .isEqualTo(
                        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"cut\"}}\n\n");
    }

    @Test
    void showsThatTheProviderIsThere() throws Exception {
        assertThat(written(new StreamEvent.Tick())).isEqualTo(": torii\n\n");
        List<JsonNode> data = data(written(START, new StreamEvent.Tick()));
        assertThat(data)
                .extracting(event -> event.path("type").asText())
                .containsExactly("message_start", "ping");
        assertThat(data.get(1)).isEqualTo(Json.parse("{\"type\":\"ping\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "STOP,end_turn",
        "UNKNOWN,end_turn",
        "STOP_SEQUENCE,stop_sequence",
        "LENGTH,max_tokens",
        "CONTEXT_FULL,model_context_window_exceeded",
        "TOOL_CALLS,tool_use",
        "CONTENT_FILTER,refusal",
        "REFUSAL,refusal",
        "PAUSE,pause_turn"
    })
    void saysWhyAnAnswerEnded(Finish.Kind kind, String word) throws Exception {
        var finish = new Finish(kind, kind == Finish.Kind.STOP_SEQUENCE ? "終" : null);
        JsonNode whole = Json.parse(whole(finish, USAGE, new Part.Text("a")));
        List<JsonNode> data = data(written(START, new StreamEvent.Finished(0, finish), END));
        JsonNode delta = data.get(data.size() - 2).path("delta");
        assertThat(whole.path("stop_reason").textValue()).isEqualTo(word);
        assertThat(delta.path("stop_reason").textValue()).isEqualTo(word);
        assertThat(whole.path("stop_sequence")).isEqualTo(delta.path("stop_sequence"));
        assertThat(whole.path("stop_sequence").textValue()).isEqualTo(finish.stopSequence());
    }

    @Test
    void writesAWholeAnswer() throws Exception {
        assertThat(
                        Json.parse(
                                whole(
                                        Finish.of(Finish.Kind.STOP),
                                        USAGE,
                                        new Part.Thinking("hm", false, OWN),
                                        new Part.Text("やあ"),
                                        new Part.Refusal("no"),
                                        new Part.ToolCall(
                                                "functions.f:0",
                                                "f",
                                                "{\"b\":1.50,\"a\":\"é\"}",
                                                false,
                                                null),
                                        new Part.ToolCall("c", "g", "{\"cut\":", false, null))))
                .isEqualTo(
                        Json.parse(
                                """
                                {"id":"msg_chatcmpl-1","type":"message","role":"assistant","model":"m","content":[
                                  {"type":"thinking","thinking":"hm","signature":"EqQB/+=="},
                                  {"type":"text","text":"やあ"},{"type":"text","text":"no"},
                                  {"type":"tool_use","id":"%s","name":"f","input":{"b":1.50,"a":"é"}},
                                  {"type":"tool_use","id":"c","name":"g","input":{"input":"{\\"cut\\":"}}],
                                 "stop_reason":"tool_use","stop_sequence":null,
                                 "usage":{"input_tokens":3,"cache_creation_input_tokens":12,"cache_read_input_tokens":3600,
                                   "output_tokens":41,"output_tokens_details":{"thinking_tokens":23},
                                   "cache_creation":{"ephemeral_5m_input_tokens":12,"ephemeral_1h_input_tokens":0}}}\
                                """
                                        .formatted(AnthropicIds.ofCall("functions.f:0"))));
        assertThat(AnthropicIds.ofCall("functions.f:0")).matches("toolu_[a-f0-9]+");
    }

    @Test
    void writesAnAnswerOfWhichLittleIsKnown() throws Exception {
        JsonNode answer =
                Json.parse(
                        new AnthropicClientDialect()
                                .writeAnswer(
                                        new LlmAnswer(null, 0, null, List.of(), null), request()));
        assertThat(answer.path("id").textValue()).matches("msg_[a-f0-9]{24}");
        assertThat(answer.path("model").textValue()).isEqualTo("claude-sonnet-4-5");
        assertThat(answer.at("/usage/input_tokens").intValue()).isZero();
        assertThat(answer.path("content").isArray()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID,400,invalid_request_error,m",
        "CONTEXT,400,invalid_request_error,prompt is too long: m",
        "AUTH,401,authentication_error,m",
        "BILLING,402,billing_error,m",
        "PERMISSION,403,permission_error,m",
        "NOT_FOUND,404,not_found_error,m",
        "TOO_LARGE,413,request_too_large,m",
        "RATE_LIMIT,429,rate_limit_error,m",
        "QUOTA,429,rate_limit_error,m",
        "POLICY,400,invalid_request_error,m",
        "TIMEOUT,504,timeout_error,m",
        "SERVER,500,api_error,m",
        "OVERLOADED,529,overloaded_error,m"
    })
    void writesErrors(LlmError.Kind kind, int status, String type, String message)
            throws Exception {
        var client = new AnthropicClientDialect();
        var error = new LlmError(kind, 418, "m", "c", "p");
        assertThat(client.status(error)).isEqualTo(status);
        assertThat(Json.parse(client.writeError(error)))
                .isEqualTo(
                        Json.parse(
                                "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"}}"
                                        .formatted(type, message)));
    }

    @Test
    void saysOnceThatAPromptIsTooLong() {
        var error =
                new LlmError(LlmError.Kind.CONTEXT, 400, "prompt is too long: 9 > 8", null, null);
        assertThat(AnthropicErrors.json(error).at("/error/message").textValue())
                .isEqualTo("prompt is too long: 9 > 8");
    }
}
