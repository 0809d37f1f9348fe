package dev.torii.engine.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.SealWrap;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.CacheHint;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.MediaSource;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.OutputFormat;
import dev.torii.model.llm.OutputLimit;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Reasoning;
import dev.torii.model.llm.Role;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.Tool;
import dev.torii.model.llm.ToolChoice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an Anthropic client's request is in the canonical model, and in Anthropic's words again.
class AnthropicClientRequestTest {

    private final AnthropicClientDialect client = new AnthropicClientDialect();
    private final AnthropicDialect dialect = new AnthropicDialect();
    private final Losses losses = new Losses();

    private LlmRequest read(String fields) throws Exception {
        return client.readRequest(body(fields));
    }

    private static ObjectNode body(String fields) throws Exception {
        return (ObjectNode)
                Json.parse("{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":4096," + fields + "}");
    }

    private LlmRequest hello(String more) throws Exception {
        return read("\"messages\":[{\"role\":\"user\",\"content\":\"やあ\"}]," + more);
    }

    private List<Message> messages(String messages) throws Exception {
        return read("\"messages\":[" + messages + "]").messages();
    }

    /// What is written of what was read is what was read.
    private void assertKept(String fields) throws Exception {
        ObjectNode body = body(fields);
        assertThat(Normal.of(dialect.writeRequest(client.readRequest(body.deepCopy()), losses)))
                .isEqualTo(Normal.of(body));
        assertThat(losses.all()).isEmpty();
    }

    private void assertKeptHello(String more) throws Exception {
        assertKept("\"messages\":[{\"role\":\"user\",\"content\":\"やあ\"}]," + more);
    }

    @Test
    void readsAPlainQuestion() throws Exception {
        LlmRequest request =
                hello(
                        """
                        "system":"短く","temperature":0.5,"top_p":0.9,"top_k":5,"stop_sequences":["終"],
                        "stream":true,"metadata":{"user_id":"u-1"},"service_tier":"standard_only"\
                        """);
        assertThat(request.model()).isEqualTo("claude-sonnet-4-5");
        assertThat(request.messages())
                .containsExactly(
                        new Message(Role.SYSTEM, List.of(new Part.Text("短く"))),
                        new Message(Role.USER, List.of(new Part.Text("やあ"))));
        assertThat(request.limit()).isEqualTo(new OutputLimit(4096, "max_tokens"));
        assertThat(request.sampling().temperature()).isEqualByComparingTo("0.5");
        assertThat(request.sampling().topP()).isEqualByComparingTo("0.9");
        assertThat(request.sampling().topK()).isEqualTo(5);
        assertThat(request.sampling().stop()).containsExactly("終");
        assertThat(request.session().endUser()).isEqualTo("u-1");
        assertThat(request.session().serviceTier()).isEqualTo("default");
        assertThat(request.stream()).isTrue();
        assertThat(request.streamUsage()).isTrue();
        assertThat(request.extra().isEmpty()).isTrue();
    }

    @Test
    void readsEachResultAsAMessageOfItsOwn() throws Exception {
        assertThat(
                        messages(
                                """
                                {"role":"user","content":"go"},
                                {"role":"assistant","content":[
                                  {"type":"tool_use","id":"a","name":"f","input":{"x":1.50,"é":"/"}},
                                  {"type":"tool_use","id":"b","name":"g","input":{}}]},
                                {"role":"user","content":[
                                  {"type":"tool_result","tool_use_id":"a","content":"1"},
                                  {"type":"tool_result","tool_use_id":"b","is_error":true,"content":[
                                    {"type":"text","text":"see"},
                                    {"type":"image","source":{"type":"base64","media_type":"image/png","data":"c2VudGluZWw="}}]},
                                  {"type":"text","text":"and?"},{"type":"text","text":"!"}]}\
                                """))
                .containsExactly(
                        new Message(Role.USER, List.of(new Part.Text("go"))),
                        new Message(
                                Role.ASSISTANT,
                                List.of(
                                        new Part.ToolCall(
                                                "a", "f", "{\"x\":1.50,\"é\":\"/\"}", false, null),
                                        new Part.ToolCall("b", "g", "{}", false, null))),
                        new Message(
                                Role.TOOL,
                                List.of(
                                        new Part.ToolResult(
                                                "a",
                                                null,
                                                List.of(new Part.Text("1")),
                                                false,
                                                null))),
                        new Message(
                                Role.TOOL,
                                List.of(
                                        new Part.ToolResult(
                                                "b",
                                                null,
                                                List.of(
                                                        new Part.Text("see"),
                                                        new Part.Image(
                                                                new MediaSource.Bytes(
                                                                        "image/png",
                                                                        "c2VudGluZWw="),
                                                                null,
                                                                null)),
                                                true,
                                                null))),
                        new Message(Role.USER, List.of(new Part.Text("and?"), new Part.Text("!"))));
    }

    // Rows 24 and 25.
    @Test
    void keepsAllResultsOfATurnInOneMessageWithTheirPictures() throws Exception {
        assertKept(
                """
                "messages":[{"role":"user","content":"go"},
                {"role":"assistant","content":[
                  {"type":"text","text":"well"},
                  {"type":"tool_use","id":"a","name":"f","input":{"x":1}},
                  {"type":"tool_use","id":"b","name":"g","input":{}}]},
                {"role":"user","content":[
                  {"type":"tool_result","tool_use_id":"a","content":"1","cache_control":{"type":"ephemeral"}},
                  {"type":"tool_result","tool_use_id":"b","is_error":true,"content":[
                    {"type":"image","source":{"type":"base64","media_type":"image/png","data":"c2VudGluZWw="}}]},
                  {"type":"text","text":"and?"}]}]\
                """);
    }

    // Row 25.
    @Test
    void keepsThePicturesOfResultsWithoutACall() throws Exception {
        ObjectNode body =
                body(
                        """
                        "messages":[{"role":"user","content":[
                          {"type":"tool_result","tool_use_id":"astray","cache_control":{"type":"ephemeral"},"content":[
                            {"type":"text","text":"see"},
                            {"type":"image","source":{"type":"base64","media_type":"image/png","data":"c2VudGluZWw="}}]}]}]\
                        """);
        assertThat(dialect.writeRequest(client.readRequest(body), losses).at("/messages/0/content"))
                .isEqualTo(
                        Json.parse(
                                """
                                [{"type":"text","text":"Result of a tool: see"},
                                 {"type":"image","source":{"type":"base64","media_type":"image/png","data":"c2VudGluZWw="},
                                  "cache_control":{"type":"ephemeral"}}]\
                                """));
        assertThat(losses.count()).isEqualTo(1);
    }

    @Test
    void readsPicturesAndDocumentsFromWhereverTheyAre() throws Exception {
        assertThat(
                        messages(
                                        """
                                        {"role":"user","content":[
                                          {"type":"image","source":{"type":"url","url":"https://a.example/x.png"},"cache_control":{"type":"ephemeral","ttl":"1h"}},
                                          {"type":"image","source":{"type":"file","file_id":"file_1"}},
                                          {"type":"document","title":"t","source":{"type":"base64","media_type":"application/pdf","data":"AAAA"}},
                                          {"type":"document","source":{"type":"text","media_type":"text/plain","data":"é"}},
                                          {"type":"document","source":{"type":"content","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}},
                                          {"type":"search_result","source":"https://a.example","title":"A","content":[{"type":"text","text":"found"}]}]}\
                                        """)
                                .getFirst()
                                .parts())
                .containsExactly(
                        new Part.Image(
                                new MediaSource.Url("https://a.example/x.png"),
                                null,
                                new CacheHint("1h")),
                        new Part.Image(new MediaSource.FileId("anthropic", "file_1"), null, null),
                        new Part.Document(
                                new MediaSource.Bytes("application/pdf", "AAAA"), null, "t", null),
                        new Part.Document(
                                new MediaSource.Bytes("text/plain", "w6k="), null, null, null),
                        new Part.Document(
                                new MediaSource.Bytes("text/plain", "YQpi"), null, null, null),
                        new Part.Text("A\nhttps://a.example\nfound"));
    }

    // Rows 19, 20 and 21.
    @Test
    void unwrapsForeignSealsAndKeepsItsOwn() throws Exception {
        var gemini = new Seal(Seal.Kind.SIGNATURE, "gemini", "c2ln/+é==");
        var openai = new Seal(Seal.Kind.ENCRYPTED, "openai-responses", "gAAA");
        List<Part> parts =
                messages(
                                """
                                {"role":"assistant","content":[
                                  {"type":"thinking","thinking":"own","signature":"EqQB/+=="},
                                  {"type":"redacted_thinking","data":"Rk9P"},
                                  {"type":"thinking","thinking":"sum","signature":"%s"},
                                  {"type":"thinking","thinking":"unsigned","signature":""},
                                  {"type":"thinking","thinking":"","signature":"torii001broken"},
                                  {"type":"thinking","thinking":"","signature":"%s"},
                                  {"type":"tool_use","id":"a","name":"f","input":{}}]}\
                                """
                                        .formatted(
                                                SealWrap.wrap(openai, null),
                                                SealWrap.wrap(gemini, "a")))
                        .getFirst()
                        .parts();
        assertThat(parts)
                .containsExactly(
                        new Part.Thinking(
                                "own",
                                false,
                                new Seal(Seal.Kind.SIGNATURE, "anthropic", "EqQB/+==")),
                        new Part.Thinking(
                                "", false, new Seal(Seal.Kind.ENCRYPTED, "anthropic", "Rk9P")),
                        new Part.Thinking("sum", true, openai),
                        new Part.Thinking("unsigned", false, null),
                        new Part.ToolCall("a", "f", "{}", false, gemini));
    }

    // Rows 19, 20 and 21.
    @Test
    void sendsNoForeignSealToAnthropicAndItsOwnByteForByte() throws Exception {
        var gemini = new Seal(Seal.Kind.SIGNATURE, "gemini", "Zm9yZWlnbg==");
        ObjectNode body =
                body(
                        """
                        "messages":[{"role":"user","content":"go"},
                        {"role":"assistant","content":[
                          {"type":"thinking","thinking":"a/\\u00e9\\n","signature":"EqQB/+=="},
                          {"type":"thinking","thinking":"theirs","signature":"%s"},
                          {"type":"tool_use","id":"a","name":"f","input":{}}]},
                        {"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"1"}]}]\
                        """
                                .formatted(SealWrap.wrap(gemini, null)));
        String written = Json.text(dialect.writeRequest(client.readRequest(body), losses));
        assertThat(written)
                .contains(
                        "{\"type\":\"thinking\",\"thinking\":\"a/é\\n\",\"signature\":\"EqQB/+==\"}")
                .doesNotContain("torii001")
                .doesNotContain("theirs")
                .doesNotContain("Zm9yZWlnbg");
        assertThat(losses.count()).isEqualTo(1);

        assertThat(AnthropicHistory.hasForeignThoughts(body)).isTrue();
        AnthropicHistory.dropForeignThoughts(body);
        assertThat(AnthropicHistory.hasForeignThoughts(body)).isFalse();
        assertThat(Json.text(body)).contains("EqQB/+==").doesNotContain("torii001");
    }

    // Row 22.
    @Test
    void keepsAnUnsignedThoughtForServersThatTakeItUp() throws Exception {
        assertThat(
                        messages(
                                        """
                                        {"role":"assistant","content":[
                                          {"type":"thinking","thinking":"hm","signature":""},{"type":"text","text":"a"}]}\
                                        """)
                                .getFirst()
                                .parts())
                .containsExactly(new Part.Thinking("hm", false, null), new Part.Text("a"));
    }

    // Row 37.
    @Test
    void leavesSystemMessagesWhereTheyAre() throws Exception {
        List<Message> messages =
                read("""
                "system":[{"type":"text","text":"0"}],"messages":[
                {"role":"user","content":"a"},{"role":"system","content":"2"},
                {"role":"assistant","content":"b"},{"role":"user","content":"c"},
                {"role":"system","content":[{"type":"text","text":"5"}]}]\
                """)
                        .messages();
        assertThat(messages)
                .extracting(Message::role)
                .containsExactly(
                        Role.SYSTEM,
                        Role.USER,
                        Role.SYSTEM,
                        Role.ASSISTANT,
                        Role.USER,
                        Role.SYSTEM);
    }

    // Row 37.
    @ParameterizedTest
    @CsvSource({
        "claude-opus-4-8,ANTHROPIC,system",
        "claude-sonnet-5,ANTHROPIC,system",
        "claude-sonnet-5,VERTEX,user",
        "claude-opus-4-7,ANTHROPIC,user"
    })
    void saysASystemMessageBetweenOthersWhereTheModelTakesIt(
            String model, AnthropicHost host, String role) throws Exception {
        ObjectNode body =
                body(
                        """
                        "messages":[{"role":"user","content":"a"},{"role":"system","content":"s"},
                        {"role":"assistant","content":"b"},{"role":"user","content":"c"}]\
                        """);
        body.put("model", model);
        ObjectNode written =
                new AnthropicDialect(host).writeRequest(client.readRequest(body), losses);
        boolean inPlace = role.equals("system");
        assertThat(written.path("messages")).hasSize(inPlace ? 4 : 3);
        assertThat(written.at(inPlace ? "/messages/1/role" : "/messages/0/role").textValue())
                .isEqualTo(role);
        assertThat(losses.count()).isEqualTo(inPlace ? 0 : 1);
    }

    @Test
    void leavesTheBlockThatCountsClaudeCodesRequestsToAnthropic() throws Exception {
        String system =
                """
                "system":[{"type":"text","text":"x-anthropic-billing-header: cc_version=2; cch=1"},
                  {"type":"text","text":"You are","cache_control":{"type":"ephemeral"}}]\
                """;
        assertThat(hello(system).messages().getFirst().parts().getFirst())
                .isInstanceOf(Part.Opaque.class);
        assertKeptHello(system);
    }

    // Row 36.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"auto\"}",
                "{\"type\":\"auto\",\"disable_parallel_tool_use\":true}",
                "{\"type\":\"auto\",\"disable_parallel_tool_use\":false}",
                "{\"type\":\"any\",\"disable_parallel_tool_use\":true}",
                "{\"type\":\"tool\",\"name\":\"f\",\"disable_parallel_tool_use\":true}",
                "{\"type\":\"none\"}"
            })
    void keepsTheChoiceOfTools(String choice) throws Exception {
        assertKeptHello(
                "\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}],\"tool_choice\":"
                        + choice);
    }

    // Row 36.
    @Test
    void readsTheChoiceOfTools() throws Exception {
        assertThat(hello("\"tool_choice\":{\"type\":\"any\"}").toolChoice())
                .isEqualTo(new ToolChoice.Required());
        LlmRequest alone =
                hello("\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true}");
        assertThat(alone.toolChoice()).isEqualTo(new ToolChoice.Auto());
        assertThat(alone.parallelToolCalls()).isFalse();
        assertThat(hello("\"stream\":true").parallelToolCalls()).isNull();
    }

    @Test
    void readsToolsOfBothKinds() throws Exception {
        LlmRequest request =
                hello(
                        """
                        "tools":[{"name":"Bash","description":"d","strict":true,"input_schema":{"type":"object"},
                          "cache_control":{"type":"ephemeral"}},
                         {"type":"web_search_20250305","name":"web_search","max_uses":3}]\
                        """);
        assertThat(request.tools().getFirst())
                .isEqualTo(
                        new Tool.Function(
                                "Bash",
                                "d",
                                (ObjectNode) Json.parse("{\"type\":\"object\"}"),
                                true,
                                new CacheHint(null)));
        assertThat(request.tools().get(1))
                .isInstanceOfSatisfying(
                        Tool.Server.class,
                        server -> assertThat(server.type()).isEqualTo("web_search_20250305"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}                          | true  | -    | 2000 | auto",
                "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000,\"display\":\"omitted\"}  | true  | -    | 2000 | -",
                "\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"high\"}        | true  | high | -    | -",
                "\"thinking\":{\"type\":\"adaptive\",\"display\":\"summarized\"}                     | true  | -    | -    | auto",
                "\"thinking\":{\"type\":\"disabled\"}                                                | false | -    | -    | -",
                "\"output_config\":{\"effort\":\"low\"}                                              | -     | low  | -    | -"
            })
    void readsHowMuchToThink(
            String fields, Boolean on, String effort, Integer budget, String summary)
            throws Exception {
        assertThat(hello(fields).reasoning()).isEqualTo(new Reasoning(on, effort, budget, summary));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "claude-sonnet-4-5 | \"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}",
                "claude-sonnet-4-5 | \"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000},\"temperature\":1.0,\"top_p\":0.95",
                "claude-opus-4-5   | \"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000,\"display\":\"omitted\"},\"output_config\":{\"effort\":\"low\"}",
                "claude-opus-4-5   | \"output_config\":{\"effort\":\"medium\"}",
                "claude-opus-4-6   | \"thinking\":{\"type\":\"adaptive\"}",
                "claude-opus-4-6   | \"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}",
                "claude-opus-4-8   | \"thinking\":{\"type\":\"adaptive\",\"display\":\"summarized\"},\"output_config\":{\"effort\":\"max\",\"task_budget\":{\"tokens\":5}}",
                "claude-sonnet-5   | \"thinking\":{\"type\":\"disabled\"}",
                "claude-sonnet-5   | \"thinking\":{\"type\":\"of_tomorrow\",\"x\":1}"
            })
    void keepsHowMuchToThink(String model, String fields) throws Exception {
        ObjectNode body = body("\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]," + fields);
        body.put("model", model);
        assertThat(Normal.of(dialect.writeRequest(client.readRequest(body.deepCopy()), losses)))
                .isEqualTo(Normal.of(body));
        assertThat(losses.all()).isEmpty();
    }

    @Test
    void readsTheSchemaOfTheAnswer() throws Exception {
        String schema =
                "{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\",\"additionalProperties\":false}}";
        for (String field :
                List.of(
                        "\"output_config\":{\"format\":" + schema + "}",
                        "\"output_format\":" + schema)) {
            assertThat(hello(field).format())
                    .isInstanceOfSatisfying(
                            OutputFormat.JsonSchema.class,
                            format -> assertThat(format.schema()).hasSize(2));
        }
        assertKeptHello("\"output_config\":{\"format\":" + schema + "}");
    }

    @Test
    void keepsFieldsThatOnlyAnthropicKnowsAtEveryLevel() throws Exception {
        assertKept(
                """
                "x_secret":"c4n4ry","cache_control":{"type":"ephemeral"},"container":"c_1",
                "context_management":{"edits":[{"type":"clear_tool_uses_20250919"}]},
                "mcp_servers":[{"type":"url","url":"https://a.example","name":"m"}],
                "metadata":{"user_id":"u","x_secret":"c4n4ry"},
                "system":[{"type":"text","text":"s","x_secret":1,"cache_control":{"type":"ephemeral","scope":"global"}}],
                "tools":[{"name":"e","input_schema":{"type":"object"}},
                  {"name":"f","input_schema":{"type":"object"},"defer_loading":true,"allowed_callers":["direct"]},
                  {"type":"bash_20250124","name":"bash"}],
                "tool_choice":{"type":"auto","x_secret":"c4n4ry"},
                "messages":[
                  {"role":"user","x_secret":"c4n4ry","content":[
                    {"type":"document","source":{"type":"content","content":[{"type":"text","text":"a"}]},"context":"c","citations":{"enabled":true}},
                    {"type":"image","source":{"type":"url","url":"https://a.example/x.png"},"x_secret":"c4n4ry"},
                    {"type":"search_result","source":"https://a.example","title":"A","content":[{"type":"text","text":"found"}],"citations":{"enabled":true}},
                    {"type":"container_upload","file_id":"file_1"}]},
                  {"role":"assistant","content":[
                    {"type":"thinking","thinking":"t","signature":"EqQB"},
                    {"type":"server_tool_use","id":"s","name":"web_search","input":{"query":"q"}},
                    {"type":"web_search_tool_result","tool_use_id":"s","content":[]},
                    {"type":"text","text":"x","citations":[{"type":"char_location","cited_text":"a","document_index":0}]},
                    {"type":"tool_use","id":"t","name":"f","input":{},"caller":{"type":"direct"},"cache_control":{"type":"ephemeral"}}]},
                  {"role":"user","content":[
                    {"type":"tool_result","tool_use_id":"t","x_secret":"c4n4ry","content":[
                      {"type":"text","text":"r","x_secret":"c4n4ry"},{"type":"tool_reference","tool_name":"f"}]}]}]\
                """);
    }

    @Test
    void saysWhatIsDroppedElsewhereByItsName() throws Exception {
        LlmRequest request =
                read(
                        """
                        "context_management":{"edits":[]},"thinking":{"type":"adaptive","display":"omitted"},
                        "tools":[{"name":"f","input_schema":{"type":"object"},"defer_loading":true}],
                        "messages":[{"role":"assistant","content":[
                          {"type":"tool_use","id":"t","name":"f","input":{},"caller":{"type":"direct"}}]}]\
                        """);
        assertThat(request.extra().fields().fieldNames())
                .toIterable()
                .containsExactly("tools.defer_loading", "context_management", "thinking.display");
        assertThat(request.messages().getFirst().extra().fields().fieldNames())
                .toIterable()
                .containsExactly("tool_use.caller");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"x\":1                                                             | messages: expected an array of at least one message",
                "\"messages\":[]                                                     | messages: expected an array of at least one message",
                "\"messages\":[1]                                                    | messages[0]: expected an object",
                "\"messages\":[{\"role\":\"tool\",\"content\":\"a\"}]                | messages[0].role: expected one of user, assistant, system",
                "\"messages\":[{\"role\":\"user\"}]                                  | messages[0].content: expected a string or an array of blocks",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"a\"}]}]   | messages[0].content[0].type: expected text, image, tool_use, tool_result, …",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}] | messages[0].content[0].text: expected a string",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"content\":\"a\"}]}] | messages[0].content[0].tool_use_id: expected a string",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"a\",\"content\":[1]}]}] | messages[0].content[0].content[0]: expected an object with a type",
                "\"system\":5,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]   | system: expected a string or an array of blocks",
                "\"tools\":[{}],\"messages\":[{\"role\":\"user\",\"content\":\"a\"}] | tools[0].name: expected a string"
            })
    void saysWhatIsWrong(String fields, String message) {
        assertThatThrownBy(() -> read(fields))
                .isInstanceOf(UnsayableException.class)
                .hasMessage(message);
    }

    @Test
    void readsAQuestionHowLongARequestIsAndAnswersIt() throws Exception {
        LlmRequest read =
                client.readRequest(
                        (ObjectNode)
                                Json.parse(
                                        """
                                        {"model":"claude-sonnet-4-5","system":[{"type":"text","text":"s"}],
                                         "messages":[{"role":"user","content":[{"type":"text","text":"a"}]}]}\
                                        """));
        assertThat(read.limit()).isNull();
        assertThat(read.messages()).hasSize(2);
        assertThat(client.writeCount(14)).asString().isEqualTo("{\"input_tokens\":14}");
    }
}
