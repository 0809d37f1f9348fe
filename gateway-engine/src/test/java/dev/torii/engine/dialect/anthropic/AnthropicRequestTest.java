package dev.torii.engine.dialect.anthropic;

import static dev.torii.engine.dialect.RequestBench.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.RequestBench;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an OpenAI client's request is in Anthropic's words.
class AnthropicRequestTest {

    private final RequestBench bench =
            new RequestBench(new AnthropicDialect(), "claude-sonnet-4-5");

    private ObjectNode messages(String messages) throws Exception {
        return bench.written("\"max_tokens\":10,\"messages\":[" + messages + "]");
    }

    @Test
    void saysAPlainChatInAnOrderThatCachesWell() throws Exception {
        assertSame(
                bench.written(
                        """
                        "stream":true,"temperature":0.5,"top_p":0.9,"stop":["終","\\n"],"user":"u-1",
                        "max_completion_tokens":100,
                        "messages":[{"role":"system","content":"短く"},{"role":"developer","content":"丁寧に"},
                          {"role":"user","content":"こんにちは"}]\
                        """),
                """
                {"model":"claude-sonnet-4-5","system":[{"type":"text","text":"短く"},{"type":"text","text":"丁寧に"}],
                 "messages":[{"role":"user","content":[{"type":"text","text":"こんにちは"}]}],
                 "max_tokens":100,"temperature":0.5,"stop_sequences":["終"],
                 "metadata":{"user_id":"u-1"},"stream":true}\
                """);
        assertThat(bench.dropped("stop")).isEqualTo(1);
        assertThat(bench.dropped("top_p")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "claude-3-7-sonnet-latest | 0.5 | 0.9 | 0.5 | 0.9 | 0",
                "claude-opus-4-20250514   | 0.5 | 0.9 | 0.5 | 0.9 | 0",
                "claude-opus-4-1          | 0.5 | 0.9 | 0.5 | ``  | 1",
                "claude-haiku-4-5         | 1   | 0.9 | ``  | 0.9 | 0",
                "claude-sonnet-4-5        | 0.5 | 1.0 | 0.5 | ``  | 0",
                "claude-sonnet-4-5        | 1   | 1   | 1   | ``  | 0",
                "my-own                   | 0.5 | 0.9 | 0.5 | 0.9 | 0"
            })
    void choosesATemperatureOrAShareOfTheTokens(
            String model, String temperature, String topP, String said, String share, int lost)
            throws Exception {
        ObjectNode written =
                bench.hello(
                        model,
                        "\"max_tokens\":9,\"temperature\":%s,\"top_p\":%s"
                                .formatted(temperature, topP));
        assertThat(written.path("temperature").asText()).isEqualTo(said);
        assertThat(written.path("top_p").asText()).isEqualTo(share);
        assertThat(bench.dropped("top_p")).isEqualTo(lost);
    }

    @Test
    void setsALimitWhereNoneWasAsked() throws Exception {
        assertThat(bench.hello("").path("max_tokens").intValue()).isEqualTo(64_000);
        assertThat(bench.approximated("max_tokens")).isZero();
        assertThat(bench.hello("my-own", "").path("max_tokens").intValue()).isEqualTo(4096);
        assertThat(bench.approximated("max_tokens")).isEqualTo(1);
    }

    @Test
    void keepsSystemMessagesInTheirPlaces() throws Exception {
        JsonNode body =
                messages(
                        """
                        {"role":"system","content":"first"},{"role":"user","content":"a"},
                        {"role":"system","content":"later"},{"role":"assistant","content":"b"},
                        {"role":"user","content":"c"}\
                        """);
        assertSame(
                body.path("messages"),
                """
                [{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"later"}]},
                 {"role":"assistant","content":[{"type":"text","text":"b"}]},
                 {"role":"user","content":[{"type":"text","text":"c"}]}]\
                """);
        assertThat(bench.approximated("system")).isEqualTo(1);
    }

    @Test
    void asksAsTheUserWhereThereIsOnlyASystemMessage() throws Exception {
        JsonNode body = messages("{\"role\":\"system\",\"content\":\"go\"}");
        assertThat(body.has("system")).isFalse();
        assertSame(
                body.path("messages"),
                "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"go\"}]}]");
    }

    @Test
    void putsAllResultsOfATurnFirstInOneUserMessage() throws Exception {
        JsonNode body =
                messages(
                        """
                        {"role":"user","content":"two"},
                        {"role":"assistant","content":null,"tool_calls":[
                          {"id":"a","type":"function","function":{"name":"f","arguments":"{\\"x\\":1.50}"}},
                          {"id":"b","type":"function","function":{"name":"g","arguments":""}}]},
                        {"role":"tool","tool_call_id":"a","content":"1"},
                        {"role":"tool","tool_call_id":"b","content":"2"},
                        {"role":"user","content":"and?"}\
                        """);
        assertSame(
                body.path("messages"),
                """
                [{"role":"user","content":[{"type":"text","text":"two"}]},
                 {"role":"assistant","content":[
                   {"type":"tool_use","id":"a","name":"f","input":{"x":1.50}},
                   {"type":"tool_use","id":"b","name":"g","input":{}}]},
                 {"role":"user","content":[
                   {"type":"tool_result","tool_use_id":"a","content":[{"type":"text","text":"1"}]},
                   {"type":"tool_result","tool_use_id":"b","content":[{"type":"text","text":"2"}]},
                   {"type":"text","text":"and?"}]}]\
                """);
        assertThat(bench.lost()).isEmpty();
    }

    @Test
    void givesEachCallAResultAndNoResultWithoutACall() throws Exception {
        JsonNode body =
                messages(
                        """
                        {"role":"user","content":"go"},
                        {"role":"assistant","tool_calls":[
                          {"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},
                        {"role":"tool","tool_call_id":"other","content":"stray"}\
                        """);
        assertSame(
                body.path("messages").path(2).path("content"),
                """
                [{"type":"tool_result","tool_use_id":"a","content":"[no result recorded]","is_error":true},
                 {"type":"text","text":"Result of a tool: stray"}]\
                """);
        assertThat(bench.approximated("tool result")).isEqualTo(2);
    }

    @Test
    void wrapsArgumentsThatAreNoObject() throws Exception {
        JsonNode body =
                messages(
                        """
                        {"role":"user","content":"go"},
                        {"role":"assistant","tool_calls":[
                          {"id":"a","type":"function","function":{"name":"f","arguments":"{\\"cut\\":"}}]},
                        {"role":"tool","tool_call_id":"a","content":"1"}\
                        """);
        assertThat(body.at("/messages/1/content/0/input/input").textValue()).isEqualTo("{\"cut\":");
    }

    @Test
    void leavesOutEmptyTexts() throws Exception {
        JsonNode body =
                messages(
                        """
                        {"role":"user","content":"a"},{"role":"assistant","content":""},
                        {"role":"user","content":[{"type":"text","text":""},{"type":"text","text":"b"}]}\
                        """);
        assertSame(
                body.path("messages"),
                "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]}]");
    }

    @Test
    void trimsWordsToGoOnFrom() throws Exception {
        JsonNode body =
                messages(
                        "{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"{ \\n\"}");
        assertThat(body.at("/messages/1/content/0/text").textValue()).isEqualTo("{");
    }

    @Test
    void sendsPicturesAsBytesOrAsUrl() throws Exception {
        JsonNode body =
                messages(
                        """
                        {"role":"user","content":[
                          {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}},
                          {"type":"image_url","image_url":{"url":"https://example.com/x.png","detail":"low"}},
                          {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,BBBB"}},
                          {"type":"text","text":"?","cache_control":{"type":"ephemeral","ttl":"1h"}}]}\
                        """);
        assertSame(
                body.at("/messages/0/content"),
                """
                [{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}},
                 {"type":"image","source":{"type":"url","url":"https://example.com/x.png"}},
                 {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"BBBB"},"title":"a.pdf"},
                 {"type":"text","text":"?","cache_control":{"type":"ephemeral","ttl":"1h"}}]\
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "image/png,/9j/4AAQ,image/jpeg",
        "image/jpg,/9j/4AAQ,image/jpeg",
        "image/jpeg,iVBORw0KGgoAAA,image/png",
        "image/webp,QUFB,image/webp"
    })
    void callsPicturesWhatTheyAre(String mime, String base64, String said) throws Exception {
        JsonNode body =
                messages(
                        """
                        {"role":"user","content":[{"type":"image_url","image_url":{"url":"data:%s;base64,%s"}}]}\
                        """
                                .formatted(mime, base64));
        assertSame(
                body.at("/messages/0/content/0/source"),
                "{\"type\":\"base64\",\"media_type\":\"%s\",\"data\":\"%s\"}"
                        .formatted(said, base64));
    }

    @Test
    void saysTextsOfAllKindsAsText() throws Exception {
        JsonNode body =
                messages(
                        """
                        {"role":"user","content":[
                          {"type":"file","file":{"filename":"a.json","file_data":"data:application/json;base64,eyJhIjoi\\r\\nw6kifQ=="}},
                          {"type":"file","file":{"filename":"b.csv","file_data":"data:text/csv;base64,YSxi"}}]}\
                        """);
        assertSame(
                body.at("/messages/0/content"),
                """
                [{"type":"document","source":{"type":"text","media_type":"text/plain","data":"{\\"a\\":\\"é\\"}"},"title":"a.json"},
                 {"type":"document","source":{"type":"text","media_type":"text/plain","data":"a,b"},"title":"b.csv"}]\
                """);
    }

    @Test
    void refusesWhatCannotBeSaid() {
        assertThatThrownBy(() -> bench.hello("\"n\":2"))
                .isInstanceOf(UnsayableException.class)
                .hasMessage(
                        "n: claude-sonnet-4-5 gives one answer to a request; ask 2 times instead");
        assertThatThrownBy(() ->
                        messages(
                                """
                                {"role":"user","content":[{"type":"input_audio","input_audio":{"data":"AA","format":"wav"}}]}\
                                """))
                .hasMessageContaining("input_audio");
        assertThatThrownBy(() ->
                        messages(
                                """
                                {"role":"user","content":[{"type":"file","file":{"file_id":"file-1"}}]}\
                                """))
                .hasMessageContaining("file_id");
        assertThatThrownBy(() -> messages("{\"role\":\"wizard\",\"content\":\"x\"}"))
                .hasMessage(
                        "messages[0].role: expected one of system, developer, user, assistant, tool");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"seed\":1",
                "\"frequency_penalty\":0.1",
                "\"presence_penalty\":0.1",
                "\"logprobs\":true",
                "\"logit_bias\":{\"1\":2}",
                "\"metadata\":{\"a\":\"b\"}",
                "\"store\":true",
                "\"prompt_cache_key\":\"k\"",
                "\"service_tier\":\"flex\"",
                "\"x_secret\":\"c4n4ry\""
            })
    void countsWhatIsDroppedAndSendsNothingOfIt(String field) throws Exception {
        String name = field.substring(1, field.indexOf('"', 1));
        assertThat(Json.text(bench.hello(field))).doesNotContain(name).doesNotContain("c4n4ry");
        assertThat(bench.dropped(name)).isEqualTo(1);
    }

    @Test
    void doesNotLeakUnknownFieldsOfMessages() throws Exception {
        JsonNode body =
                messages(
                        "{\"role\":\"user\",\"content\":\"a\",\"x_secret\":\"c4n4ry\",\"name\":\"bob\"}");
        assertThat(Json.text(body)).doesNotContain("c4n4ry").doesNotContain("bob");
        assertThat(bench.dropped("x_secret")).isEqualTo(1);
        assertThat(bench.dropped("name")).isEqualTo(1);
    }

    @Test
    void saysToolsWithTheirSchemasAsTheyCame() throws Exception {
        JsonNode body =
                bench.hello(
                        """
                        "tools":[{"type":"function","function":{"name":"f","description":"d","strict":true,
                          "parameters":{"type":"object","properties":{"z":{"type":"number"},"a":{"type":"string"}}}}},
                          {"type":"function","function":{"name":"g"}}]\
                        """);
        assertSame(
                body.path("tools"),
                """
                [{"name":"f","description":"d","input_schema":{"type":"object","properties":{"z":{"type":"number"},"a":{"type":"string"}},"additionalProperties":false},"strict":true},
                 {"name":"g","input_schema":{"type":"object","properties":{}}}]\
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "-                                                | -     | -",
                "-                                                | false | {\"type\":\"auto\",\"disable_parallel_tool_use\":true}",
                "\"auto\"                                         | true  | {\"type\":\"auto\"}",
                "\"none\"                                         | false | {\"type\":\"none\"}",
                "\"required\"                                     | false | {\"type\":\"any\",\"disable_parallel_tool_use\":true}",
                "{\"type\":\"function\",\"function\":{\"name\":\"f\"}} | - | {\"type\":\"tool\",\"name\":\"f\"}",
            })
    void choosesToolsAsTheClientDid(String choice, String parallel, String expected)
            throws Exception {
        JsonNode body =
                bench.hello(
                        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]"
                                + (choice == null ? "" : ",\"tool_choice\":" + choice)
                                + (parallel == null ? "" : ",\"parallel_tool_calls\":" + parallel));
        if (expected == null) {
            assertThat(body.has("tool_choice")).isFalse();
        } else {
            assertSame(body.path("tool_choice"), expected);
        }
    }

    @Test
    void wrapsAToolThatTakesFreeText() throws Exception {
        JsonNode body =
                bench.hello(
                        """
                        "tools":[{"type":"custom","custom":{"name":"patch","description":"d",
                          "format":{"type":"grammar","grammar":{"syntax":"lark","definition":"start: /x/"}}}}]\
                        """);
        assertThat(body.at("/tools/0/input_schema/properties/input/type").textValue())
                .isEqualTo("string");
        assertThat(body.at("/tools/0/description").textValue()).contains("start: /x/");
        assertThat(bench.approximated("tools[custom]")).isEqualTo(1);
    }

    @Test
    void thinksWithABudget() throws Exception {
        JsonNode body =
                bench.hello("\"reasoning_effort\":\"low\",\"temperature\":0.2,\"top_p\":0.5");
        assertSame(body.path("thinking"), "{\"type\":\"enabled\",\"budget_tokens\":2048}");
        assertThat(body.path("max_tokens").intValue()).isEqualTo(64_000);
        assertThat(body.has("temperature")).isFalse();
        assertThat(bench.dropped("temperature")).isEqualTo(1);
    }

    @Test
    void thinksLessThanTheAnswerMayBeLong() throws Exception {
        assertThat(
                        bench.hello("\"reasoning_effort\":\"high\",\"max_tokens\":3000")
                                .at("/thinking/budget_tokens")
                                .intValue())
                .isEqualTo(2999);
        assertThat(bench.hello("\"reasoning_effort\":\"high\",\"max_tokens\":900").has("thinking"))
                .isFalse();
        assertThat(bench.dropped("reasoning_effort")).isEqualTo(1);
    }

    @Test
    void doesNotThinkWhereAToolIsForced() throws Exception {
        JsonNode body =
                bench.hello(
                        """
                        "reasoning_effort":"low","tool_choice":"required",
                        "tools":[{"type":"function","function":{"name":"f"}}]\
                        """);
        assertThat(body.has("thinking")).isFalse();
        assertThat(body.at("/tool_choice/type").textValue()).isEqualTo("any");
    }

    @ParameterizedTest
    @CsvSource({
        "claude-opus-4-7,true",
        "us.anthropic.claude-opus-4-8-v1:0,true",
        "claude-sonnet-5,true",
        "claude-opus-4-20250514,false",
        "claude-opus-4-1-20250805,false",
        "claude-sonnet-4-5-20250929,false"
    })
    void letsNewerModelsThinkAsTheySeeFit(String model, boolean adaptive) throws Exception {
        ObjectNode written = bench.hello(model, "\"reasoning_effort\":\"high\",\"temperature\":0");
        assertThat(written.at("/thinking/type").textValue())
                .isEqualTo(adaptive ? "adaptive" : "enabled");
        assertThat(written.at("/output_config/effort").asText()).isEqualTo(adaptive ? "high" : "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "claude-sonnet-5 | {\"type\":\"disabled\"} | 0",
                "claude-fable-5-1 | {\"type\":\"adaptive\"} | 1",
                "claude-mythos-preview | {\"type\":\"adaptive\"} | 1"
            })
    void asksForFewThoughtsWhereAModelCannotDoWithout(String model, String thinking, int lost)
            throws Exception {
        ObjectNode written =
                bench.hello(
                        model, "\"max_tokens\":9,\"reasoning_effort\":\"none\",\"temperature\":0");
        assertSame(written.path("thinking"), thinking);
        assertThat(written.has("temperature")).isFalse();
        assertThat(written.at("/output_config/effort").asText()).isEqualTo(lost == 1 ? "low" : "");
        assertThat(bench.approximated("reasoning_effort")).isEqualTo(lost);
    }

    @ParameterizedTest
    @CsvSource({
        "claude-opus-4-6,xhigh,high,1",
        "claude-sonnet-4-6,max,max,0",
        "claude-opus-4-7,xhigh,xhigh,0",
        "claude-opus-4-8,minimal,low,0"
    })
    void asksForAnEffortThatTheModelKnows(String model, String effort, String said, int lost)
            throws Exception {
        ObjectNode written =
                bench.hello(
                        model, "\"max_tokens\":9,\"reasoning_effort\":\"%s\"".formatted(effort));
        assertThat(written.at("/output_config/effort").textValue()).isEqualTo(said);
        assertThat(bench.approximated("reasoning_effort")).isEqualTo(lost);
    }

    @Test
    void givesBackItsOwnThoughtsAndNobodyElses() throws Exception {
        String history =
                """
                {"role":"user","content":"go"},
                {"role":"assistant","content":"hm","reasoning_content":"think","reasoning_details":[
                  {"type":"reasoning.text","text":"think","signature":"%s","format":"%s"}],
                 "tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},
                {"role":"tool","tool_call_id":"a","content":"1"}\
                """;
        JsonNode own = messages(history.formatted("c2ln/+é==", "anthropic"));
        assertSame(
                own.at("/messages/1/content/0"),
                "{\"type\":\"thinking\",\"thinking\":\"think\",\"signature\":\"c2ln/+é==\"}");

        JsonNode foreign = messages(history.formatted("c2ln", "google"));
        assertThat(Json.text(foreign)).doesNotContain("c2ln");
        assertThat(bench.dropped("thinking")).isEqualTo(1);
    }

    @Test
    void doesNotThinkOnWhereTheThoughtBeforeIsLost() throws Exception {
        String history =
                """
                "reasoning_effort":"low","messages":[{"role":"user","content":"go"},
                {"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},
                {"role":"tool","tool_call_id":"a","content":"1"}]\
                """;
        assertThat(bench.written(history).has("thinking")).isFalse();
    }

    @Test
    void asksForJsonThatFitsASchema() throws Exception {
        JsonNode body =
                bench.hello(
                        """
                        "response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{
                          "type":"object","properties":{"maximum":{"type":"integer","maximum":5}},"required":["maximum"]}}}\
                        """);
        assertSame(
                body.at("/output_config/format"),
                """
                {"type":"json_schema","schema":{"type":"object",
                 "properties":{"maximum":{"type":"integer","description":"(maximum 5)"}},
                 "required":["maximum"],"additionalProperties":false}}\
                """);
        assertThat(
                        bench.hello("\"response_format\":{\"type\":\"json_object\"}")
                                .at("/system/0/text")
                                .asText())
                .contains("JSON");
    }

    /// Row 33.
    @Test
    void writesTheSameRequestInTheSameBytes() throws Exception {
        ObjectNode written =
                bench.written(
                        """
                        "messages":[{"role":"system","content":"s"},{"role":"user","content":"u"}],"max_tokens":9,
                        "tools":[{"type":"function","function":{"name":"f","strict":true,"parameters":{"type":"object",
                          "properties":{"z":{"type":"number","multipleOf":3,"maximum":2,"minimum":1},"a":{}}}}}]\
                        """);
        assertThat(Json.text(written))
                .isEqualTo(
                        """
                        {"model":"claude-sonnet-4-5","system":[{"type":"text","text":"s"}],\
                        "tools":[{"name":"f","input_schema":{"type":"object","properties":{\
                        "z":{"type":"number","description":"(minimum 1, maximum 2, multipleOf 3)"},"a":{}},\
                        "additionalProperties":false},"strict":true}],\
                        "messages":[{"role":"user","content":[{"type":"text","text":"u"}]}],"max_tokens":9}\
                        """);
    }
}
