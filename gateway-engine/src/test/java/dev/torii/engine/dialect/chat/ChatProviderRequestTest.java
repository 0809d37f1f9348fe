package dev.torii.engine.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.CacheHint;
import dev.torii.model.llm.Extra;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Loss;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.MediaSource;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Reasoning;
import dev.torii.model.llm.Role;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.Tool;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests of any dialect in the words of Chat Completions, and of each vendor's copy of it.
class ChatProviderRequestTest {

    private final Losses losses = new Losses();

    private static final Part.ToolCall CALL_A = call("a");
    private static final Part.ToolCall CALL_B = call("b");

    private static Part.ToolCall call(String id) {
        return new Part.ToolCall(id, "f", "{\"x\":\"é\"}", false, null);
    }

    private static Part.ToolResult result(String id, Part... parts) {
        return new Part.ToolResult(id, null, List.of(parts), false, null);
    }

    private static Message user(Part... parts) {
        return new Message(Role.USER, List.of(parts));
    }

    private static Message assistant(Part... parts) {
        return new Message(Role.ASSISTANT, List.of(parts));
    }

    private static Part.Text text(String text) {
        return new Part.Text(text);
    }

    private JsonNode messages(ChatProfile profile, Message... messages) throws Exception {
        return messages(profile, Extra.NONE, messages);
    }

    private JsonNode messages(ChatProfile profile, Extra extra, Message... messages)
            throws Exception {
        LlmRequest hello = hello("");
        return write(profile, with(hello, List.of(messages), hello.reasoning(), extra))
                .path("messages");
    }

    private static LlmRequest with(
            LlmRequest request, List<Message> messages, Reasoning reasoning, Extra extra) {
        return new LlmRequest(
                request.model(),
                messages,
                request.tools(),
                request.toolChoice(),
                request.parallelToolCalls(),
                request.sampling(),
                request.limit(),
                request.format(),
                request.verbosity(),
                reasoning,
                request.session(),
                request.choices(),
                request.stream(),
                request.streamUsage(),
                extra);
    }

    private static LlmRequest hello(String more) throws Exception {
        return new ChatDialect()
                .readRequest(
                        (ObjectNode)
                                Json.parse(
                                        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"こんにちは\"}]"
                                                + (more.isEmpty() ? "" : "," + more)
                                                + "}"));
    }

    private ObjectNode write(ChatProfile profile, LlmRequest request) throws Exception {
        return new ChatProviderDialect(profile).writeRequest(request, losses);
    }

    private ObjectNode written(ChatProfile profile, String more) throws Exception {
        return write(profile, hello(more));
    }

    private static void assertSame(JsonNode actual, String expected) throws Exception {
        assertThat(Json.text(actual)).isEqualTo(Json.text(Json.parse(expected)));
    }

    private int lost(Loss.Action action, String what) {
        return losses.all().stream()
                .filter(loss -> loss.action() == action && loss.what().equals(what))
                .mapToInt(Loss::count)
                .sum();
    }

    private int dropped(String what) {
        return lost(Loss.Action.DROPPED, what);
    }

    private int approximated(String what) {
        return lost(Loss.Action.APPROXIMATED, what);
    }

    @Test
    void saysEverythingInAnOrderThatCachesWell() throws Exception {
        assertSame(
                written(
                        ChatProfile.OPENAI,
                        """
                        "stream":true,"temperature":0.5,"top_p":0.9,"stop":["終"],"user":"u-1","seed":7,
                        "max_tokens":100,"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],
                        "tool_choice":"required","parallel_tool_calls":false,"metadata":{"k":"v"},"store":true\
                        """),
                """
                {"model":"m","tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],
                 "tool_choice":"required","parallel_tool_calls":false,
                 "messages":[{"role":"user","content":"こんにちは"}],
                 "max_completion_tokens":100,"temperature":0.5,"top_p":0.9,"seed":7,"stop":["終"],
                 "safety_identifier":"u-1","metadata":{"k":"v"},"store":true,
                 "stream":true,"stream_options":{"include_usage":true}}\
                """);
        assertThat(losses.isEmpty()).isTrue();
    }

    @Test
    void speaksToMistralInItsWords() throws Exception {
        assertSame(
                written(
                        ChatProfile.MISTRAL,
                        """
                        "stream":true,"max_completion_tokens":5,"seed":7,"user":"u","top_k":3,"x":1,
                        "logprobs":true,"service_tier":"flex"\
                        """),
                """
                {"model":"m","messages":[{"role":"user","content":"こんにちは"}],"max_tokens":5,
                 "random_seed":7,"stream":true}\
                """);
        for (String what : List.of("user", "top_k", "x", "logprobs", "service_tier")) {
            assertThat(dropped(what)).as(what).isEqualTo(1);
        }
    }

    @Test
    void sendsTopKToThoseWhoKnowIt() throws Exception {
        assertThat(written(ChatProfile.VLLM, "\"top_k\":3").path("top_k").intValue()).isEqualTo(3);
        assertThat(written(ChatProfile.OPENAI, "\"top_k\":3").has("top_k")).isFalse();
        assertThat(dropped("top_k")).isEqualTo(1);
    }

    @Test
    void asksForLikelierTokensOnlyBesideTheTokens() throws Exception {
        String three = "\"top_logprobs\":3";
        assertThat(written(ChatProfile.OPENAI, three).has("top_logprobs")).isFalse();
        assertThat(written(ChatProfile.OPENAI, "\"logprobs\":true," + three).has("top_logprobs"))
                .isTrue();
    }

    @Test
    void sendsNoMoreStopsThanAreTaken() throws Exception {
        assertSame(
                written(ChatProfile.OPENAI, "\"stop\":[\"1\",\"2\",\"3\",\"4\",\"5\"]")
                        .path("stop"),
                "[\"1\",\"2\",\"3\",\"4\"]");
        assertThat(approximated("stop")).isEqualTo(1);
    }

    @Test
    void refusesSeveralAnswersWhereThereIsOne() throws Exception {
        assertThat(written(ChatProfile.OPENAI, "\"n\":2").path("n").intValue()).isEqualTo(2);
        assertThatThrownBy(() -> written(ChatProfile.GROQ, "\"n\":2"))
                .isInstanceOf(UnsayableException.class)
                .hasMessage("n: m gives one answer to a request; ask 2 times instead");
    }

    @Test
    void asksTheModelToThinkInItsServersWords() throws Exception {
        String effort = "\"reasoning_effort\":\"high\"";
        assertThat(written(ChatProfile.XAI, effort).path("reasoning_effort").textValue())
                .isEqualTo("high");
        assertSame(
                written(ChatProfile.OPENROUTER, effort).path("reasoning"), "{\"effort\":\"high\"}");
        assertThat(losses.isEmpty()).isTrue();
        assertSame(written(ChatProfile.ZAI, effort).path("thinking"), "{\"type\":\"enabled\"}");
        assertThat(approximated("reasoning")).isEqualTo(1);
        assertThat(written(ChatProfile.DEEPSEEK, effort).path("reasoning_effort").textValue())
                .isEqualTo("high");
        assertSame(
                written(ChatProfile.DEEPSEEK, "\"reasoning_effort\":\"none\"").path("thinking"),
                "{\"type\":\"disabled\"}");
        assertSame(
                written(ChatProfile.ZAI, "\"reasoning_effort\":\"none\"").path("thinking"),
                "{\"type\":\"disabled\"}");
    }

    @ParameterizedTest
    @CsvSource({"1024,low", "4097,medium", "20000,high"})
    void saysABudgetAsAnEffort(int budget, String effort) throws Exception {
        LlmRequest hello = hello("");
        var request =
                with(hello, hello.messages(), new Reasoning(true, null, budget, null), Extra.NONE);
        assertThat(write(ChatProfile.XAI, request).path("reasoning_effort").textValue())
                .isEqualTo(effort);
        assertThat(approximated("reasoning")).isEqualTo(1);
        assertSame(
                write(ChatProfile.OPENROUTER, request).path("reasoning"),
                "{\"max_tokens\":" + budget + "}");
    }

    @Test
    void asksNoModelToThinkThatCannot() throws Exception {
        assertThat(
                        written(ChatProfile.OPENAI, "\"reasoning_effort\":\"high\"")
                                .has("reasoning_effort"))
                .isFalse();
        assertThat(dropped("reasoning")).isEqualTo(1);
        written(ChatProfile.OPENAI, "\"reasoning_effort\":\"none\"");
        assertThat(losses.count()).isEqualTo(1);
    }

    @Test
    void asksForASchemaInWordsWhereThereIsNoneToGive() throws Exception {
        String format =
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"s\",\"strict\":true,\"schema\":{\"type\":\"object\",\"properties\":{\"b\":{},\"a\":{}}}}}";
        assertSame(
                written(ChatProfile.GROQ, format).path("response_format"),
                """
                {"type":"json_schema","json_schema":{"name":"s","strict":true,"schema":{"type":"object","properties":{"b":{},"a":{}}}}}\
                """);
        ObjectNode hinted = written(ChatProfile.DEEPSEEK, format);
        assertSame(hinted.path("response_format"), "{\"type\":\"json_object\"}");
        assertThat(hinted.path("messages").path(0).path("role").textValue()).isEqualTo("system");
        assertThat(hinted.path("messages").path(0).path("content").textValue())
                .contains("{\"type\":\"object\",\"properties\":{\"b\":{},\"a\":{}}}");
        assertThat(approximated("response_format.json_schema")).isEqualTo(1);
    }

    /// Row 37.
    @Test
    void keepsSystemMessagesInTheirPlaces() throws Exception {
        Message[] talk = {
            new Message(Role.SYSTEM, List.of(text("one"))),
            user(text("a")),
            new Message(Role.DEVELOPER, List.of(text("two"))),
            assistant(text("b")),
            new Message(Role.SYSTEM, List.of(text("three"))),
            user(text("c"))
        };
        assertThat(messages(ChatProfile.OPENAI, talk).findValuesAsText("role"))
                .containsExactly("system", "user", "developer", "assistant", "system", "user");
        assertThat(messages(ChatProfile.GROQ, talk).findValuesAsText("role"))
                .containsExactly("system", "user", "system", "assistant", "system", "user");
        assertThat(messages(ChatProfile.GROQ, talk).findValuesAsText("content"))
                .containsExactly("one", "a", "two", "b", "three", "c");
    }

    @Test
    void joinsTextsWhereNoPartsAreTaken() throws Exception {
        Message both = user(text("one"), text("two"));
        assertSame(
                messages(ChatProfile.OPENAI, both),
                """
                [{"role":"user","content":[{"type":"text","text":"one"},{"type":"text","text":"two"}]}]\
                """);
        assertSame(
                messages(ChatProfile.DEEPSEEK, both),
                "[{\"role\":\"user\",\"content\":\"one\\n\\ntwo\"}]");
    }

    @Test
    void keepsTheOrderOfResultsAndPutsThemRightBehindTheirCalls() throws Exception {
        assertSame(
                messages(
                        ChatProfile.OPENAI,
                        assistant(text("wait"), CALL_A, CALL_B),
                        user(text("meanwhile"), result("b", text("2"))),
                        user(result("a", new Part.Data(Json.object().put("n", 1))))),
                """
                [{"role":"assistant","content":"wait","tool_calls":[
                  {"id":"a","type":"function","function":{"name":"f","arguments":"{\\"x\\":\\"é\\"}"}},
                  {"id":"b","type":"function","function":{"name":"f","arguments":"{\\"x\\":\\"é\\"}"}}]},
                 {"role":"tool","tool_call_id":"b","content":"2"},
                 {"role":"tool","tool_call_id":"a","content":"{\\"n\\":1}"},
                 {"role":"user","content":"meanwhile"}]\
                """);
        assertThat(losses.isEmpty()).isTrue();
    }

    @Test
    void keepsTheOrderOfWhatTheUserSaysAroundResults() throws Exception {
        assertThat(
                        messages(
                                        ChatProfile.OPENAI,
                                        assistant(CALL_A),
                                        user(text("one")),
                                        user(result("a", text("1"))),
                                        user(text("two")),
                                        user(text("three")))
                                .findValuesAsText("content"))
                .endsWith("1", "one", "two", "three");
    }

    /// Row 31.
    @Test
    void makesOneTurnOfCallsThatWereKeptApart() throws Exception {
        JsonNode messages =
                messages(
                        ChatProfile.OPENAI,
                        assistant(new Part.Thinking("hm", true, null)),
                        assistant(text("both")),
                        assistant(CALL_A),
                        assistant(CALL_B),
                        user(result("a", text("1"))),
                        user(result("b", text("2"))),
                        assistant(text("done")),
                        assistant(text("really")));
        assertThat(messages.findValuesAsText("role"))
                .containsExactly("assistant", "tool", "tool", "assistant", "assistant");
        assertThat(messages.path(0).path("tool_calls")).hasSize(2);
        assertThat(messages.path(0).path("content").textValue()).isEqualTo("both");
    }

    @Test
    void keepsWhatIsSaidAroundCallsInTheirTurn() throws Exception {
        JsonNode messages =
                messages(
                        ChatProfile.OPENAI,
                        assistant(text("one")),
                        assistant(CALL_A),
                        assistant(text("two")),
                        assistant(CALL_B),
                        user(result("b", text("2"))),
                        user(result("a", text("1"))));
        assertThat(messages.findValuesAsText("role")).containsExactly("assistant", "tool", "tool");
        assertThat(messages.path(0).path("content").findValuesAsText("text"))
                .containsExactly("one", "two");
        assertThat(messages.path(0).path("tool_calls").findValuesAsText("id"))
                .containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "AbCdEf123", "toolu_01ADw53o3uvrGvccVaVYUX4G"})
    void tellsCallsOfOneIdApart(String id) throws Exception {
        var g = new Part.ToolCall(id, "g", "{}", false, null);
        Message[] talk = {
            assistant(call(id), g),
            user(result(id, text("1")), result(id, text("2"))),
            assistant(call(id)),
            user(result(id, text("3")))
        };
        for (ChatProfile profile : List.of(ChatProfile.OPENAI, ChatProfile.MISTRAL)) {
            JsonNode messages = messages(profile, talk);
            assertThat(messages.findValuesAsText("role"))
                    .containsExactly("assistant", "tool", "tool", "assistant", "tool");
            String first = messages.at("/0/tool_calls/0/id").textValue();
            String second = messages.at("/0/tool_calls/1/id").textValue();
            assertThat(second).isNotEqualTo(first);
            assertThat(messages.findValuesAsText("tool_call_id"))
                    .containsExactly(first, second, first);
            assertThat(messages.at("/3/tool_calls/0/id").textValue()).isEqualTo(first);
            assertThat(messages.findValuesAsText("content")).contains("1", "2", "3");
            assertThat(messages(profile, talk)).isEqualTo(messages);
        }
        assertThat(losses.isEmpty()).isTrue();
    }

    @Test
    void givesEachCallAResultAndEachResultACall() throws Exception {
        assertSame(
                messages(
                        ChatProfile.OPENAI,
                        user(result("lost", text("42"))),
                        assistant(CALL_A),
                        user(text("never mind"))),
                """
                [{"role":"user","content":"Result of a tool: 42"},
                 {"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{\\"x\\":\\"é\\"}"}}]},
                 {"role":"tool","tool_call_id":"a","content":"[no result recorded]"},
                 {"role":"user","content":"never mind"}]\
                """);
        assertThat(approximated("tool result")).isEqualTo(2);
    }

    /// Row 25.
    @Test
    void showsPicturesOfResultsAsTheUser() throws Exception {
        var picture =
                new Part.Image(new MediaSource.Bytes("image/png", "c2VudGluZWw="), null, null);
        assertSame(
                messages(
                        ChatProfile.OPENAI,
                        assistant(CALL_A, CALL_B),
                        user(result("a", picture), result("b", text("two")), text("and?"))),
                """
                [{"role":"assistant","content":null,"tool_calls":[
                  {"id":"a","type":"function","function":{"name":"f","arguments":"{\\"x\\":\\"é\\"}"}},
                  {"id":"b","type":"function","function":{"name":"f","arguments":"{\\"x\\":\\"é\\"}"}}]},
                 {"role":"tool","tool_call_id":"a","content":"[see the next message of the user]"},
                 {"role":"tool","tool_call_id":"b","content":"two"},
                 {"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,c2VudGluZWw="}}]},
                 {"role":"user","content":"and?"}]\
                """);
        assertThat(approximated("tool result of another type than text")).isEqualTo(1);
    }

    @Test
    void saysThatAToolFailedInItsTextAlone() throws Exception {
        JsonNode messages =
                messages(
                        ChatProfile.OPENAI,
                        assistant(CALL_A),
                        user(new Part.ToolResult("a", "f", List.of(text("no")), true, null)));
        assertSame(
                messages.path(1), "{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"no\"}");
        assertThat(dropped("is_error")).isEqualTo(1);
    }

    /// Row 22.
    @Test
    void givesThoughtsBackToThoseWhoWantThem() throws Exception {
        Message thought = assistant(new Part.Thinking("考える", false, null), CALL_A);
        assertThat(
                        messages(ChatProfile.DEEPSEEK, thought)
                                .path(0)
                                .path("reasoning_content")
                                .textValue())
                .isEqualTo("考える");
        assertThat(messages(ChatProfile.GROQ, thought).path(0).path("reasoning").textValue())
                .isEqualTo("考える");
        assertSame(
                messages(
                                ChatProfile.MISTRAL,
                                assistant(new Part.Thinking("t", false, null), text("x")))
                        .path(0)
                        .path("content"),
                """
                [{"type":"thinking","thinking":[{"type":"text","text":"t"}]},{"type":"text","text":"x"}]\
                """);
        assertThat(losses.all().stream().map(Loss::what)).doesNotContain("thinking");
        assertThat(messages(ChatProfile.OPENAI, thought).path(0).properties())
                .extracting(Object::toString)
                .noneMatch(field -> field.contains("考える"));
        assertThat(dropped("thinking")).isEqualTo(1);
    }

    /// Row 21.
    @Test
    void givesSealsToOpenRouterAloneAndOnlyItsOwn() throws Exception {
        var own = new Seal(Seal.Kind.SIGNATURE, "anthropic-claude-v1", "c2ln/+==");
        var foreign = new Seal(Seal.Kind.SIGNATURE, "anthropic", "other");
        var hidden = new Seal(Seal.Kind.ENCRYPTED, "openai-responses-v1", "blob");
        Message talk =
                assistant(
                        new Part.Thinking("mine", false, own),
                        new Part.Thinking("theirs", false, foreign),
                        new Part.Thinking("", false, hidden),
                        text("x"));
        assertSame(
                messages(ChatProfile.OPENROUTER, talk).path(0).path("reasoning_details"),
                """
                [{"type":"reasoning.text","text":"mine","signature":"c2ln/+==","format":"anthropic-claude-v1","index":0},
                 {"type":"reasoning.encrypted","data":"blob","format":"openai-responses-v1","index":1}]\
                """);
        assertThat(dropped("thinking")).isEqualTo(1);
        assertThat(Json.text(messages(ChatProfile.DEEPSEEK, talk)))
                .contains("minetheirs")
                .doesNotContain("c2ln", "other", "blob");
    }

    /// Row 30.
    @Test
    void wrapsACustomToolWhereThereAreOnlyFunctions() throws Exception {
        String tools =
                """
                "tools":[{"type":"custom","custom":{"name":"patch","description":"Edits","format":{"type":"grammar"}}}],
                "tool_choice":{"type":"custom","custom":{"name":"patch"}}\
                """;
        assertSame(
                written(ChatProfile.OPENAI, tools).path("tools"),
                """
                [{"type":"custom","custom":{"name":"patch","description":"Edits","format":{"type":"grammar"}}}]\
                """);
        ObjectNode wrapped = written(ChatProfile.VLLM, tools);
        assertSame(
                wrapped.path("tools"),
                """
                [{"type":"function","function":{"name":"patch","description":"Edits\\n\\nThe input has to fit this: {\\"type\\":\\"grammar\\"}",
                  "parameters":{"type":"object","properties":{"input":{"type":"string"}},"required":["input"]}}}]\
                """);
        assertSame(
                wrapped.path("tool_choice"),
                "{\"type\":\"function\",\"function\":{\"name\":\"patch\"}}");
        JsonNode history =
                messages(
                        ChatProfile.VLLM,
                        assistant(new Part.ToolCall("a", "patch", "*** Begin", true, null)));
        assertThat(
                        history.path(0)
                                .path("tool_calls")
                                .path(0)
                                .path("function")
                                .path("arguments")
                                .textValue())
                .isEqualTo("{\"input\":\"*** Begin\"}");
    }

    @Test
    void tellsOnlyOfTheToolsThatMayBeUsed() throws Exception {
        String tools =
                """
                "tools":[{"type":"function","function":{"name":"a"}},{"type":"function","function":{"name":"b"}}],
                "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"function","function":{"name":"b"}}]}}\
                """;
        ObjectNode native_ = written(ChatProfile.OPENAI, tools);
        assertThat(native_.path("tools")).hasSize(2);
        assertSame(
                native_.path("tool_choice"),
                """
                {"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"function","function":{"name":"b"}}]}}\
                """);
        ObjectNode filtered = written(ChatProfile.MISTRAL, tools);
        assertThat(filtered.path("tools").findValuesAsText("name")).containsExactly("b");
        assertThat(filtered.path("tool_choice").textValue()).isEqualTo("required");
        assertThat(approximated("tool_choice.allowed_tools")).isEqualTo(1);
    }

    @Test
    void saysNothingOfToolsWhereThereAreNone() throws Exception {
        ObjectNode body =
                written(
                        ChatProfile.OPENAI,
                        "\"tools\":[],\"tool_choice\":\"required\",\"parallel_tool_calls\":false");
        assertThat(body.has("tools")).isFalse();
        assertThat(body.has("tool_choice")).isFalse();
        assertThat(body.has("parallel_tool_calls")).isFalse();
        assertThat(dropped("tool_choice")).isEqualTo(1);
    }

    @Test
    void refusesToForceAToolThatNobodyKnowsHere() throws Exception {
        LlmRequest hello = hello("\"tool_choice\":\"required\"");
        var search = new Tool.Server("anthropic", "web_search_20250305", Json.object());
        var request =
                new LlmRequest(
                        "m",
                        hello.messages(),
                        List.of(search),
                        hello.toolChoice(),
                        null,
                        hello.sampling(),
                        null,
                        null,
                        null,
                        hello.reasoning(),
                        hello.session(),
                        1,
                        false,
                        false,
                        Extra.NONE);
        assertThatThrownBy(() -> write(ChatProfile.OPENAI, request))
                .isInstanceOf(UnsayableException.class)
                .hasMessageStartingWith("tool_choice: ");
    }

    @Test
    void shortensIdsForMistralAlikeInCallsAndResults() throws Exception {
        Message[] talk = {
            assistant(call("toolu_01ADw53o3uvrGvccVaVYUX4G"), call("AbCdEf123")),
            user(
                    result("toolu_01ADw53o3uvrGvccVaVYUX4G", text("1")),
                    result("AbCdEf123", text("2")))
        };
        JsonNode messages = messages(ChatProfile.MISTRAL, talk);
        String id = messages.path(0).path("tool_calls").path(0).path("id").textValue();
        assertThat(id).matches("[A-Za-z0-9]{9}");
        assertThat(messages.path(1).path("tool_call_id").textValue()).isEqualTo(id);
        assertThat(messages.path(2).path("tool_call_id").textValue()).isEqualTo("AbCdEf123");
        assertThat(messages(ChatProfile.MISTRAL, talk)).isEqualTo(messages);
        assertThat(
                        messages(ChatProfile.OPENAI, assistant(call("x".repeat(41))))
                                .path(0)
                                .path("tool_calls")
                                .path(0)
                                .path("id")
                                .textValue())
                .hasSizeLessThanOrEqualTo(40);
    }

    @Test
    void marksTheCacheWhereMarksAreKnown() throws Exception {
        Message marked = user(new Part.Text("long", new CacheHint("1h"), List.of()), text("short"));
        assertSame(
                messages(ChatProfile.OPENROUTER, marked).path(0).path("content"),
                """
                [{"type":"text","text":"long","cache_control":{"type":"ephemeral","ttl":"1h"}},{"type":"text","text":"short"}]\
                """);
        assertThat(losses.isEmpty()).isTrue();
        assertThat(Json.text(messages(ChatProfile.OPENAI, marked))).doesNotContain("cache_control");
        assertThat(dropped("cache_control")).isEqualTo(1);
    }

    @Test
    void sendsFilesToThoseWhoReadThem() throws Exception {
        var pdf = document(new MediaSource.Bytes("application/pdf", "JVBERg=="), "a.pdf");
        assertSame(
                messages(ChatProfile.OPENAI, user(pdf, text("?"))).path(0).path("content").path(0),
                """
                {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERg=="}}\
                """);
        assertSame(
                messages(
                                ChatProfile.MISTRAL,
                                user(document(new MediaSource.Url("https://x/a.pdf"), null)))
                        .path(0)
                        .path("content")
                        .path(0),
                "{\"type\":\"document_url\",\"document_url\":\"https://x/a.pdf\"}");
        assertSame(
                messages(
                                ChatProfile.OPENROUTER,
                                user(document(new MediaSource.Url("https://x/a.pdf"), null)))
                        .path(0)
                        .path("content")
                        .path(0),
                """
                {"type":"file","file":{"filename":"document","file_data":"https://x/a.pdf"}}\
                """);
        assertThatThrownBy(() ->
                        messages(
                                ChatProfile.OPENAI,
                                user(document(new MediaSource.Url("https://x/a.pdf"), null))))
                .isInstanceOf(UnsayableException.class)
                .hasMessage("document: send the file itself instead of its address");
        assertSame(
                messages(
                                ChatProfile.DEEPSEEK,
                                user(
                                        document(
                                                new MediaSource.Bytes("text/plain", "44GC"),
                                                "a.txt")))
                        .path(0)
                        .path("content"),
                "\"a.txt\\n\\nあ\"");
        assertThatThrownBy(() -> messages(ChatProfile.DEEPSEEK, user(pdf)))
                .isInstanceOf(UnsayableException.class)
                .hasMessageStartingWith("document: ");
    }

    private static Part.Document document(MediaSource source, @Nullable String name) {
        return new Part.Document(source, name, null, null);
    }

    @Test
    void refusesFilesOfOtherVendors() {
        var image = new Part.Image(new MediaSource.FileId("anthropic", "file_1"), null, null);
        assertThatThrownBy(() -> messages(ChatProfile.OPENAI, user(image)))
                .isInstanceOf(UnsayableException.class)
                .hasMessageContaining("another provider");
    }

    @Test
    void keepsAPictureAndItsDetail() throws Exception {
        assertSame(
                messages(
                                ChatProfile.OPENAI,
                                user(
                                        new Part.Image(
                                                new MediaSource.Url("https://x/é.png"),
                                                "low",
                                                null),
                                        new Part.Audio(
                                                new MediaSource.Bytes("audio/wav", "UklG"), "wav")))
                        .path(0)
                        .path("content"),
                """
                [{"type":"image_url","image_url":{"url":"https://x/é.png","detail":"low"}},
                 {"type":"input_audio","input_audio":{"data":"UklG","format":"wav"}}]\
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"anthropic", "gemini"})
    void leaksNothingThatOnlyAnotherDialectKnows(String dialect) throws Exception {
        ObjectNode canary = Json.object().put("x_secret", "c4n4ry");
        var message =
                new Message(
                        Role.USER,
                        List.of(text("hi"), new Part.Opaque(dialect, canary)),
                        null,
                        new Extra(dialect, canary));
        LlmRequest hello = hello("");
        ObjectNode body =
                write(
                        ChatProfile.COMPATIBLE,
                        with(
                                hello,
                                List.of(message),
                                hello.reasoning(),
                                new Extra(dialect, canary)));
        assertThat(Json.text(body)).doesNotContain("c4n4ry");
        assertThat(dropped("x_secret")).isEqualTo(2);
    }

    @Test
    void keepsUnknownFieldsForThoseWhoTakeThem() throws Exception {
        assertThat(written(ChatProfile.VLLM, "\"min_p\":0.1").path("min_p").doubleValue())
                .isEqualTo(0.1);
        assertThat(written(ChatProfile.AZURE, "\"min_p\":0.1").has("min_p")).isFalse();
        assertThat(dropped("min_p")).isEqualTo(1);
    }

    @Test
    void saysARefusalWhereItHasAWordForIt() throws Exception {
        Message refused = assistant(new Part.Refusal("no"));
        assertSame(
                messages(ChatProfile.OPENAI, refused),
                "[{\"role\":\"assistant\",\"content\":null,\"refusal\":\"no\"}]");
        assertSame(
                messages(ChatProfile.GROQ, refused),
                "[{\"role\":\"assistant\",\"content\":\"no\"}]");
        assertThat(approximated("refusal")).isEqualTo(1);
    }
}
