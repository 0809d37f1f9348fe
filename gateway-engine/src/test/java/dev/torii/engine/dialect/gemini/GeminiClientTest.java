package dev.torii.engine.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Decided;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.engine.dialect.ModelCard;
import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.MediaSource;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Operation;
import dev.torii.model.llm.OutputFormat;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Reasoning;
import dev.torii.model.llm.Role;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import dev.torii.model.llm.TokenUsage;
import dev.torii.model.llm.Tool;
import dev.torii.model.llm.ToolChoice;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Gemini's clients say and are told.
class GeminiClientTest {

    private final GeminiDialect dialect = new GeminiDialect();

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) Json.parse(text);
    }

    private LlmRequest read(String body) throws Exception {
        return dialect.readRequest(json(body));
    }

    private LlmRequest hello(String more) throws Exception {
        return read("{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}]" + more + "}");
    }

    private static final String CAMEL =
            """
            {"systemInstruction":{"parts":[{"text":"短く"}],"role":"user"},
             "contents":[{"role":"user","parts":[{"text":"a"},{"inlineData":{"mimeType":"image/png","data":"AAAA"}}]},
               {"role":"model","parts":[{"functionCall":{"name":"f","args":{"x":1}}},{"functionCall":{"name":"f","args":{"x":2}}}]},
               {"role":"user","parts":[{"functionResponse":{"name":"f","response":{"output":"1"}}},
                 {"functionResponse":{"name":"f","response":{"error":"no"}}},{"text":"b"}]}],
             "tools":[{"functionDeclarations":[{"name":"f","description":"d","parameters":{"type":"OBJECT","properties":{"x":{"type":"INTEGER"}}}}]},
               {"googleSearch":{}}],
             "toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["f"]}},
             "generationConfig":{"maxOutputTokens":9,"temperature":0.5,"topP":0.9,"topK":3,"stopSequences":["x"],"candidateCount":2,
               "responseMimeType":"application/json","responseSchema":{"type":"STRING"},
               "thinkingConfig":{"thinkingBudget":128,"includeThoughts":true},"mediaResolution":"MEDIA_RESOLUTION_LOW"},
             "safetySettings":[{"category":"C","threshold":"BLOCK_NONE"}]}\
            """;

    private static final String SNAKE =
            """
            {"system_instruction":{"parts":[{"text":"短く"}],"role":"user"},
             "contents":[{"role":"user","parts":[{"text":"a"},{"inline_data":{"mime_type":"image/png","data":"AAAA"}}]},
               {"role":"model","parts":[{"function_call":{"name":"f","args":{"x":1}}},{"function_call":{"name":"f","args":{"x":2}}}]},
               {"role":"user","parts":[{"function_response":{"name":"f","response":{"output":"1"}}},
                 {"function_response":{"name":"f","response":{"error":"no"}}},{"text":"b"}]}],
             "tools":[{"function_declarations":[{"name":"f","description":"d","parameters":{"type":"OBJECT","properties":{"x":{"type":"INTEGER"}}}}]},
               {"googleSearch":{}}],
             "tool_config":{"function_calling_config":{"mode":"any","allowed_function_names":["f"]}},
             "generation_config":{"max_output_tokens":9,"temperature":0.5,"top_p":0.9,"top_k":3,"stop_sequences":["x"],"candidate_count":2,
               "response_mime_type":"application/json","response_schema":{"type":"STRING"},
               "thinking_config":{"thinking_budget":128,"include_thoughts":true},"mediaResolution":"MEDIA_RESOLUTION_LOW"},
             "safetySettings":[{"category":"C","threshold":"BLOCK_NONE"}]}\
            """;

    @Test
    void readsARequestInEitherSpelling() throws Exception {
        LlmRequest request = read(CAMEL);
        assertThat(read(SNAKE)).isEqualTo(request);

        List<Message> messages = request.messages();
        assertThat(messages)
                .extracting(Message::role)
                .containsExactly(
                        Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.TOOL, Role.TOOL, Role.USER);
        assertThat(messages.get(1).parts().get(1))
                .isEqualTo(new Part.Image(new MediaSource.Bytes("image/png", "AAAA"), null, null));
        var first = (Part.ToolCall) messages.get(2).parts().get(0);
        var second = (Part.ToolCall) messages.get(2).parts().get(1);
        assertThat(first.arguments()).isEqualTo("{\"x\":1}");
        assertThat(messages.get(3).parts())
                .containsExactly(
                        new Part.ToolResult(
                                first.id(), "f", List.of(new Part.Text("1")), false, null));
        assertThat(messages.get(4).parts())
                .containsExactly(
                        new Part.ToolResult(
                                second.id(), "f", List.of(new Part.Text("no")), true, null));
        assertThat(request.tools().get(0))
                .isEqualTo(
                        new Tool.Function(
                                "f",
                                "d",
                                json(
                                        "{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"integer\"}}}"),
                                null,
                                null));
        assertThat(request.tools().get(1))
                .isEqualTo(
                        new Tool.Server("gemini", "googleSearch", json("{\"googleSearch\":{}}")));
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Named("f", false));
        assertThat(request.choices()).isEqualTo(2);
        assertThat(request.format())
                .isEqualTo(
                        new OutputFormat.JsonSchema(
                                "answer", json("{\"type\":\"string\"}"), null, null));
        assertThat(request.reasoning()).isEqualTo(new Reasoning(null, null, 128, "auto"));
        assertThat(request.sampling().stop()).containsExactly("x");
        assertThat(request.extra().fields().fieldNames())
                .toIterable()
                .containsExactly("safetySettings", "generationConfig.mediaResolution");
    }

    @Test
    void saysAllToGeminiThatAGeminiClientSaid() throws Exception {
        String body =
                """
                {"systemInstruction":{"parts":[{"text":"短く"}]},
                 "tools":[{"functionDeclarations":[{"name":"f","description":"d","parametersJsonSchema":{"type":"object","properties":{"x":{"type":"integer"}}}}]},
                   {"google_search":{}}],
                 "toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["f"]},"retrievalConfig":{"languageCode":"ja"}},
                 "contents":[{"role":"user","parts":[{"text":"a"},{"fileData":{"mimeType":"image/png","fileUri":"https://generativelanguage.googleapis.com/v1beta/files/x.png"}},
                     {"videoMetadata":{"fps":1},"fileData":{"mimeType":"video/mp4","fileUri":"gs://b/v.mp4"}}]},
                   {"role":"model","parts":[{"text":"hm","thought":true,"thoughtSignature":"t"},{"functionCall":{"id":"7","name":"f","args":{"x":1.50}},"thoughtSignature":"c"},
                     {"functionCall":{"name":"f","args":{}}}]},
                   {"role":"user","parts":[{"functionResponse":{"id":"7","name":"f","response":{"result":"1"}}},
                     {"functionResponse":{"name":"f","response":{"a":[1,2]}}}]},
                   {"role":"model","parts":[{"text":"done","thoughtSignature":"d"}]}],
                 "generationConfig":{"maxOutputTokens":9,"temperature":0.50,"topP":0.9,"topK":3,"frequencyPenalty":0.1,"presencePenalty":0.2,
                   "seed":7,"stopSequences":["x"],"candidateCount":2,"responseMimeType":"application/json",
                   "thinkingConfig":{"thinkingLevel":"low","includeThoughts":true},"speechConfig":{"x":1}},
                 "serviceTier":"priority","safetySettings":[{"category":"C","threshold":"BLOCK_NONE"}]}\
                """;
        var losses = new Losses();
        ObjectNode asked = json(body);
        // A thought's own signature goes to the text or call behind it.
        ((ObjectNode) asked.at("/contents/1/parts/0")).remove("thoughtSignature");
        assertThat(Json.text(dialect.writeRequest(dialect.readRequest(asked), losses)))
                .isEqualTo(Json.text(withoutUnsealedThought(asked)));
        assertThat(losses.all()).extracting("what").containsExactly("thinking");
    }

    private static ObjectNode withoutUnsealedThought(ObjectNode body) {
        ObjectNode expected = body.deepCopy();
        ((ArrayNode) expected.at("/contents/1/parts")).remove(0);
        return expected;
    }

    /// As in Google's own examples.
    @Test
    void readsOneObjectInPlaceOfAList() throws Exception {
        LlmRequest request =
                read(
                        """
                        {"system_instruction":{"parts":{"text":"s"}},"contents":{"parts":{"text":"a"}},
                         "tools":{"functionDeclarations":{"name":"f"}},"generationConfig":{"stopSequences":"x"}}\
                        """);
        assertThat(request)
                .isEqualTo(
                        read(
                                """
                                {"system_instruction":{"parts":[{"text":"s"}]},"contents":[{"parts":[{"text":"a"}]}],
                                 "tools":[{"functionDeclarations":[{"name":"f"}]}],"generationConfig":{"stopSequences":["x"]}}\
                                """));
        assertThat(request.tools()).hasSize(1);
    }

    /// By its id, by its name where there is none, and by its name where only the client has an id.
    @Test
    void findsTheCallThatEachResultAnswers() throws Exception {
        LlmRequest request =
                read(
                        """
                        {"contents":[
                          {"role":"model","parts":[{"functionCall":{"name":"f","id":"1"}},{"functionCall":{"name":"g"}},
                            {"functionCall":{"name":"f"}},{"functionCall":{"name":"f","id":"1"}}]},
                          {"role":"user","parts":[{"functionResponse":{"name":"f","id":"other","response":{"output":"a"}}},
                            {"functionResponse":{"name":"f","response":{"output":"b"}}},
                            {"functionResponse":{"name":"g","response":{"output":"c"}}},
                            {"functionResponse":{"name":"f","id":"1","response":{"output":"d"}}},
                            {"functionResponse":{"name":"f","id":"1","response":{"output":"e"}}}]}]}\
                        """);
        List<String> calls =
                request.messages().getFirst().parts().stream()
                        .map(part -> ((Part.ToolCall) part).id())
                        .toList();
        assertThat(
                        request.messages().stream()
                                .skip(1)
                                .flatMap(message -> message.parts().stream())
                                .map(part -> ((Part.ToolResult) part).callId()))
                .containsExactly(calls.get(2), "1", calls.get(1), "1", "1");
    }

    /// Users of Google's SDK for Python answer calls so.
    @Test
    void readsResultsInARoleOfTheirOwn() throws Exception {
        String body =
                CAMEL.replaceAll(
                        "\\{\"role\":\"user\"(?=,\"parts\":\\[\\{\"functionResponse)",
                        "{\"role\":\"tool\"");
        assertThat(body).contains("\"role\":\"tool\"");
        assertThat(read(body)).isEqualTo(read(CAMEL));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                          | contents",
                "{\"contents\":{}}                                           | contents",
                "{\"contents\":[]}                                           | contents",
                "{\"contents\":\"a\"}                                        | contents",
                "{\"contents\":[1]}                                          | contents[0]",
                "{\"contents\":[{\"role\":\"assistant\",\"parts\":[]}]}      | contents[0].role",
                "{\"contents\":[{\"parts\":[\"a\"]}]}                        | contents[0].parts[0]",
                "{\"contents\":[{\"parts\":[]}],\"cachedContent\":\"c/1\"}  | cachedContent",
                "{\"contents\":[{\"parts\":[]}],\"cached_content\":\"c/1\"} | cachedContent",
                "{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}],\"tools\":[{\"functionDeclarations\":[{}]}]} | tools.functionDeclarations[0].name"
            })
    void refusesWhatIsNoRequest(String body, String field) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(UnsayableException.class)
                .hasMessageStartingWith(field + ":");
    }

    @ParameterizedTest
    @CsvSource({"NONE, None", "AUTO, Auto", "VALIDATED, Auto", "ANY, Required"})
    void readsWhichToolToUse(String mode, String choice) throws Exception {
        assertThat(
                        hello(
                                        ",\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\""
                                                + mode
                                                + "\"}}")
                                .toolChoice())
                .extracting(chosen -> chosen.getClass().getSimpleName())
                .isEqualTo(choice);
    }

    private static final TokenUsage USAGE =
            new TokenUsage(6, 4, 0, 31, 23, TokenUsage.Source.FINAL);

    @Test
    void writesAWholeAnswer() throws Exception {
        var annotation =
                json(
                        "{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://a.example\",\"title\":\"A\"}}");
        var answer =
                new LlmAnswer(
                        "r-1",
                        0,
                        "claude",
                        List.of(
                                new LlmAnswer.Choice(
                                        0,
                                        List.of(
                                                new Part.Thinking("hm", false, null),
                                                new Part.Text("はい", null, List.of(annotation)),
                                                new Part.ToolCall(
                                                        "toolu_1",
                                                        "f",
                                                        "{\"x\":1.50}",
                                                        false,
                                                        null),
                                                new Part.ToolCall(
                                                        "c", "g", "nonsense", false, null)),
                                        Finish.of(Finish.Kind.TOOL_CALLS))),
                        USAGE);
        assertThat(new String(dialect.writeAnswer(answer, hello("")), UTF_8))
                .isEqualTo(
                        """
                        {"candidates":[{"content":{"parts":[{"text":"hm","thought":true},{"text":"はい"},\
                        {"functionCall":{"id":"toolu_1","name":"f","args":{"x":1.50}}},\
                        {"functionCall":{"id":"c","name":"g","args":{"input":"nonsense"}}}],"role":"model"},\
                        "finishReason":"STOP","index":0,\
                        "groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://a.example","title":"A"}}]}}],\
                        "usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":8,"totalTokenCount":41,\
                        "cachedContentTokenCount":4,"thoughtsTokenCount":23},"modelVersion":"claude","responseId":"r-1"}\
                        """);
    }

    private static final List<StreamEvent> EVENTS =
            List.of(
                    new StreamEvent.Start("r-1", "claude", 0),
                    new StreamEvent.Counted(
                            new TokenUsage(10, 0, 0, 0, 0, TokenUsage.Source.PARTIAL)),
                    new StreamEvent.PartStart(0, 0, new Opening.Text()),
                    new StreamEvent.PartDelta(0, 0, "は"),
                    new StreamEvent.Tick(),
                    new StreamEvent.PartDelta(0, 0, "い"),
                    new StreamEvent.PartEnd(0, 0, null),
                    new StreamEvent.PartStart(0, 1, new Opening.ToolCall("c1", "f", false)),
                    new StreamEvent.PartDelta(0, 1, "{\"x\":"),
                    new StreamEvent.PartDelta(0, 1, "1}"),
                    new StreamEvent.PartEnd(0, 1, null),
                    new StreamEvent.Finished(0, Finish.of(Finish.Kind.TOOL_CALLS)),
                    new StreamEvent.Counted(USAGE),
                    new StreamEvent.Ended());

    private static String written(EventWriter writer, List<StreamEvent> events) {
        var out = new ByteArrayOutputStream();
        events.forEach(event -> writer.write(event, out));
        return out.toString(UTF_8);
    }

    @Test
    void writesServerSentEvents() throws Exception {
        assertThat(written(dialect.writer(hello("")), EVENTS))
                .isEqualTo(
                        """
                        data: {"candidates":[{"content":{"parts":[{"text":"は"}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":0,"totalTokenCount":10},"modelVersion":"claude","responseId":"r-1"}

                        : torii

                        data: {"candidates":[{"content":{"parts":[{"text":"い"}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":0,"totalTokenCount":10},"modelVersion":"claude","responseId":"r-1"}

                        data: {"candidates":[{"content":{"parts":[{"functionCall":{"id":"c1","name":"f","args":{"x":1}}}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":0,"totalTokenCount":10},"modelVersion":"claude","responseId":"r-1"}

                        data: {"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"index":0,"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":8,"totalTokenCount":41,"cachedContentTokenCount":4,"thoughtsTokenCount":23},"modelVersion":"claude","responseId":"r-1"}

                        """);
    }

    @Test
    void tellsAtTheEndOfAStreamWhereItsTextWasFound() throws Exception {
        var citation =
                json(
                        "{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://a.example\",\"title\":\"A\"}}");
        String stream =
                written(
                        dialect.writer(hello("")),
                        List.of(
                                new StreamEvent.Start("r-1", "claude", 0),
                                new StreamEvent.PartStart(0, 0, new Opening.Text()),
                                new StreamEvent.PartDelta(0, 0, "は"),
                                new StreamEvent.Cited(0, 0, citation),
                                new StreamEvent.PartEnd(0, 0, null),
                                new StreamEvent.Finished(0, Finish.of(Finish.Kind.STOP)),
                                new StreamEvent.Ended()));
        assertThat(stream)
                .endsWith(
                        """
                        "finishReason":"STOP","groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://a.example","title":"A"}}]}}],"modelVersion":"claude","responseId":"r-1"}

                        """);
    }

    @Test
    void writesOneJsonArrayThatReadsTheSame() throws Exception {
        String array = written(dialect.asked(name -> null).writer(hello("")), EVENTS);
        JsonNode elements = Json.parse(array);
        assertThat(elements).hasSize(4);
        assertThat(StreamGrammar.read(new GeminiEventReader(), array).answer())
                .isEqualTo(
                        StreamGrammar.read(
                                        new GeminiEventReader(),
                                        written(dialect.writer(hello("")), EVENTS))
                                .answer());
    }

    @Test
    void endsAStreamWithTheErrorThatEndedIt() throws Exception {
        List<StreamEvent> failed =
                List.of(
                        new StreamEvent.Start("r-1", "claude", 0),
                        new StreamEvent.Failed(LlmError.interrupted("cut")),
                        new StreamEvent.Ended());
        String error = "{\"error\":{\"code\":500,\"message\":\"cut\",\"status\":\"INTERNAL\"}}";
        assertThat(written(dialect.writer(hello("")), failed)).isEqualTo("data: " + error + "\n\n");
        assertThat(written(dialect.asked(name -> null).writer(hello("")), failed))
                .isEqualTo("[" + error + "]");
    }

    @ParameterizedTest
    @CsvSource({
        "AUTH, 401, UNAUTHENTICATED",
        "INVALID, 400, INVALID_ARGUMENT",
        "PERMISSION, 403, PERMISSION_DENIED",
        "NOT_FOUND, 404, NOT_FOUND",
        "QUOTA, 429, RESOURCE_EXHAUSTED",
        "OVERLOADED, 503, UNAVAILABLE",
        "TIMEOUT, 504, DEADLINE_EXCEEDED"
    })
    void writesErrors(LlmError.Kind kind, int code, String status) throws Exception {
        JsonNode error =
                Json.parse(dialect.writeError(new LlmError(kind, 500, "why", null, null)))
                        .path("error");
        assertThat(error.path("code").intValue()).isEqualTo(code);
        assertThat(error.path("status").textValue()).isEqualTo(status);
        assertThat(error.path("message").textValue()).isEqualTo("why");
        LlmError read =
                dialect.readError(
                        code, dialect.writeError(new LlmError(kind, 500, "why", null, null)));
        assertThat(read.kind().status()).isEqualTo(code);
    }

    @Test
    void saysWhenToAskAgain() throws Exception {
        var slow =
                new LlmError(
                        LlmError.Kind.RATE_LIMIT,
                        429,
                        "slow",
                        null,
                        null,
                        Duration.ofMillis(48_500));
        assertThat(Json.parse(dialect.writeError(slow)).at("/error/details/0"))
                .isEqualTo(
                        json(
                                "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"48.5s\"}"));
    }

    @Test
    void countsTokensOfARequestAloneOrWithinAnother() throws Exception {
        String alone = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"a\"}]}]}";
        String within =
                "{\"generateContentRequest\":{\"model\":\"models/gemini-x\","
                        + alone.substring(1)
                        + "}";
        assertThat(read(within).messages()).isEqualTo(read(alone).messages());
        assertThat(read(within).model()).isEqualTo("gemini-x");
        assertThat(dialect.writeCount(8)).asString(UTF_8).isEqualTo("{\"totalTokens\":8}");
    }

    @Test
    void listsModels() {
        assertThat(
                        dialect.writeModels(
                                List.of(
                                        new ModelCard(
                                                "team/Claude",
                                                "anthropic",
                                                Instant.EPOCH,
                                                200_000L,
                                                64_000L),
                                        new ModelCard("x", "y", Instant.EPOCH, null, null))))
                .asString(UTF_8)
                .isEqualTo(
                        """
                        {"models":[{"name":"models/team/Claude","displayName":"team/Claude","inputTokenLimit":200000,"outputTokenLimit":64000,\
                        "supportedGenerationMethods":["generateContent","countTokens"]},\
                        {"name":"models/x","displayName":"x","supportedGenerationMethods":["generateContent","countTokens"]}]}\
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/v1beta/models/gemini-2.5-Flash:generateContent, CHAT, gemini-2.5-Flash, false",
                "/ai/v1/models/team/a:b@c:streamGenerateContent, CHAT, team/a:b@c, true",
                "/v1/models/team%2Fa:countTokens, COUNT_TOKENS, team/a, false",
                "/v1/projects/p/locations/l/publishers/google/models/x:generateContent, CHAT, x, false",
                "/v1beta/models, MODELS, -, false",
                "/v1beta/models/x:embedContent, PASS, x, false",
                "/v1/chat/completions, -, -, false"
            })
    void readsThePath(String path, Operation operation, String model, boolean stream) {
        assertThat(dialect.operation(path)).isEqualTo(operation);
        assertThat(dialect.model(path, Json.object())).isEqualTo(model);
        assertThat(dialect.streams(path, Json.object())).isEqualTo(stream);
    }

    @Test
    void knowsItsOwn() throws Exception {
        assertThat(dialect.recognizes(json("{\"contents\":[]}"))).isTrue();
        assertThat(dialect.holdsChat(json("{\"contents\":[]}"))).isFalse();
        assertThat(dialect.recognizes(json("{\"contents\":{\"parts\":[]}}"))).isTrue();
        assertThat(dialect.holdsChat(json("{\"contents\":{\"parts\":[]}}"))).isTrue();
        assertThat(dialect.recognizes(json("{\"messages\":[]}"))).isFalse();
        assertThat(dialect.marked(name -> name.equals("x-goog-api-key") ? "k" : null)).isTrue();
        assertThat(dialect.marked(_ -> null)).isFalse();
    }

    @Test
    void setsWhatTheGatewayDecidesAndNoOtherByte() {
        String body =
                "{ \"model\":\"models/x\",\"contents\" : [{\"parts\":[{\"text\":\"\\u00e9\"}]}],\"generation_config\":{\"top_p\":1,\"seed\":7} }";
        var request = new LlmBody(body.getBytes(UTF_8));
        dialect.decide(request, new Decided("Y", true, 9, null, new BigDecimal("0.50"), null));
        assertThat(new String(request.bytes(), UTF_8))
                .isEqualTo(
                        "{ \"model\":\"models/Y\",\"contents\" : [{\"parts\":[{\"text\":\"\\u00e9\"}]}],\"generation_config\":{\"top_p\":0.50,\"seed\":7,\"maxOutputTokens\":9} }");

        var untouched = new LlmBody("{ \"contents\":[] }".getBytes(UTF_8));
        dialect.decide(untouched, new Decided("Y", true, null, null, null, null));
        assertThat(new String(untouched.bytes(), UTF_8)).isEqualTo("{ \"contents\":[] }");
    }

    @ParameterizedTest
    @CsvSource({"Y, models/Y", "models/Y, models/Y", "tunedModels/Y, tunedModels/Y"})
    void decidesTheModelOfARequestThatIsCounted(String model, String name) {
        var request =
                new LlmBody(
                        "{\"generateContentRequest\":{\"model\":\"models/x\"}}".getBytes(UTF_8));
        dialect.decide(request, new Decided(model, false, null, null, null, null));
        assertThat(new String(request.bytes(), UTF_8))
                .isEqualTo("{\"generateContentRequest\":{\"model\":\"" + name + "\"}}");
    }

    @Test
    void surroundsAConversation() throws Exception {
        ObjectNode body =
                json(
                        "{\"system_instruction\":{\"parts\":[{\"text\":\"own\"}]},\"contents\":[{\"parts\":[{\"text\":\"a\"}]}]}");
        dialect.surround(
                body,
                List.of(message("system", "1"), message("user", "2"), message("assistant", "3")),
                List.of(message("system", "4"), message("user", "5")));
        assertThat(body)
                .isEqualTo(
                        json(
                                """
                                {"system_instruction":{"parts":[{"text":"1"},{"text":"own"},{"text":"4"}]},
                                 "contents":[{"role":"user","parts":[{"text":"2"}]},{"role":"model","parts":[{"text":"3"}]},
                                   {"parts":[{"text":"a"}]},{"role":"user","parts":[{"text":"5"}]}]}\
                                """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"parts\":{\"text\":\"own\"}}", "\"own\""})
    void surroundsOneObjectInPlaceOfAList(String system) throws Exception {
        ObjectNode body =
                json(
                        "{\"systemInstruction\":"
                                + system
                                + ",\"contents\":{\"parts\":{\"text\":\"a\"}}}");
        dialect.surround(
                body,
                List.of(message("system", "1"), message("user", "2")),
                List.of(message("system", "3"), message("user", "4")));
        assertThat(body)
                .isEqualTo(
                        json(
                                """
                                {"systemInstruction":{"parts":[{"text":"1"},{"text":"own"},{"text":"3"}]},
                                 "contents":[{"role":"user","parts":[{"text":"2"}]},{"parts":{"text":"a"}},
                                   {"role":"user","parts":[{"text":"4"}]}]}\
                                """));
    }

    private static ObjectNode message(String role, String content) {
        return Json.object().put("role", role).put("content", content);
    }

    @Test
    void writesHowAStreamBrokeOff() {
        assertThat(dialect.writeFailure(LlmError.interrupted("cut"), 0))
                .asString(UTF_8)
                .isEqualTo(
                        "data: {\"error\":{\"code\":500,\"message\":\"cut\",\"status\":\"INTERNAL\"}}\n\n");
    }
}
