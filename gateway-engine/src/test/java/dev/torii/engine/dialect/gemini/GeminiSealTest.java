package dev.torii.engine.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.engine.dialect.anthropic.AnthropicDialect;
import dev.torii.engine.dialect.chat.ChatDialect;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Signatures go home byte for byte, and nowhere else.
class GeminiSealTest {

    private static final String SIGNATURE = "ErkE+/é\\u003d==";

    private final GeminiDialect gemini = new GeminiDialect();
    private final ChatDialect chat = new ChatDialect();
    private final Losses losses = new Losses();

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) Json.parse(text);
    }

    private static String response(String parts) {
        return "{\"responseId\":\"r\",\"candidates\":[{\"content\":{\"parts\":"
                + parts
                + "},\"finishReason\":\"STOP\"}]}";
    }

    /// What a chat client is told when Gemini answers with these parts.
    private ObjectNode message(String parts) throws Exception {
        LlmAnswer answer = gemini.readAnswer(response(parts).getBytes(UTF_8));
        return (ObjectNode) Json.parse(chat.writeAnswer(answer, ASKED)).at("/choices/0/message");
    }

    /// The same, streamed part by part and put together by the client.
    private ObjectNode streamedMessage(String parts) throws Exception {
        var stream = new StringBuilder();
        for (JsonNode part : Json.parse(parts)) {
            stream.append("data: ").append(response("[" + Json.text(part) + "]")).append("\n\n");
        }
        var out = new ByteArrayOutputStream();
        EventWriter writer = chat.writer(ASKED);
        StreamGrammar.read(gemini.reader(), stream.toString())
                .events()
                .forEach(event -> writer.write(event, out));
        ObjectNode message =
                json("{\"role\":\"assistant\",\"reasoning_details\":[],\"tool_calls\":[]}");
        for (String line : out.toString(UTF_8).split("\n", -1)) {
            if (line.startsWith("data: {")) {
                add(Json.parse(line.substring("data: ".length())).at("/choices/0/delta"), message);
            }
        }
        return message;
    }

    private static void add(JsonNode delta, ObjectNode message) {
        for (String field : List.of("content", "reasoning_content")) {
            message.put(field, message.path(field).asText("") + delta.path(field).asText(""));
        }
        ArrayNode details = (ArrayNode) message.path("reasoning_details");
        delta.path("reasoning_details").forEach(details::add);
        ArrayNode calls = (ArrayNode) message.path("tool_calls");
        for (JsonNode call : delta.path("tool_calls")) {
            if (call.has("id")) {
                calls.add(call);
            } else {
                ObjectNode function =
                        (ObjectNode) calls.get(call.path("index").intValue()).path("function");
                String arguments = function.path("arguments").asText();
                function.put("arguments", arguments + call.at("/function/arguments").asText());
            }
        }
    }

    /// What a chat client sends in the second step, when Gemini answered the first with these
    /// parts.
    private JsonNode secondStep(String model, String parts, boolean keepsThoughts)
            throws Exception {
        ObjectNode message = message(parts);
        if (!keepsThoughts) {
            message.remove(List.of("reasoning_content", "reasoning_details"));
        }
        return secondStep(model, message);
    }

    private JsonNode secondStep(String model, ObjectNode message) throws Exception {
        ObjectNode request =
                json(
                        "{\"model\":\""
                                + model
                                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"go\"}]}");
        ArrayNode messages = (ArrayNode) request.path("messages");
        messages.add(message);
        for (JsonNode call : message.path("tool_calls")) {
            messages.addObject()
                    .put("role", "tool")
                    .put("content", "15°C")
                    .set("tool_call_id", call.get("id"));
        }
        return gemini.writeRequest(chat.readRequest(request), losses).path("contents");
    }

    /// Row 19.
    @Test
    void sendsTheSignatureOfACallBackWithIt() throws Exception {
        String call =
                "{\"functionCall\":{\"name\":\"weather\",\"args\":{\"x\":1},\"id\":\"call_883098\"},\"thoughtSignature\":\""
                        + "c2ln/+=="
                        + "\"}";
        String more = "{\"functionCall\":{\"name\":\"weather\",\"args\":{}}}";
        String thought = "{\"text\":\"hm\",\"thought\":true}";
        for (String before : List.of("", thought + ",", "{\"text\":\"let me see\"},")) {
            String parts = "[" + before + call + "," + more + "]";
            for (ObjectNode message : List.of(message(parts), streamedMessage(parts))) {
                JsonNode contents = secondStep("gemini-3-pro-preview", message);
                JsonNode model = contents.at("/1/parts");
                int first = model.size() - 2;
                assertThat(model.get(first)).isEqualTo(json(call));
                assertThat(model.get(first + 1)).isEqualTo(json(more));
                assertThat(contents.at("/2/parts/0/functionResponse/id").textValue())
                        .isEqualTo("call_883098");
                assertThat(contents.at("/2/parts/1/functionResponse").has("id")).isFalse();
                assertThat(contents.at("/2/parts/1/functionResponse/name").textValue())
                        .isEqualTo("weather");
            }
        }
        assertThat(losses.all()).isEmpty();
    }

    /// A chat client sends all thoughts first, whatever they stood between.
    @Test
    void tellsTheSignatureOfATextFromThatOfACall() throws Exception {
        JsonNode model =
                secondStep(
                                "gemini-3-pro-preview",
                                "[{\"text\":\"wait\",\"thoughtSignature\":\"t\"},"
                                        + "{\"functionCall\":{\"name\":\"f\",\"args\":{}},\"thoughtSignature\":\"c\"}]",
                                true)
                        .at("/1/parts");
        assertThat(model.at("/0/thoughtSignature").textValue()).isEqualTo("t");
        assertThat(model.at("/1/thoughtSignature").textValue()).isEqualTo("c");
    }

    @Test
    void sendsTheSignatureOfATextBackWithIt() throws Exception {
        JsonNode contents =
                secondStep(
                        "gemini-3-pro-preview",
                        "[{\"text\":\"hm\",\"thought\":true},{\"text\":\"15°\",\"thoughtSignature\":\"a+/=\"}]",
                        true);
        assertThat(contents.at("/1/parts/0"))
                .isEqualTo(json("{\"text\":\"15°\",\"thoughtSignature\":\"a+/=\"}"));
    }

    @Test
    void asksGoogleNotToLookForASignatureThatTheClientForgot() throws Exception {
        String call =
                "[{\"functionCall\":{\"name\":\"f\",\"args\":{}},\"thoughtSignature\":\"c2ln\"},"
                        + "{\"functionCall\":{\"name\":\"f\",\"args\":{\"x\":1}}}]";
        JsonNode model = secondStep("gemini-3-pro-preview", call, false).at("/1/parts");
        assertThat(model.at("/0/thoughtSignature").textValue())
                .isEqualTo("skip_thought_signature_validator");
        assertThat(model.get(1).has("thoughtSignature")).isFalse();
        assertThat(losses.count()).isEqualTo(1);

        assertThat(
                        secondStep("gemini-2.5-flash", call, false)
                                .at("/1/parts/0")
                                .has("thoughtSignature"))
                .isFalse();
    }

    @Test
    void looksForSignaturesInTheCurrentTurnOnly() throws Exception {
        ObjectNode request =
                json(
                        """
                        {"model":"gemini-3-pro-preview","messages":[{"role":"user","content":"a"},
                         {"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]},
                         {"role":"tool","tool_call_id":"1","content":"x"},{"role":"assistant","content":"done"},
                         {"role":"user","content":"again"},
                         {"role":"assistant","tool_calls":[{"id":"2","type":"function","function":{"name":"f","arguments":"{}"}}]},
                         {"role":"tool","tool_call_id":"2","content":"x"}]}\
                        """);
        JsonNode contents = gemini.writeRequest(chat.readRequest(request), losses).path("contents");
        assertThat(contents.at("/1/parts/0").has("thoughtSignature")).isFalse();
        assertThat(contents.at("/5/parts/0").has("thoughtSignature")).isTrue();
    }

    private static final String FOREIGN =
            """
            {"role":"assistant","content":"ok","reasoning_details":[
              {"type":"reasoning.text","text":"f0reign","signature":"f0reign","format":"anthropic"}]}
            """;

    @Test
    void tellsGeminiNothingOfAnothersThoughts() throws Exception {
        ObjectNode request =
                json(
                        "{\"model\":\"gemini-3-pro-preview\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
                                + FOREIGN
                                + ",{\"role\":\"user\",\"content\":\"b\"}]}");
        assertThat(Json.text(gemini.writeRequest(chat.readRequest(request), losses)))
                .doesNotContain("f0reign");
        assertThat(losses.count()).isEqualTo(1);
    }

    /// Row 21.
    @Test
    void tellsClaudeNothingOfGeminisSignatures() throws Exception {
        ObjectNode request =
                json(
                        """
                        {"contents":[{"role":"user","parts":[{"text":"a"}]},
                         {"role":"model","parts":[{"text":"hm","thought":true,"thoughtSignature":"f0reign"},
                           {"functionCall":{"name":"f","args":{}},"thoughtSignature":"f0reign"}]},
                         {"role":"user","parts":[{"functionResponse":{"name":"f","response":{"output":"1"}}}]}]}\
                        """);
        JsonNode body = new AnthropicDialect().writeRequest(gemini.readRequest(request), losses);
        assertThat(Json.text(body)).doesNotContain("f0reign");
        assertThat(body.at("/messages/1/content/0/name").textValue()).isEqualTo("f");
        assertThat(body.at("/messages/2/content/0/tool_use_id"))
                .isEqualTo(body.at("/messages/1/content/0/id"));
        assertThat(body.at("/messages/2/content/0/content/0/text").textValue()).isEqualTo("1");
    }

    private static final LlmRequest ASKED;

    static {
        try {
            ASKED =
                    new GeminiDialect()
                            .readRequest(
                                    (ObjectNode)
                                            Json.parse(
                                                    "{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}]}"));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /// What comes back when a client keeps the whole answer.
    private List<Part> returned(List<Part> parts) throws Exception {
        var answer =
                new LlmAnswer(
                        "id",
                        0,
                        "m",
                        List.of(new LlmAnswer.Choice(0, parts, Finish.of(Finish.Kind.STOP))),
                        null);
        JsonNode content =
                Json.parse(gemini.writeAnswer(answer, ASKED)).at("/candidates/0/content");
        ObjectNode history = Json.object();
        history.putArray("contents").add(content);
        return gemini.readRequest(history).messages().getFirst().parts();
    }

    @Test
    void carriesTheSealsOfOthersThroughAGeminiClient() throws Exception {
        var signed =
                new Part.Thinking(
                        "hm", false, new Seal(Seal.Kind.SIGNATURE, "anthropic", SIGNATURE));
        var hidden =
                new Part.Thinking("", false, new Seal(Seal.Kind.ENCRYPTED, "openai", SIGNATURE));
        var call = new Part.ToolCall("toolu_1", "f", "{\"x\":1}", false, null);
        var sealed =
                new Part.ToolCall(
                        "t2", "g", "{}", false, new Seal(Seal.Kind.SIGNATURE, "x", SIGNATURE));
        var text = new Part.Text("ok");
        for (List<Part> parts :
                List.<List<Part>>of(
                        List.of(signed, text, call),
                        List.of(hidden, call, sealed),
                        List.of(hidden, text),
                        List.of(text, hidden),
                        List.of(hidden, signed, call),
                        List.of(signed, hidden, sealed))) {
            assertThat(returned(parts)).isEqualTo(parts);
        }
    }

    @Test
    void keepsOnTheCallWhatClientsThatForgetThoughtsWouldLose() throws Exception {
        var hidden =
                new Part.Thinking("", false, new Seal(Seal.Kind.ENCRYPTED, "openai", SIGNATURE));
        var call = new Part.ToolCall("c", "f", "{}", false, null);
        var answer =
                new LlmAnswer(
                        "id",
                        0,
                        "m",
                        List.of(
                                new LlmAnswer.Choice(
                                        0,
                                        List.of(hidden, call),
                                        Finish.of(Finish.Kind.TOOL_CALLS))),
                        null);
        JsonNode parts =
                Json.parse(gemini.writeAnswer(answer, ASKED)).at("/candidates/0/content/parts");
        assertThat(parts).hasSize(1);
        assertThat(parts.at("/0/thoughtSignature").textValue()).startsWith("torii001");
    }

    @Test
    void takesASealThatWasChangedOnTheWayForNone() throws Exception {
        ObjectNode request =
                json(
                        """
                        {"contents":[{"role":"model","parts":[
                          {"functionCall":{"name":"f"},"thoughtSignature":"torii001%%%"},
                          {"text":"hm","thought":true,"thoughtSignature":"torii001YQ"}]}]}\
                        """);
        assertThat(gemini.readRequest(request).messages().getFirst().parts())
                .satisfiesExactly(
                        call -> assertThat(((Part.ToolCall) call).seal()).isNull(),
                        thought ->
                                assertThat(thought).isEqualTo(new Part.Thinking("hm", true, null)));
    }
}
