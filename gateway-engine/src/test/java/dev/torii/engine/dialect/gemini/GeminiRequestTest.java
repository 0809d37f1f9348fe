package dev.torii.engine.dialect.gemini;

import static dev.torii.engine.dialect.RequestBench.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.dialect.RequestBench;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an OpenAI client's request is in Gemini's words.
class GeminiRequestTest {

    private final RequestBench bench = new RequestBench(new GeminiDialect(), "gemini-2.5-flash");

    private JsonNode contents(String messages) throws Exception {
        return bench.conversation(messages).path("contents");
    }

    @Test
    void saysAPlainChatInAnOrderThatCachesWell() throws Exception {
        assertSame(
                bench.written(
                        """
                        "stream":true,"temperature":0.50,"top_p":0.9,"top_k":3,"stop":["終",""],
                        "frequency_penalty":0.1,"presence_penalty":0.2,"seed":7,"max_completion_tokens":100,"n":2,
                        "service_tier":"flex",
                        "tools":[{"type":"function","function":{"name":"now"}}],
                        "messages":[{"role":"system","content":"短く"},{"role":"developer","content":"丁寧に"},
                          {"role":"user","content":"こんにちは"}]\
                        """),
                """
                {"systemInstruction":{"parts":[{"text":"短く"},{"text":"丁寧に"}]},
                 "tools":[{"functionDeclarations":[{"name":"now"}]}],
                 "contents":[{"role":"user","parts":[{"text":"こんにちは"}]}],
                 "generationConfig":{"maxOutputTokens":100,"temperature":0.50,"topP":0.9,"topK":3,
                   "frequencyPenalty":0.1,"presencePenalty":0.2,"seed":7,"stopSequences":["終"],"candidateCount":2},
                 "serviceTier":"flex"}\
                """);
        assertThat(bench.lost()).isEmpty();
    }

    /// Row 33.
    @Test
    void saysTheSameInTheSameBytes() throws Exception {
        String request =
                """
                "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object",
                  "properties":{"z":{"type":"string"},"a":{"enum":["x","b"]}},"required":["z","a"]}}}],
                "messages":[{"role":"user","content":"a"},
                  {"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{\\"z\\":\\"1\\",\\"a\\":\\"x\\"}"}}]},
                  {"role":"tool","tool_call_id":"1","content":"ok"}]\
                """;
        assertThat(Json.bytes(bench.written(request)))
                .isEqualTo(Json.bytes(bench.written(request)));
    }

    /// Row 37.
    @Test
    void keepsSystemMessagesInTheirPlaces() throws Exception {
        JsonNode body =
                bench.written(
                        """
                        "messages":[{"role":"system","content":"first"},{"role":"user","content":"a"},
                        {"role":"developer","content":"later"},{"role":"assistant","content":"b"},
                        {"role":"system","content":"last"}]\
                        """);
        assertSame(body.path("systemInstruction"), "{\"parts\":[{\"text\":\"first\"}]}");
        assertSame(
                body.path("contents"),
                """
                [{"role":"user","parts":[{"text":"a"},{"text":"later"}]},
                 {"role":"model","parts":[{"text":"b"}]},{"role":"user","parts":[{"text":"last"}]}]\
                """);
        assertThat(bench.approximated("system")).isEqualTo(2);
    }

    @Test
    void asksAsTheUserWhereThereIsOnlyASystemMessage() throws Exception {
        JsonNode body = bench.written("\"messages\":[{\"role\":\"system\",\"content\":\"go\"}]");
        assertThat(body.has("systemInstruction")).isFalse();
        assertSame(body.path("contents"), "[{\"role\":\"user\",\"parts\":[{\"text\":\"go\"}]}]");
    }

    private static final String TWO_CALLS =
            """
            {"role":"user","content":"two"},
            {"role":"assistant","content":null,"tool_calls":[
              {"id":"call_a","type":"function","function":{"name":"f","arguments":"{\\"x\\":1.50}"}},
              {"id":"call_gem_0123456789abcdef01234567","type":"function","function":{"name":"g","arguments":""}}]},
            """;

    /// Rows 24 and 32.
    @Test
    void answersCallsInTheirOrderByIdAndName() throws Exception {
        assertSame(
                contents(
                        TWO_CALLS
                                + """
                                {"role":"tool","tool_call_id":"call_gem_0123456789abcdef01234567","content":"{\\"n\\":2}"},
                                {"role":"tool","tool_call_id":"call_a","content":"eins"},
                                {"role":"user","content":"and?"}\
                                """),
                """
                [{"role":"user","parts":[{"text":"two"}]},
                 {"role":"model","parts":[{"functionCall":{"id":"call_a","name":"f","args":{"x":1.50}}},
                   {"functionCall":{"name":"g","args":{}}}]},
                 {"role":"user","parts":[{"functionResponse":{"id":"call_a","name":"f","response":{"result":"eins"}}},
                   {"functionResponse":{"name":"g","response":{"n":2}}},{"text":"and?"}]}]\
                """);
    }

    @Test
    void answersEachCallAndNoOther() throws Exception {
        assertSame(
                contents(
                        TWO_CALLS
                                + """
                                {"role":"tool","tool_call_id":"call_a","content":"1"},
                                {"role":"tool","tool_call_id":"elsewhere","content":"2"}\
                                """),
                """
                [{"role":"user","parts":[{"text":"two"}]},
                 {"role":"model","parts":[{"functionCall":{"id":"call_a","name":"f","args":{"x":1.50}}},
                   {"functionCall":{"name":"g","args":{}}}]},
                 {"role":"user","parts":[{"functionResponse":{"id":"call_a","name":"f","response":{"result":"1"}}},
                   {"functionResponse":{"name":"g","response":{"error":"[no result recorded]"}}},
                   {"text":"Result of a tool: 2"}]}]\
                """);
        assertThat(bench.approximated("tool result")).isEqualTo(2);
    }

    /// Some servers count the calls of each answer anew.
    @Test
    void answersCallsThatShareAnIdOneByOne() throws Exception {
        JsonNode contents =
                contents(
                        """
                        {"role":"user","content":"a"},
                        {"role":"assistant","tool_calls":[
                          {"id":"0","type":"function","function":{"name":"f","arguments":"{}"}},
                          {"id":"0","type":"function","function":{"name":"g","arguments":"{}"}}]},
                        {"role":"tool","tool_call_id":"0","content":"1"},
                        {"role":"tool","tool_call_id":"0","content":"2"},
                        {"role":"assistant","tool_calls":[
                          {"id":"0","type":"function","function":{"name":"h","arguments":"{}"}}]},
                        {"role":"tool","tool_call_id":"0","content":"3"}\
                        """);
        assertSame(
                contents.at("/2/parts"),
                """
                [{"functionResponse":{"id":"0","name":"f","response":{"result":"1"}}},
                 {"functionResponse":{"id":"0","name":"g","response":{"result":"2"}}}]\
                """);
        assertSame(
                contents.at("/4/parts"),
                "[{\"functionResponse\":{\"id\":\"0\",\"name\":\"h\",\"response\":{\"result\":\"3\"}}}]");
        assertThat(bench.lost()).isEmpty();
    }

    @Test
    void wrapsArgumentsThatAreNoObject() throws Exception {
        JsonNode contents =
                contents(
                        """
                        {"role":"user","content":"a"},
                        {"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{\\"x\\": 1"}}]},
                        {"role":"tool","tool_call_id":"a","content":"1"}\
                        """);
        assertSame(contents.at("/1/parts/0/functionCall/args"), "{\"input\":\"{\\\"x\\\": 1\"}");
        assertThat(bench.approximated("tool call arguments")).isEqualTo(1);
    }

    private static final String PICTURE_OF_A_TOOL =
            """
            "messages":[{"role":"user","content":"a"},
              {"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"a","content":[{"type":"text","text":"see"},
                {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]\
            """;

    /// Row 25.
    @Test
    void keepsThePictureThatAToolAnsweredWith() throws Exception {
        assertSame(
                bench.written("gemini-3-flash-preview", PICTURE_OF_A_TOOL).at("/contents/2/parts"),
                """
                [{"functionResponse":{"id":"a","name":"f","response":{"result":"see"},
                  "parts":[{"inlineData":{"mimeType":"image/png","data":"AAAA"}}]}}]\
                """);
        assertSame(
                bench.written(PICTURE_OF_A_TOOL).at("/contents/2/parts"),
                """
                [{"functionResponse":{"id":"a","name":"f","response":{"result":"see"}}},
                 {"inlineData":{"mimeType":"image/png","data":"AAAA"}}]\
                """);
        assertThat(bench.approximated("image of a tool result")).isEqualTo(1);
    }

    @Test
    void sendsMediaAsTheyCame() throws Exception {
        assertSame(
                contents(
                                """
                                {"role":"user","content":[
                                  {"type":"image_url","image_url":{"url":"data:image/webp;base64,UklG"}},
                                  {"type":"image_url","image_url":{"url":"gs://b/p.png?x=1"}},
                                  {"type":"image_url","image_url":{"url":"https://a.example/picture"}},
                                  {"type":"input_audio","input_audio":{"data":"UklG","format":"wav"}},
                                  {"type":"file","file":{"file_data":"data:application/pdf;base64,JVBE","filename":"a.pdf"}}]}\
                                """)
                        .at("/0/parts"),
                """
                [{"inlineData":{"mimeType":"image/webp","data":"UklG"}},
                 {"fileData":{"mimeType":"image/png","fileUri":"gs://b/p.png?x=1"}},
                 {"fileData":{"mimeType":"image/jpeg","fileUri":"https://a.example/picture"}},
                 {"inlineData":{"mimeType":"audio/wav","data":"UklG"}},
                 {"inlineData":{"mimeType":"application/pdf","data":"JVBE"}}]\
                """);
        assertThat(bench.dropped("filename")).isEqualTo(1);
    }

    @Test
    void refusesAFileOfAnotherProvider() {
        assertThatThrownBy(() ->
                        contents(
                                "{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_id\":\"file-1\"}}]}"))
                .isInstanceOf(UnsayableException.class)
                .hasMessageContaining("file_id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'auto'     | {\"mode\":\"AUTO\"}",
                "'none'     | {\"mode\":\"NONE\"}",
                "'required' | {\"mode\":\"ANY\"}"
            })
    void saysWhichToolToUse(String choice, String calling) throws Exception {
        JsonNode body = bench.hello("\"tool_choice\":\"" + choice + "\"," + TOOL);
        assertSame(body.at("/toolConfig/functionCallingConfig"), calling);
    }

    private static final String TOOL =
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true}},"
                    + "{\"type\":\"function\",\"function\":{\"name\":\"g\"}}]";

    @Test
    void namesTheToolsToUse() throws Exception {
        assertSame(
                bench.hello(
                                "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}},"
                                        + TOOL)
                        .at("/toolConfig/functionCallingConfig"),
                "{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"f\"]}");
        JsonNode some =
                bench.hello(
                        "\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\","
                                + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"g\"}}]}},"
                                + TOOL);
        assertSame(some.at("/toolConfig/functionCallingConfig"), "{\"mode\":\"AUTO\"}");
        assertSame(some.at("/tools/0/functionDeclarations"), "[{\"name\":\"g\"}]");
        assertThat(bench.approximated("tool_choice.allowed_tools")).isEqualTo(1);
        assertThat(bench.dropped("tools.strict")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "gemini-2.5-flash       | low     | {\"thinkingBudget\":2048,\"includeThoughts\":true}",
                "gemini-2.5-flash       | max     | {\"thinkingBudget\":24576,\"includeThoughts\":true}",
                "gemini-2.5-pro         | max     | {\"thinkingBudget\":32768,\"includeThoughts\":true}",
                "gemini-2.5-flash       | none    | {\"thinkingBudget\":0}",
                "gemini-2.5-pro         | none    | {\"thinkingBudget\":128}",
                "gemini-3-pro-preview   | medium  | {\"thinkingLevel\":\"high\",\"includeThoughts\":true}",
                "gemini-3.1-pro-preview | medium  | {\"thinkingLevel\":\"medium\",\"includeThoughts\":true}",
                "gemini-3-flash-preview | minimal | {\"thinkingLevel\":\"minimal\",\"includeThoughts\":true}",
                "gemini-3-pro-preview   | minimal | {\"thinkingLevel\":\"low\",\"includeThoughts\":true}",
                "gemini-3-flash-preview | xhigh   | {\"thinkingLevel\":\"high\",\"includeThoughts\":true}",
                "gemini-3-flash-preview | none    | {\"thinkingLevel\":\"minimal\"}",
                "gemini-flash-latest    | high    | {\"thinkingLevel\":\"high\",\"includeThoughts\":true}",
                "gemini-2.0-flash       | high    | -",
                "gemma-3-27b-it         | high    | -"
            })
    void asksForThoughtsAsTheModelTakesIt(String model, String effort, String config)
            throws Exception {
        JsonNode generation =
                bench.hello(model, "\"reasoning_effort\":\"" + effort + "\"")
                        .path("generationConfig");
        if (config == null) {
            assertThat(generation.isMissingNode()).isTrue();
            assertThat(bench.dropped("reasoning_effort")).isEqualTo(1);
        } else {
            assertSame(generation.path("thinkingConfig"), config);
        }
    }

    @Test
    void leavesRoomForAnAnswerBehindTheThoughts() throws Exception {
        assertThat(
                        bench.hello("\"reasoning_effort\":\"high\",\"max_tokens\":500")
                                .at("/generationConfig/thinkingConfig/thinkingBudget")
                                .intValue())
                .isEqualTo(499);
    }

    @Test
    void holdsTheAnswerToASchema() throws Exception {
        String format =
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":"
                        + "{\"type\":\"object\",\"properties\":{\"x\":{\"type\":[\"string\",\"null\"]}},"
                        + "\"required\":[\"x\"],\"additionalProperties\":false}}}";
        assertSame(
                bench.hello(format).path("generationConfig"),
                """
                {"responseMimeType":"application/json","responseJsonSchema":{"type":"object",
                  "properties":{"x":{"type":["string","null"]}},"required":["x"],"additionalProperties":false}}\
                """);
        assertSame(
                bench.hello("gemini-2.0-flash", format).path("generationConfig"),
                """
                {"responseMimeType":"application/json","responseSchema":{"type":"OBJECT",
                  "properties":{"x":{"type":"STRING","nullable":true}},"required":["x"]}}\
                """);
        assertSame(
                bench.hello("\"response_format\":{\"type\":\"json_object\"}")
                        .path("generationConfig"),
                "{\"responseMimeType\":\"application/json\"}");
    }

    @Test
    void asksForJsonInWordsWhereTheModelHasFunctions() throws Exception {
        String asked = "\"response_format\":{\"type\":\"json_object\"}," + TOOL;
        JsonNode old = bench.hello(asked);
        assertThat(old.has("generationConfig")).isFalse();
        assertThat(old.at("/systemInstruction/parts/0/text").textValue()).contains("JSON object");
        assertThat(bench.approximated("response_format")).isEqualTo(1);
        assertThat(
                        bench.hello("gemini-3-flash-preview", asked)
                                .at("/generationConfig/responseMimeType")
                                .textValue())
                .isEqualTo("application/json");
    }

    @Test
    void sendsFiveStopsAtMost() throws Exception {
        JsonNode stops =
                bench.hello("\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\"]")
                        .at("/generationConfig/stopSequences");
        assertSame(stops, "[\"a\",\"b\",\"c\",\"d\",\"e\"]");
        assertThat(bench.approximated("stop")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user",
                "metadata",
                "store",
                "prompt_cache_key",
                "logprobs",
                "logit_bias",
                "x_secret",
                "parallel_tool_calls"
            })
    void leavesOutWhatGeminiHasNoWordsForAndCountsIt(String field) throws Exception {
        JsonNode body =
                bench.hello(
                        "\"user\":\"c4n4ry\",\"metadata\":{\"a\":\"c4n4ry\"},\"store\":true,\"prompt_cache_key\":\"c4n4ry\","
                                + "\"logprobs\":true,\"logit_bias\":{\"1\":1},\"x_secret\":\"c4n4ry\",\"parallel_tool_calls\":false");
        assertThat(bench.dropped(field)).isEqualTo(1);
        assertThat(Json.text(body)).doesNotContain("c4n4ry");
    }

    @Test
    void offersACustomToolOnlyWhereItIsAllowed() throws Exception {
        JsonNode body =
                bench.hello(
                        "\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\","
                                + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}},"
                                + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}},"
                                + "{\"type\":\"custom\",\"custom\":{\"name\":\"patch\"}}]");
        assertSame(body.at("/tools/0/functionDeclarations"), "[{\"name\":\"f\"}]");
        assertThat(bench.approximated("tool_choice.allowed_tools")).isEqualTo(1);
    }

    @Test
    void tellsACustomToolAsAFunction() throws Exception {
        assertSame(
                bench.hello(
                                "\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"patch\",\"description\":\"edits\"}}]")
                        .at("/tools/0/functionDeclarations/0"),
                """
                {"name":"patch","description":"edits","parametersJsonSchema":{"type":"object",
                  "properties":{"input":{"type":"string"}},"required":["input"]}}\
                """);
    }
}
