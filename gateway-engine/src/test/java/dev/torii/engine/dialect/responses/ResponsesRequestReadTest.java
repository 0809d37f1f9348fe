package dev.torii.engine.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.SealWrap;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.dialect.anthropic.AnthropicDialect;
import dev.torii.model.json.Json;
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
import org.junit.jupiter.params.provider.ValueSource;

/// What a client of the Responses says.
class ResponsesRequestReadTest {

    private static LlmRequest read(String fields) throws Exception {
        ObjectNode body = (ObjectNode) Json.parse("{\"model\":\"m\"," + fields + "}");
        return new ResponsesDialect().readRequest(body);
    }

    private static List<Message> input(String items) throws Exception {
        return read("\"input\":[" + items + "]").messages();
    }

    private static Part.Text text(String text) {
        return new Part.Text(text);
    }

    private static Part.ToolCall call(String id, String name, String arguments) {
        return new Part.ToolCall(id, name, arguments, false, null);
    }

    private static Message result(String id, String name, String text) {
        return new Message(
                Role.TOOL,
                List.of(new Part.ToolResult(id, name, List.of(text(text)), false, null)));
    }

    @Test
    void readsInstructionsAndAText() throws Exception {
        assertThat(read("\"instructions\":\"短く\",\"input\":\"こんにちは\"").messages())
                .containsExactly(
                        new Message(Role.SYSTEM, List.of(text("短く"))),
                        new Message(Role.USER, List.of(text("こんにちは"))));
    }

    // Row 37.
    @Test
    void keepsSystemAndDeveloperMessagesInTheirPlaces() throws Exception {
        assertThat(
                        input(
                                """
                                {"role":"system","content":"a"},{"role":"user","content":"b"},
                                {"type":"message","role":"developer","content":[{"type":"input_text","text":"c"}]},
                                {"role":"assistant","content":[{"type":"output_text","text":"d","annotations":[]}]},
                                {"role":"user","content":"e"}\
                                """))
                .extracting(Message::role)
                .containsExactly(Role.SYSTEM, Role.USER, Role.DEVELOPER, Role.ASSISTANT, Role.USER);
    }

    // Row 31.
    @Test
    void makesOneMessageOfParallelCallsAndPutsTheirResultsBehindIt() throws Exception {
        List<Message> messages =
                input(
                        """
                        {"role":"user","content":"q"},
                        {"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"gAAA"},
                        {"type":"message","role":"assistant","phase":"commentary","id":"msg_1","status":"completed",
                         "content":[{"type":"output_text","text":"I look"}]},
                        {"type":"function_call","id":"fc_1","call_id":"a","name":"f","arguments":"{\\"x\\":1}","status":"completed"},
                        {"type":"function_call","id":"fc_2","call_id":"b","name":"g","arguments":"{}"},
                        {"type":"function_call_output","call_id":"b","output":"2"},
                        {"role":"developer","content":"in between"},
                        {"type":"function_call_output","call_id":"a","output":"1"},
                        {"type":"function_call","call_id":"c","name":"f","arguments":"{}"},
                        {"type":"function_call_output","call_id":"c","output":"3"}\
                        """);

        assertThat(messages.get(1).parts())
                .containsExactly(
                        new Part.Thinking(
                                "",
                                false,
                                new Seal(Seal.Kind.ENCRYPTED, "openai-responses", "gAAA")),
                        text("I look"),
                        call("a", "f", "{\"x\":1}"),
                        call("b", "g", "{}"));
        assertThat(messages.get(1).extra().fields().path("phase").textValue())
                .isEqualTo("commentary");
        assertThat(messages.subList(2, 4))
                .containsExactly(result("b", "g", "2"), result("a", "f", "1"));
        assertThat(messages.get(4).role()).isEqualTo(Role.DEVELOPER);
        assertThat(messages.get(5).parts()).containsExactly(call("c", "f", "{}"));
        assertThat(messages.get(6)).isEqualTo(result("c", "f", "3"));
    }

    @Test
    void startsAMessageWhereTheModelSpeaksAgain() throws Exception {
        List<Message> messages =
                input(
                        """
                        {"role":"assistant","phase":"commentary","content":"first"},
                        {"role":"assistant","phase":"final_answer","content":"last"}\
                        """);
        assertThat(messages)
                .extracting(message -> message.extra().fields().path("phase").textValue())
                .containsExactly("commentary", "final_answer");
    }

    // Row 25.
    @Test
    void readsPicturesInResults() throws Exception {
        Message result =
                input(
                                """
                                {"type":"function_call","call_id":"a","name":"f","arguments":""},
                                {"type":"function_call_output","call_id":"a","output":[
                                  {"type":"input_text","text":"see"},
                                  {"type":"input_image","image_url":"data:image/png;base64,iVBO"}]}\
                                """)
                        .getLast();
        assertThat(((Part.ToolResult) result.parts().getFirst()).parts())
                .containsExactly(
                        text("see"),
                        new Part.Image(new MediaSource.Bytes("image/png", "iVBO"), null, null));
    }

    @Test
    void readsPicturesFilesAndSounds() throws Exception {
        assertThat(
                        input(
                                        """
                                        {"role":"user","content":[
                                          {"type":"input_image","image_url":"https://x/y.png","detail":"low"},
                                          {"type":"input_image","file_id":"file-1"},
                                          {"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,JVBE"},
                                          {"type":"input_file","file_url":"https://x/a.pdf"},
                                          {"type":"input_audio","input_audio":{"data":"UklG","format":"mp3"}}]}\
                                        """)
                                .getFirst()
                                .parts())
                .containsExactly(
                        new Part.Image(new MediaSource.Url("https://x/y.png"), "low", null),
                        new Part.Image(new MediaSource.FileId("openai", "file-1"), null, null),
                        new Part.Document(
                                new MediaSource.Bytes("application/pdf", "JVBE"),
                                "a.pdf",
                                null,
                                null),
                        new Part.Document(new MediaSource.Url("https://x/a.pdf"), null, null, null),
                        new Part.Audio(new MediaSource.Bytes("audio/mp3", "UklG"), "mp3"));
    }

    @Test
    void readsThoughtsAndBringsForeignSealsHome() throws Exception {
        var seal = new Seal(Seal.Kind.SIGNATURE, "anthropic", "c2ln/+==");
        var ofCall = new Seal(Seal.Kind.SIGNATURE, "gemini", "dGhv");
        List<Message> messages =
                input(
                        """
                        {"type":"reasoning","summary":[{"type":"summary_text","text":"I think"}],"encrypted_content":"%s"},
                        {"type":"function_call","call_id":"a","name":"f","arguments":"{}"},
                        {"type":"reasoning","summary":[],"encrypted_content":"%s"},
                        {"type":"function_call_output","call_id":"a","output":"1"},
                        {"type":"reasoning","summary":[],"content":[{"type":"reasoning_text","text":"raw"}]},
                        {"type":"reasoning","summary":[],"encrypted_content":"torii001changed"}\
                        """
                                .formatted(SealWrap.wrap(seal, null), SealWrap.wrap(ofCall, "a")));
        assertThat(messages.getFirst().parts())
                .containsExactly(
                        new Part.Thinking("I think", true, seal),
                        new Part.ToolCall("a", "f", "{}", false, ofCall));
        assertThat(messages.getLast().parts())
                .containsExactly(new Part.Thinking("raw", false, null));
    }

    @Test
    void readsToolsOfAllKinds() throws Exception {
        List<Tool> tools =
                read("""
                "input":[{"role":"user","content":"q"},
                  {"type":"tool_search_output","call_id":"t","tools":[{"type":"function","name":"found","parameters":{}}]},
                  {"type":"additional_tools","role":"developer","tools":[{"type":"custom","name":"added"}]}],
                "tools":[
                  {"type":"function","name":"f","description":"d","parameters":{"type":"object","z":1,"a":2},"strict":false},
                  {"type":"function","name":"late","defer_loading":true,"parameters":{"type":"object"}},
                  {"type":"custom","name":"apply_patch","description":"p",
                   "format":{"type":"grammar","syntax":"lark","definition":"start: x"}},
                  {"type":"namespace","name":"mcp__cal__","description":"n","tools":[{"type":"function","name":"add","parameters":{}}]},
                  {"type":"namespace","name":"crm","tools":[{"type":"custom","name":"sql"}]},
                  {"type":"tool_search","execution":"client"},
                  {"type":"web_search","external_web_access":true}]\
                """)
                        .tools();
        assertThat(tools)
                .extracting(tool ->
                        switch (tool) {
                            case Tool.Function function -> "function " + function.name();
                            case Tool.Custom custom -> "custom " + custom.name();
                            case Tool.Server server -> "server " + server.type();
                        })
                .containsExactly(
                        "function f",
                        "function late",
                        "custom apply_patch",
                        "function mcp__cal__add",
                        "custom crm__sql",
                        "function found",
                        "custom added",
                        "server tool_search",
                        "server web_search");
        assertThat(tools.getFirst())
                .isEqualTo(
                        new Tool.Function(
                                "f",
                                "d",
                                (ObjectNode) Json.parse("{\"type\":\"object\",\"z\":1,\"a\":2}"),
                                false,
                                null));
        assertThat(((Tool.Custom) tools.get(2)).format())
                .isEqualTo(
                        Json.parse(
                                "{\"type\":\"grammar\",\"grammar\":{\"syntax\":\"lark\",\"definition\":\"start:"
                                        + " x\"}}"));
    }

    @Test
    void callsTheToolOfANamespaceByOneName() {
        String longest = ResponsesNames.flat("n".repeat(40), "t".repeat(40));
        assertThat(longest).hasSize(64).matches("n{40}__t{15}_[0-9a-f]{6}");
        assertThat(ResponsesNames.flat("n".repeat(40), "t".repeat(40))).isEqualTo(longest);
        assertThat(ResponsesNames.flat("n".repeat(40), "t".repeat(41))).isNotEqualTo(longest);
    }

    @Test
    void readsCallsOfNamespacesAndOfCustomTools() throws Exception {
        assertThat(
                        input(
                                        """
                                        {"type":"function_call","call_id":"a","namespace":"mcp__cal__","name":"add","arguments":"{}"},
                                        {"type":"custom_tool_call","call_id":"b","name":"apply_patch","input":"*** Begin"},
                                        {"type":"custom_tool_call_output","call_id":"b","output":"ok"}\
                                        """)
                                .getFirst()
                                .parts())
                .containsExactly(
                        call("a", "mcp__cal__add", "{}"),
                        new Part.ToolCall("b", "apply_patch", "*** Begin", true, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"auto\"|Auto[]",
                "\"none\"|None[]",
                "\"required\"|Required[]",
                "{\"type\":\"function\",\"name\":\"f\"}|Named[name=f, custom=false]",
                "{\"type\":\"custom\",\"name\":\"c\"}|Named[name=c, custom=true]",
                "{\"type\":\"allowed_tools\",\"mode\":\"required\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"},{\"type\":\"web_search\"}]}|Allowed[names=[f], required=true]",
                "{\"type\":\"allowed_tools\",\"mode\":\"auto\",\"tools\":[{\"type\":\"web_search\"}]}|None[]"
            })
    void readsTheChoiceOfTools(String choice, String canonical) throws Exception {
        ToolChoice read =
                read("\"input\":\"q\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"}],\"tool_choice\":"
                                + choice)
                        .toolChoice();
        assertThat(String.valueOf(read)).isEqualTo(canonical);
    }

    @Test
    void readsEverythingElse() throws Exception {
        LlmRequest request =
                read(
                        """
                        "input":"q","temperature":0.50,"top_p":0.9,"max_output_tokens":99,"parallel_tool_calls":false,
                        "stream":true,"store":false,"user":"u","safety_identifier":"s","metadata":{"k":"v"},
                        "service_tier":"flex","prompt_cache_key":"key","top_logprobs":3,
                        "include":["reasoning.encrypted_content","message.output_text.logprobs","file_search_call.results"],
                        "reasoning":{"effort":"high","summary":"auto","context":"all"},
                        "text":{"verbosity":"low","format":{"type":"json_schema","name":"n","strict":true,"schema":{"type":"object"}}},
                        "truncation":"disabled","max_tool_calls":4,"x_secret":"c4n4ry","previous_response_id":null\
                        """);
        assertThat(request.limit()).isEqualTo(new OutputLimit(99, "max_output_tokens"));
        assertThat(request.sampling().temperature()).hasToString("0.50");
        assertThat(request.sampling().logprobs()).isTrue();
        assertThat(request.sampling().topLogprobs()).isEqualTo(3);
        assertThat(request.parallelToolCalls()).isFalse();
        assertThat(request.reasoning()).isEqualTo(new Reasoning(null, "high", null, "auto"));
        assertThat(request.format())
                .isEqualTo(
                        new OutputFormat.JsonSchema(
                                "n", Json.object().put("type", "object"), true, null));
        assertThat(request.verbosity()).isEqualTo("low");
        assertThat(request.session().endUser()).isEqualTo("s");
        assertThat(request.session().store()).isFalse();
        assertThat(request.session().cacheKey()).isEqualTo("key");
        assertThat(request.stream()).isTrue();
        assertThat(Json.text(request.extra().fields()))
                .isEqualTo(
                        "{\"max_tool_calls\":4,\"x_secret\":\"c4n4ry\",\"reasoning\":{\"context\":\"all\"},\"include\":[\"file_search_call.results\"]}");
    }

    @Test
    void turnsThinkingOff() throws Exception {
        assertThat(read("\"input\":\"q\",\"reasoning\":{\"effort\":\"none\"}").reasoning().on())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"input\":\"q\",\"previous_response_id\":\"resp_1\"|previous_response_id: ",
                "\"input\":\"q\",\"conversation\":{\"id\":\"conv_1\"}|conversation: ",
                "\"input\":\"q\",\"background\":true|background: ",
                "\"input\":\"q\",\"prompt\":{\"id\":\"pmpt_1\"}|prompt: ",
                "\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_1\"}]|input[0]: ",
                "\"input\":[{\"type\":\"compaction\",\"encrypted_content\":\"x\"}]|input[0]: ",
                "\"input\":\"q\",\"tools\":[{\"type\":\"web_search\"}],\"tool_choice\":\"required\"|tool_choice: ",
                "\"input\":\"q\",\"tools\":[{\"type\":\"web_search\"}],\"tool_choice\":{\"type\":\"web_search\"}|tool_choice: ",
                "\"input\":5|input: ",
                "\"temperature\":1|input: ",
                "\"input\":[{\"role\":\"tool\",\"content\":\"x\"}]|input[0].role: ",
                "\"input\":[{\"role\":\"user\",\"content\":[{\"text\":\"x\"}]}]|input[0].content[0].type: ",
                "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"file_data\":\"JVBE\"}]}]|input[0].content[0].file_data: ",
                "\"input\":\"q\",\"tools\":[{\"type\":\"function\"}]|tools[0]: ",
                "\"input\":\"q\",\"text\":{\"format\":{\"type\":\"json_schema\"}}|text.format.schema: "
            })
    void refusesWhatWouldBeAnotherRequest(String fields, String message) {
        assertThatThrownBy(() -> read(fields))
                .isInstanceOf(UnsayableException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools[tool_search]", "tools[web_search]"})
    void leavesToolsOfOpenAisOwnOutElsewhereAndCountsThem(String lost) throws Exception {
        var losses = new Losses();
        ObjectNode body =
                new AnthropicDialect()
                        .writeRequest(
                                read(
                                        """
                                        "input":"q","tools":[{"type":"tool_search"},{"type":"web_search"},
                                        {"type":"namespace","name":"ns","tools":[{"type":"function","name":"f"}]}]\
                                        """),
                                losses);
        assertThat(body.path("tools")).hasSize(1);
        assertThat(body.path("tools").path(0).path("name").textValue()).isEqualTo("ns__f");
        assertThat(losses.all()).anySatisfy(loss -> assertThat(loss.what()).isEqualTo(lost));
    }

    // The canary of what only this dialect knows.
    @Test
    void leaksNothingIntoAnotherDialect() throws Exception {
        var losses = new Losses();
        ObjectNode body =
                new AnthropicDialect()
                        .writeRequest(
                                read(
                                        """
                                        "x_secret":"c4n4ry","text":{"x_secret":"c4n4ry"},"reasoning":{"x_secret":"c4n4ry"},
                                        "tools":[{"type":"function","name":"f","x_secret":"c4n4ry"},{"type":"x","x_secret":"c4n4ry"}],
                                        "input":[{"role":"user","x_secret":"c4n4ry","content":[{"type":"input_text","text":"q","x_secret":"c4n4ry"}]},
                                          {"type":"web_search_call","x_secret":"c4n4ry"}]\
                                        """),
                                losses);
        assertThat(Json.text(body)).doesNotContain("c4n4ry");
        assertThat(losses.isEmpty()).isFalse();
    }
}
