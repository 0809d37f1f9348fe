package dev.torii.engine.dialect.bedrock;

import static dev.torii.engine.dialect.RequestBench.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.RequestBench;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.dialect.chat.ChatDialect;
import dev.torii.model.json.Json;
import dev.torii.model.llm.CacheHint;
import dev.torii.model.llm.Extra;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Loss;
import dev.torii.model.llm.MediaSource;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Reasoning;
import dev.torii.model.llm.Role;
import dev.torii.model.llm.Sampling;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.Session;
import dev.torii.model.llm.Tool;
import dev.torii.model.llm.ToolChoice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a request is in Converse's words.
class BedrockRequestTest {

    private static final String CLAUDE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
    private static final String NOVA = "us.amazon.nova-2-lite-v1:0";

    private final RequestBench bench = new RequestBench(new BedrockDialect(), CLAUDE);

    private ObjectNode canonical(
            String model, List<Message> messages, List<Tool> tools, Extra extra) throws Exception {
        Sampling sampling =
                new Sampling(null, null, null, null, null, null, List.of(), null, null, null);
        return bench.written(
                new LlmRequest(
                        model,
                        messages,
                        tools,
                        null,
                        null,
                        sampling,
                        null,
                        null,
                        null,
                        Reasoning.UNSAID,
                        Session.NONE,
                        1,
                        false,
                        false,
                        extra));
    }

    private ObjectNode canonical(Part... parts) throws Exception {
        return canonical(
                CLAUDE, List.of(new Message(Role.USER, List.of(parts))), List.of(), Extra.NONE);
    }

    @Test
    void saysAPlainChat() throws Exception {
        assertSame(
                bench.written(
                        CLAUDE,
                        """
                        "stream":true,"temperature":0.50,"top_p":0.9,"stop":["終","\\n"],"service_tier":"flex",
                        "max_completion_tokens":100,"metadata":{"team":"a-1"},"top_k":7,
                        "messages":[{"role":"system","content":"短く"},{"role":"developer","content":"丁寧に"},
                          {"role":"user","content":"こんにちは"}]\
                        """),
                """
                {"system":[{"text":"短く"},{"text":"丁寧に"}],
                 "messages":[{"role":"user","content":[{"text":"こんにちは"}]}],
                 "inferenceConfig":{"maxTokens":100,"temperature":0.50,"stopSequences":["終"]},
                 "requestMetadata":{"team":"a-1"},"serviceTier":{"type":"flex"},
                 "additionalModelRequestFields":{"top_k":7}}\
                """);
        assertThat(bench.dropped("stop")).isEqualTo(1);
        assertThat(bench.dropped("top_p")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                CLAUDE + " | {\"temperature\":0.5} | 1",
                NOVA + " | {\"temperature\":0.5,\"topP\":0.9} | 0",
                "global.anthropic.claude-opus-4-8 | ` ` | 2"
            })
    void choosesWhatMayBeChosenOfTheNextToken(String model, String expected, int lost)
            throws Exception {
        JsonNode body = bench.hello(model, "\"temperature\":0.5,\"top_p\":0.9");
        if (expected.isBlank()) {
            assertThat(body.has("inferenceConfig")).isFalse();
        } else {
            assertSame(body.path("inferenceConfig"), expected);
        }
        assertThat(bench.dropped("top_p") + bench.dropped("temperature")).isEqualTo(lost);
    }

    @Test
    void saysNothingThatTheClientDidNotSay() throws Exception {
        assertSame(
                bench.hello(CLAUDE, ""),
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"こんにちは\"}]}]}");
        assertThat(bench.lost()).isEmpty();
    }

    /// Row 33.
    @Test
    void writesTheSameRequestInTheSameBytes() throws Exception {
        String fields =
                """
                "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"z":{},"a":{}}}}}],
                "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object",
                  "properties":{"x":{"type":"number","minimum":1,"maximum":2,"multipleOf":3}}}}}\
                """;
        ObjectNode first = bench.hello(CLAUDE, fields);
        assertThat(Json.text(bench.hello(CLAUDE, fields))).isEqualTo(Json.text(first));
        assertThat(first.fieldNames())
                .toIterable()
                .containsExactly("toolConfig", "messages", "outputConfig");
        assertThat(first.at("/outputConfig/textFormat/structure/jsonSchema/schema").textValue())
                .isEqualTo(
                        """
                        {"type":"object","properties":{"x":{"type":"number","description":"(minimum 1, maximum 2, multipleOf 3)"}},"additionalProperties":false}\
                        """);
    }

    /// Row 37.
    @Test
    void keepsSystemMessagesInTheirPlaces() throws Exception {
        JsonNode body =
                bench.conversation(
                        """
                        {"role":"system","content":"first"},{"role":"user","content":"a"},
                        {"role":"system","content":"later"},{"role":"assistant","content":"b"},
                        {"role":"user","content":"c"}\
                        """);
        assertSame(
                body,
                """
                {"system":[{"text":"first"}],
                 "messages":[{"role":"user","content":[{"text":"a"},{"text":"later"}]},
                 {"role":"assistant","content":[{"text":"b"}]},
                 {"role":"user","content":[{"text":"c"}]}]}\
                """);
        assertThat(bench.approximated("system")).isEqualTo(1);
    }

    @Test
    void asksAsTheUserWhereThereIsOnlyASystemMessage() throws Exception {
        assertSame(
                bench.conversation("{\"role\":\"system\",\"content\":\"go\"}"),
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"go\"}]}]}");
        assertThat(bench.approximated("system")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amazon.titan-text-express-v1",
                "cohere.command-light-text-v14",
                "mistral.mistral-7b-instruct-v0:2"
            })
    void refusesSystemMessagesWhereAModelHasNone(String model) {
        assertThatThrownBy(() ->
                        bench.written(
                                model,
                                "\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"u\"}]"))
                .isInstanceOf(UnsayableException.class)
                .hasMessage("system prompts are unsupported for model '" + model + "'");
    }

    @Test
    void leavesOutEmptyTextsAndMergesWhatIsLeft() throws Exception {
        assertSame(
                bench.conversation(
                        """
                        {"role":"user","content":"a"},{"role":"assistant","content":" "},
                        {"role":"user","content":[{"type":"text","text":""},{"type":"text","text":"b"}]}\
                        """),
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"a\"},{\"text\":\"b\"}]}]}");
    }

    private static final String TURN =
            """
            {"role":"user","content":"two"},
            {"role":"assistant","content":null,"tool_calls":[
              {"id":"a","type":"function","function":{"name":"f","arguments":"{\\"x\\":1.50}"}},
              {"id":"b","type":"function","function":{"name":"g","arguments":""}}]},
            """;

    /// Rows 24 and 35.
    @Test
    void putsAllResultsOfATurnFirstInOneUserMessage() throws Exception {
        assertSame(
                bench.conversation(
                        TURN
                                + """
                                {"role":"tool","tool_call_id":"a","content":"1"},
                                {"role":"tool","tool_call_id":"b","content":""},
                                {"role":"user","content":"and?"}\
                                """),
                """
                {"toolConfig":{"tools":[
                   {"toolSpec":{"name":"f","inputSchema":{"json":{"type":"object","properties":{}}}}},
                   {"toolSpec":{"name":"g","inputSchema":{"json":{"type":"object","properties":{}}}}}]},
                 "messages":[{"role":"user","content":[{"text":"two"}]},
                 {"role":"assistant","content":[
                   {"toolUse":{"toolUseId":"a","name":"f","input":{"x":1.50}}},
                   {"toolUse":{"toolUseId":"b","name":"g","input":{}}}]},
                 {"role":"user","content":[
                   {"toolResult":{"toolUseId":"a","content":[{"text":"1"}]}},
                   {"toolResult":{"toolUseId":"b","content":[]}},
                   {"text":"and?"}]}]}\
                """);
        assertThat(bench.lost()).containsExactly(new Loss(Loss.Action.APPROXIMATED, "tools", 2));
    }

    @Test
    void givesEachCallAResultAndNoResultWithoutACall() throws Exception {
        JsonNode body =
                bench.conversation(
                        TURN
                                + """
                                {"role":"tool","tool_call_id":"b","content":"2"},
                                {"role":"tool","tool_call_id":"c","content":"3"}\
                                """);
        assertSame(
                body.at("/messages/2/content"),
                """
                [{"toolResult":{"toolUseId":"b","content":[{"text":"2"}]}},
                 {"toolResult":{"toolUseId":"a","content":[{"text":"[no result recorded]"}],"status":"error"}},
                 {"text":"Result of a tool: 3"}]\
                """);
        assertThat(bench.approximated("tool result")).isEqualTo(2);
    }

    /// Row 25.
    @Test
    void keepsThePicturesOfResultsWithoutACall() throws Exception {
        ObjectNode body =
                canonical(
                        new Part.ToolResult(
                                "astray",
                                null,
                                List.of(
                                        new Part.Text("see"),
                                        new Part.Image(
                                                new MediaSource.Bytes(
                                                        "image/png", "iVBORw0KGgoSENTINEL"),
                                                null,
                                                null),
                                        new Part.Data(Json.object().put("k", 1))),
                                false,
                                new CacheHint(null)));
        assertSame(
                body.at("/messages/0/content"),
                """
                [{"text":"Result of a tool: see{\\"k\\":1}"},
                 {"image":{"format":"png","source":{"bytes":"iVBORw0KGgoSENTINEL"}}},
                 {"cachePoint":{"type":"default"}}]\
                """);
        assertThat(bench.approximated("tool result")).isEqualTo(1);
    }

    @Test
    void answersCallsAtTheVeryEnd() throws Exception {
        JsonNode body = bench.conversation(TURN.strip().replaceFirst(",$", ""));
        assertThat(body.at("/messages/2/content")).hasSize(2);
        assertThat(body.at("/messages/2/role").textValue()).isEqualTo("user");
    }

    /// Row 25.
    @Test
    void keepsPicturesAndJsonOfResults() throws Exception {
        ObjectNode body =
                canonical(
                        CLAUDE,
                        List.of(
                                new Message(
                                        Role.ASSISTANT,
                                        List.of(
                                                new Part.ToolCall(
                                                        "call a/1", "f", "{", false, null),
                                                new Part.ToolCall(
                                                        "b", "apply", "*** x", true, null))),
                                new Message(
                                        Role.TOOL,
                                        List.of(
                                                new Part.ToolResult(
                                                        "call a/1",
                                                        "f",
                                                        List.of(
                                                                new Part.Data(
                                                                        Json.object().put("k", 1)),
                                                                new Part.Data(Json.array().add(2)),
                                                                new Part.Image(
                                                                        new MediaSource.Bytes(
                                                                                "image/png",
                                                                                "iVBORw0KGgoSENTINEL"),
                                                                        null,
                                                                        null)),
                                                        true,
                                                        null),
                                                new Part.ToolResult(
                                                        "b", null, List.of(), false, null)))),
                        List.of(),
                        Extra.NONE);
        assertSame(
                body.at("/messages/1/content/0/toolResult/content"),
                """
                [{"json":{"k":1}},{"text":"[2]"},
                 {"image":{"format":"png","source":{"bytes":"iVBORw0KGgoSENTINEL"}}}]\
                """);
        assertThat(body.at("/messages/1/content/0/toolResult/status").textValue())
                .isEqualTo("error");
        String id = body.at("/messages/0/content/0/toolUse/toolUseId").textValue();
        assertThat(id).matches("call_[0-9a-f-]{36}");
        assertThat(body.at("/messages/1/content/0/toolResult/toolUseId").textValue()).isEqualTo(id);
        assertSame(body.at("/messages/0/content/0/toolUse/input"), "{\"input\":\"{\"}");
        assertSame(body.at("/messages/0/content/1/toolUse/input"), "{\"input\":\"*** x\"}");
        assertThat(bench.approximated("tool call arguments")).isEqualTo(1);
    }

    @Test
    void saysToolsAndWhichToUse() throws Exception {
        ObjectNode body =
                bench.hello(
                        CLAUDE,
                        """
                        "tools":[{"type":"function","function":{"name":"f","description":"does","strict":true,
                          "parameters":{"type":"object","properties":{"x":{"type":"integer","minimum":1}}}}},
                          {"type":"function","function":{"name":"g","description":" "}},
                          {"type":"custom","custom":{"name":"patch","description":"edits"}}],
                        "tool_choice":{"type":"function","function":{"name":"f"}},"parallel_tool_calls":false\
                        """);
        assertSame(
                body.path("toolConfig"),
                """
                {"tools":[
                  {"toolSpec":{"name":"f","description":"does","inputSchema":{"json":{"type":"object",
                    "properties":{"x":{"type":"integer","description":"(minimum 1)"}},
                    "additionalProperties":false}},"strict":true}},
                  {"toolSpec":{"name":"g","inputSchema":{"json":{"type":"object","properties":{}}}}},
                  {"toolSpec":{"name":"patch","description":"edits","inputSchema":{"json":{"type":"object",
                    "properties":{"input":{"type":"string"}},"required":["input"]}}}}],
                 "toolChoice":{"tool":{"name":"f"}}}\
                """);
        assertThat(bench.dropped("parallel_tool_calls")).isEqualTo(1);
        assertThat(bench.approximated("tools[custom]")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                CLAUDE + " | {\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#\"}}}",
                "anthropic.claude-3-haiku-20240307-v1:0 | {\"type\":\"object\"}"
            })
    void asksInWordsForASchemaThatTheModelCannotBeHeldTo(String model, String schema)
            throws Exception {
        JsonNode body =
                bench.hello(
                        model,
                        """
                        "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":%1$s}},
                        "tools":[{"type":"function","function":{"name":"f","strict":true,"parameters":%1$s}}]\
                        """
                                .formatted(schema));
        assertThat(body.has("outputConfig")).isFalse();
        assertThat(body.at("/system/0/text").textValue()).contains(schema);
        assertThat(bench.approximated("response_format")).isEqualTo(1);
        JsonNode tool = body.at("/toolConfig/tools/0/toolSpec");
        assertThat(Json.text(tool.at("/inputSchema/json"))).isEqualTo(schema);
        assertThat(tool.has("strict")).isFalse();
        assertThat(bench.dropped("strict")).isEqualTo(1);
    }

    @Test
    void givesAToolASchemaOfAnObjectWhateverItsOwnIs() throws Exception {
        JsonNode tools =
                bench.hello(
                                CLAUDE,
                                """
                                "tools":[{"type":"function","function":{"name":"f","parameters":{"properties":[]}}},
                                  {"type":"function","function":{"name":"g","parameters":{}}}]\
                                """)
                        .at("/toolConfig/tools");
        for (JsonNode tool : tools) {
            assertSame(
                    tool.at("/toolSpec/inputSchema/json"),
                    tool.at("/toolSpec/name").asText().equals("f")
                            ? "{\"properties\":{},\"type\":\"object\"}"
                            : "{\"type\":\"object\",\"properties\":{}}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"auto\" | {\"auto\":{}} | 2",
                "\"required\" | {\"any\":{}} | 2",
                "\"none\" | | 0",
                "{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"required\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"g\"}}]}} | {\"any\":{}} | 1"
            })
    void saysWhetherToolsHaveToBeUsed(String choice, String expected, int tools) throws Exception {
        JsonNode config =
                bench.hello(
                                CLAUDE,
                                """
                                "tools":[{"type":"function","function":{"name":"f"}},{"type":"function","function":{"name":"g"}}],
                                "tool_choice":%s\
                                """
                                        .formatted(choice))
                        .path("toolConfig");
        assertThat(config.path("tools")).hasSize(tools);
        if (expected == null) {
            assertThat(config.has("toolChoice")).isFalse();
        } else {
            assertSame(config.path("toolChoice"), expected);
        }
    }

    @Test
    void offersOfAllKindsOfToolsThoseThatAreAllowed() throws Exception {
        JsonNode config =
                bench.hello(
                                CLAUDE,
                                """
                                "tools":[{"type":"function","function":{"name":"f"}},
                                  {"type":"custom","custom":{"name":"patch"}},
                                  {"type":"custom","custom":{"name":"draw"}}],
                                "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"required",
                                  "tools":[{"type":"custom","custom":{"name":"draw"}}]}}\
                                """)
                        .path("toolConfig");
        assertThat(config.path("tools")).hasSize(1);
        assertThat(config.at("/tools/0/toolSpec/name").textValue()).isEqualTo("draw");
    }

    @Test
    void refusesToForceAToolThatIsNotThere() throws Exception {
        LlmRequest hello =
                new ChatDialect()
                        .readRequest(
                                (ObjectNode)
                                        Json.parse(
                                                """
                                                {"model":"%s","messages":[{"role":"user","content":"a"}]}\
                                                """
                                                        .formatted(CLAUDE)));
        List<Tool> elsewhere =
                List.of(new Tool.Server("openai-responses", "web_search", Json.object()));
        for (ToolChoice choice :
                List.of(
                        new ToolChoice.Required(),
                        new ToolChoice.Named("web_search", false),
                        new ToolChoice.Allowed(List.of("web_search"), true))) {
            assertThatThrownBy(() -> bench.written(hello.with(hello.messages(), elsewhere, choice)))
                    .isInstanceOf(UnsayableException.class)
                    .hasMessageStartingWith("tool_choice: " + CLAUDE + " has no such tool");
        }
    }

    @Test
    void keepsToolsForAHistoryThatUsesThemThoughNoneMayBeUsed() throws Exception {
        JsonNode body =
                bench.written(
                        CLAUDE,
                        "\"tool_choice\":\"none\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"messages\":["
                                + TURN
                                + "{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"1\"}]");
        assertThat(body.at("/toolConfig/tools")).hasSize(1);
        assertThat(body.path("toolConfig").has("toolChoice")).isFalse();
        assertThat(bench.dropped("tool_choice")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "image/png,iVBORw0KGgoAAA,png",
        "image/png,/9j/4AAQ,jpeg",
        "image/jpg,R0lGODlh,gif",
        "image/jpeg,UklGRh4A,webp",
        "image/JPEG,QUFB,jpeg"
    })
    void callsPicturesWhatTheyAre(String mime, String base64, String format) throws Exception {
        ObjectNode body =
                canonical(new Part.Image(new MediaSource.Bytes(mime, base64), null, null));
        assertSame(
                body.at("/messages/0/content/0"),
                "{\"image\":{\"format\":\"%s\",\"source\":{\"bytes\":\"%s\"}}}"
                        .formatted(format, base64));
    }

    @Test
    void saysWhereInS3SomethingIs() throws Exception {
        ObjectNode body =
                canonical(
                        new Part.Image(new MediaSource.Url("s3://b/a.JPG"), null, null),
                        new Part.Audio(new MediaSource.Bytes("audio/mpeg", "SUQz"), "mp3"));
        assertSame(
                body.at("/messages/0/content"),
                """
                [{"image":{"format":"jpeg","source":{"s3Location":{"uri":"s3://b/a.JPG"}}}},
                 {"audio":{"format":"mp3","source":{"bytes":"SUQz"}}}]\
                """);
    }

    @Test
    void givesEachDocumentANameThatBedrockTakes() throws Exception {
        ObjectNode body =
                canonical(
                        new Part.Document(
                                new MediaSource.Bytes("application/pdf", "JVBE"),
                                "売上 2024_(final)..v2.pdf",
                                null,
                                null),
                        new Part.Document(
                                new MediaSource.Bytes("application/octet-stream", "IyBo"),
                                "notes.md",
                                null,
                                null),
                        new Part.Document(
                                new MediaSource.Bytes("text/plain; charset=utf-8", "aGk="),
                                null,
                                null,
                                null),
                        new Part.Document(
                                new MediaSource.Bytes("text/plain", "aGk="), null, null, null));
        assertSame(
                body.at("/messages/0/content"),
                """
                [{"document":{"format":"pdf","source":{"bytes":"JVBE"},"name":"2024 (final) v2 pdf"}},
                 {"document":{"format":"md","source":{"bytes":"IyBo"},"name":"notes md"}},
                 {"document":{"format":"txt","source":{"bytes":"aGk="},"name":"document"}},
                 {"document":{"format":"txt","source":{"bytes":"aGk="},"name":"document 2"}}]\
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json,a.json,txt",
        "text/x-python,a.py,txt",
        "text/markdown; charset=utf-8,a,md",
        "application/octet-stream,a.csv,csv"
    })
    void callsTextsOfAllKindsTexts(String mime, String name, String format) throws Exception {
        ObjectNode body =
                canonical(new Part.Document(new MediaSource.Bytes(mime, "aGk="), name, null, null));
        assertThat(body.at("/messages/0/content/0/document/format").textValue()).isEqualTo(format);
    }

    @Test
    void refusesWhatBedrockCannotTake() {
        assertThatThrownBy(() ->
                        canonical(
                                new Part.Image(
                                        new MediaSource.Url("https://a.example/x.png"),
                                        null,
                                        null)))
                .hasMessage(
                        "image_url: Bedrock fetches nothing from the web; send the content"
                                + " instead, or an s3: address");
        assertThatThrownBy(() ->
                        canonical(
                                new Part.Image(
                                        new MediaSource.Bytes("image/tiff", "SUkq"), null, null)))
                .hasMessage("image_url: expected png, jpeg, gif or webp");
        assertThatThrownBy(() ->
                        canonical(
                                new Part.Document(
                                        new MediaSource.FileId("openai", "file-1"),
                                        null,
                                        null,
                                        null)))
                .hasMessage("file: the file lies with another provider; send its content instead");
        assertThatThrownBy(() -> bench.hello(CLAUDE, "\"n\":2"))
                .hasMessage("n: " + CLAUDE + " gives one answer to a request; ask 2 times instead");
        assertThatThrownBy(() ->
                        bench.conversation(
                                """
                                {"role":"system","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]},
                                {"role":"user","content":"x"}\
                                """))
                .hasMessage("messages: Bedrock takes nothing but text in a system message");
    }

    private static Part.Text cached(String text, @Nullable String ttl) {
        return new Part.Text(text, new CacheHint(ttl), List.of());
    }

    private static Tool.Function tool(String name, @Nullable CacheHint cache) {
        return new Tool.Function(name, null, null, null, cache);
    }

    /// Row 34.
    @Test
    void marksWhatIsWorthCaching() throws Exception {
        ObjectNode body =
                canonical(
                        CLAUDE,
                        List.of(
                                new Message(Role.SYSTEM, List.of(cached("s", "1h"))),
                                new Message(
                                        Role.USER, List.of(cached("a", null), cached("b", "5m")))),
                        List.of(tool("f", new CacheHint(null))),
                        Extra.NONE);
        assertSame(
                body,
                """
                {"toolConfig":{"tools":[
                   {"toolSpec":{"name":"f","inputSchema":{"json":{"type":"object","properties":{}}}}},
                   {"cachePoint":{"type":"default"}}]},
                 "system":[{"text":"s"},{"cachePoint":{"type":"default","ttl":"1h"}}],
                 "messages":[{"role":"user","content":[
                   {"text":"a"},{"cachePoint":{"type":"default"}},
                   {"text":"b"},{"cachePoint":{"type":"default"}}]}]}\
                """);
        assertThat(bench.lost()).isEmpty();
    }

    /// Row 34.
    @Test
    void keepsTheFirstMarkAndTheLastThree() throws Exception {
        ObjectNode body =
                canonical(
                        CLAUDE,
                        List.of(
                                new Message(
                                        Role.SYSTEM, List.of(cached("s", null), cached("t", null))),
                                new Message(
                                        Role.USER,
                                        List.of(
                                                cached("a", null),
                                                cached("b", null),
                                                cached("c", null)))),
                        List.of(tool("f", new CacheHint(null))),
                        Extra.NONE);
        String text = Json.text(body);
        assertThat(text.split("cachePoint", -1)).hasSize(5);
        assertThat(body.at("/toolConfig/tools")).hasSize(2);
        assertThat(body.path("system")).hasSize(2);
        assertThat(body.at("/messages/0/content")).hasSize(6);
        assertThat(bench.approximated("cache_control")).isEqualTo(2);
    }

    @Test
    void keepsTheOrderOfAllThatIsBetweenMarks() throws Exception {
        List<Part> parts = new ArrayList<>();
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            parts.add(cached("t" + i, null));
            words.append('t').append(i).append(' ');
        }
        JsonNode content =
                canonical(CLAUDE, List.of(new Message(Role.USER, parts)), List.of(), Extra.NONE)
                        .at("/messages/0/content");
        StringBuilder said = new StringBuilder();
        content.forEach(block -> {
            if (block.has("text")) {
                said.append(block.path("text").asText()).append(' ');
            }
        });
        assertThat(content).hasSize(20_004);
        assertThat(content.path(1).has("cachePoint")).isTrue();
        assertThat(content.path(20_003).has("cachePoint")).isTrue();
        assertThat(said).hasToString(words.toString());
    }

    @Test
    void marksNothingWhereAModelHasNoCache() throws Exception {
        List<Message> messages = List.of(new Message(Role.USER, List.of(cached("a", "1h"))));
        List<Tool> tools = List.of(tool("f", new CacheHint(null)));
        assertThat(
                        Json.text(
                                canonical(
                                        "mistral.mistral-large-2407-v1:0",
                                        messages,
                                        tools,
                                        Extra.NONE)))
                .doesNotContain("cachePoint");
        assertThat(bench.dropped("cache_control")).isEqualTo(2);
        String profile = "arn:aws:bedrock:us-east-1:1:application-inference-profile/x";
        assertThat(Json.text(canonical(profile, messages, tools, Extra.NONE)))
                .as("may be a model that has one")
                .contains("cachePoint");
        assertThat(bench.dropped("cache_control")).isEqualTo(2);
        assertThat(Json.text(canonical(NOVA, messages, tools, Extra.NONE)))
                .contains("{\"text\":\"a\"},{\"cachePoint\":{\"type\":\"default\"}}")
                .doesNotContain("ttl");
        assertThat(bench.dropped("cache_control")).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                CLAUDE
                        + " | \"low\" | {\"reasoning_config\":{\"type\":\"enabled\",\"budget_tokens\":2048}}",
                "anthropic.claude-opus-4-8-v1 | \"xhigh\" | {\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"xhigh\"}}",
                "global.anthropic.claude-sonnet-5 | \"minimal\" | {\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"low\"}}",
                NOVA
                        + " | \"medium\" | {\"reasoningConfig\":{\"type\":\"enabled\",\"maxReasoningEffort\":\"medium\"}}",
                "openai.gpt-oss-120b-1:0 | \"max\" | {\"reasoning_effort\":\"high\"}",
                CLAUDE + " | \"none\" | ",
                NOVA + " | \"none\" | "
            })
    void asksAModelToThinkInItsVendorsWords(String model, String effort, String expected)
            throws Exception {
        JsonNode fields =
                bench.hello(model, "\"reasoning_effort\":" + effort)
                        .path("additionalModelRequestFields");
        if (expected == null) {
            assertThat(fields.isMissingNode()).isTrue();
        } else {
            assertSame(fields, expected);
        }
        assertThat(bench.lost()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                CLAUDE + " | \"max_tokens\":1000",
                CLAUDE
                        + " | \"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":\"required\"",
                "us.amazon.nova-pro-v1:0 | \"max_tokens\":5000",
                "meta.llama3-1-70b-instruct-v1:0 | \"max_tokens\":5000"
            })
    void doesWithoutThoughtsWhereTheyCannotBe(String model, String more) throws Exception {
        assertThat(
                        bench.hello(model, more + ",\"reasoning_effort\":\"high\"")
                                .has("additionalModelRequestFields"))
                .isFalse();
        assertThat(bench.dropped("reasoning_effort")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",{\"role\":\"user\",\"content\":\"and?\"}"})
    void doesNotThinkOnWhereTheThoughtBeforeIsLost(String more) throws Exception {
        String turn =
                TURN
                        + "{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"1\"},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"b\",\"content\":\"2\"}"
                        + more;
        JsonNode body =
                bench.written(CLAUDE, "\"reasoning_effort\":\"low\",\"messages\":[" + turn + "]");
        assertThat(body.has("additionalModelRequestFields")).isFalse();
        assertThat(bench.dropped("reasoning_effort")).isEqualTo(1);
    }

    @Test
    void leavesOutWhatThinkingExcludes() throws Exception {
        ObjectNode claude =
                bench.hello(
                        CLAUDE,
                        "\"max_tokens\":3000,\"temperature\":0.2,\"top_k\":5,\"reasoning_effort\":\"high\"");
        assertSame(
                claude.path("additionalModelRequestFields"),
                "{\"reasoning_config\":{\"type\":\"enabled\",\"budget_tokens\":2999}}");
        assertSame(claude.path("inferenceConfig"), "{\"maxTokens\":3000}");
        ObjectNode nova =
                bench.hello(
                        NOVA,
                        "\"max_tokens\":3000,\"temperature\":0.2,\"reasoning_effort\":\"high\"");
        assertThat(nova.has("inferenceConfig")).isFalse();
        assertThat(bench.dropped("temperature")).isEqualTo(2);
        assertThat(bench.dropped("top_k")).isEqualTo(1);
        assertThat(bench.dropped("max_tokens")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                CLAUDE + " | {\"top_k\":5}",
                NOVA + " | {\"inferenceConfig\":{\"topK\":5}}",
                "cohere.command-r-plus-v1:0 | {\"k\":5}",
                "mistral.mistral-large-2407-v1:0 | {\"top_k\":5}",
                "meta.llama3-1-70b-instruct-v1:0 | "
            })
    void saysTopKInTheModelsWords(String model, String expected) throws Exception {
        JsonNode body = bench.hello(model, "\"top_k\":5");
        if (expected == null) {
            assertThat(body.has("additionalModelRequestFields")).isFalse();
            assertThat(bench.dropped("top_k")).isEqualTo(1);
        } else {
            assertSame(body.path("additionalModelRequestFields"), expected);
        }
    }

    @Test
    void takesUpItsOwnThoughtsAndNoOthers() throws Exception {
        Seal own = new Seal(Seal.Kind.SIGNATURE, "bedrock", "c2ln/+é==");
        Seal foreign = new Seal(Seal.Kind.SIGNATURE, "gemini", "foreign");
        ObjectNode body =
                canonical(
                        CLAUDE,
                        List.of(
                                new Message(Role.USER, List.of(new Part.Text("q"))),
                                new Message(
                                        Role.ASSISTANT,
                                        List.of(
                                                new Part.Text("a"),
                                                new Part.Thinking("hm", false, own),
                                                new Part.Thinking("x", false, foreign),
                                                new Part.Thinking("y", false, null),
                                                new Part.Thinking(
                                                        "",
                                                        false,
                                                        new Seal(
                                                                Seal.Kind.ENCRYPTED,
                                                                "bedrock",
                                                                "ZW5j"))))),
                        List.of(),
                        Extra.NONE);
        assertSame(
                body.at("/messages/1/content"),
                """
                [{"reasoningContent":{"reasoningText":{"text":"hm","signature":"c2ln/+é=="}}},
                 {"reasoningContent":{"redactedContent":"ZW5j"}},{"text":"a"}]\
                """);
        assertThat(bench.dropped("thinking")).isEqualTo(2);
    }

    /// What Bedrock said goes back as it came.
    @Test
    void saysAnAnswerAgainAsItCame() throws Exception {
        String content =
                """
                [{"reasoningContent":{"reasoningText":{"text":"hm \\"é\\"","signature":"c2ln/+=="}}},
                 {"reasoningContent":{"redactedContent":"ZW5j"}},{"text":"はい"},
                 {"toolUse":{"toolUseId":"tooluse_1","name":"f","input":{"b":1.50,"a":"é","c":[null,{}]}}},
                 {"toolUse":{"toolUseId":"s","name":"nova_grounding","input":{},"type":"server_tool_use"}}]\
                """;
        LlmAnswer answer =
                new BedrockDialect()
                        .readAnswer(
                                "{\"output\":{\"message\":{\"content\":%s}},\"stopReason\":\"tool_use\"}"
                                        .formatted(content)
                                        .getBytes(StandardCharsets.UTF_8));
        ObjectNode body =
                canonical(
                        CLAUDE,
                        List.of(
                                new Message(Role.USER, List.of(new Part.Text("q"))),
                                new Message(Role.ASSISTANT, answer.choices().getFirst().parts())),
                        List.of(tool("f", null)),
                        Extra.NONE);
        assertSame(body.at("/messages/1/content"), content);
        assertThat(body.at("/messages/2/content"))
                .as("a result for the client's call alone")
                .hasSize(1);
    }

    @Test
    void passesOnWhatOnlyConverseKnowsAndNothingElse() throws Exception {
        ObjectNode body =
                bench.hello(
                        CLAUDE,
                        """
                        "guardrailConfig":{"guardrailIdentifier":"g"},"performanceConfig":{"latency":"optimized"},
                        "additionalModelRequestFields":{"anthropic_beta":["x"]},"top_k":3,"x_secret":"c4n4ry",
                        "seed":1,"user":"u","store":true,"logit_bias":{"1":2},"response_format":{"type":"json_object"}\
                        """);
        assertThat(Json.text(body)).doesNotContain("c4n4ry");
        assertSame(
                body,
                """
                {"system":[{"text":"Answer with one JSON object and nothing else."}],
                 "messages":[{"role":"user","content":[{"text":"こんにちは"}]}],
                 "guardrailConfig":{"guardrailIdentifier":"g"},"performanceConfig":{"latency":"optimized"},
                 "additionalModelRequestFields":{"top_k":3,"anthropic_beta":["x"]}}\
                """);
        assertThat(bench.dropped("x_secret")).isEqualTo(1);
        assertThat(bench.dropped("seed")).isEqualTo(1);
        assertThat(bench.dropped("user")).isEqualTo(1);
        assertThat(bench.dropped("store")).isEqualTo(1);
        assertThat(bench.dropped("logit_bias")).isEqualTo(1);
        assertThat(bench.approximated("response_format")).isEqualTo(1);
    }

    @Test
    void dropsMetadataThatBedrockDoesNotTake() throws Exception {
        ObjectNode body =
                bench.hello(
                        CLAUDE, "\"metadata\":{\"ok\":\"a b\",\"bad\":\"é\"},\"temperature\":1.5");
        assertSame(body.path("requestMetadata"), "{\"ok\":\"a b\"}");
        assertThat(bench.dropped("metadata")).isEqualTo(1);
        assertThat(body.at("/inferenceConfig/temperature").intValue()).isEqualTo(1);
        assertThat(bench.approximated("temperature")).isEqualTo(1);
    }
}
