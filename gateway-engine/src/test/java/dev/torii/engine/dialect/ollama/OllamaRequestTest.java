package dev.torii.engine.dialect.ollama;

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

/// What an OpenAI client's request is in Ollama's words.
class OllamaRequestTest {

    private static final String TOOLS =
            """
            "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{}}}},
            {"type":"function","function":{"name":"g","parameters":{"type":"object","properties":{}}}}]\
            """;

    private final RequestBench bench = new RequestBench(OllamaDialect.CHAT, "qwen3");
    private final RequestBench completions = new RequestBench(OllamaDialect.GENERATE, "qwen3");

    private JsonNode messages(String messages) throws Exception {
        return bench.conversation(messages).path("messages");
    }

    @Test
    void saysAPlainChat() throws Exception {
        assertSame(
                bench.written(
                        "qwen3",
                        """
                        "stream":true,"temperature":0.5,"top_p":0.9,"top_k":40,"stop":["終"],"seed":7,
                        "frequency_penalty":0.1,"presence_penalty":-0.2,"max_completion_tokens":100,
                        "messages":[{"role":"system","content":"短く"},
                          {"role":"user","content":[{"type":"text","text":"c"},{"type":"text","text":"d"}]},
                          {"role":"assistant","content":"b","reasoning_content":"hm"},
                          {"role":"developer","content":"丁寧に"},{"role":"user","content":"e"}]\
                        """),
                """
                {"model":"qwen3","messages":[{"role":"system","content":"短く"},
                  {"role":"user","content":"c\\nd"},
                  {"role":"assistant","content":"b","thinking":"hm"},
                  {"role":"system","content":"丁寧に"},{"role":"user","content":"e"}],
                 "stream":true,
                 "options":{"num_predict":100,"temperature":0.5,"top_p":0.9,"top_k":40,"frequency_penalty":0.1,
                  "presence_penalty":-0.2,"seed":7,"stop":["終"]}}\
                """);
        assertThat(bench.lost()).isEmpty();
    }

    @Test
    void saysThatNothingIsToBeStreamed() throws Exception {
        assertThat(bench.hello("").path("stream")).isEqualTo(Json.parse("false"));
    }

    @Test
    void passesFieldsThatAreOllamasAloneAndMergesOptions() throws Exception {
        ObjectNode body =
                bench.hello(
                        """
                        "keep_alive":"5m","temperature":0.5,"options":{"num_ctx":8192,"temperature":0.1},
                        "x_secret":"c4n4ry"\
                        """);
        assertThat(body.path("keep_alive").asText()).isEqualTo("5m");
        assertSame(body.path("options"), "{\"temperature\":0.5,\"num_ctx\":8192}");
        assertThat(body.has("x_secret")).isFalse();
        assertThat(bench.dropped("x_secret")).isEqualTo(1);
    }

    // Row 24.
    @Test
    void namesTheToolOfEachResult() throws Exception {
        assertSame(
                messages(
                        """
                        {"role":"user","content":"two"},
                        {"role":"assistant","content":null,"tool_calls":[
                          {"id":"a","type":"function","function":{"name":"f","arguments":"{\\"x\\":1.50}"}},
                          {"id":"b","type":"function","function":{"name":"g","arguments":""}},
                          {"id":"c","type":"function","function":{"name":"g","arguments":"{\\"cut"}}]},
                        {"role":"tool","tool_call_id":"b","content":"2"},
                        {"role":"tool","tool_call_id":"a","content":"1"},
                        {"role":"tool","tool_call_id":"c","content":"3"}\
                        """),
                """
                [{"role":"user","content":"two"},
                 {"role":"assistant","content":"","tool_calls":[
                   {"id":"a","function":{"name":"f","arguments":{"x":1.50}}},
                   {"id":"b","function":{"name":"g","arguments":{}}},
                   {"id":"c","function":{"name":"g","arguments":{"input":"{\\"cut"}}}]},
                 {"role":"tool","content":"2","tool_name":"g","tool_call_id":"b"},
                 {"role":"tool","content":"1","tool_name":"f","tool_call_id":"a"},
                 {"role":"tool","content":"3","tool_name":"g","tool_call_id":"c"}]\
                """);
        assertThat(bench.approximated("tool call arguments")).isEqualTo(1);
    }

    // Row 25.
    @Test
    void showsPicturesAsBareBase64AlsoThoseOfResults() throws Exception {
        assertSame(
                messages(
                        """
                        {"role":"user","content":[{"type":"text","text":"what?"},
                          {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]},
                        {"role":"assistant","content":null,"tool_calls":[
                          {"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},
                        {"role":"tool","tool_call_id":"a","content":[{"type":"text","text":"see"},
                          {"type":"image_url","image_url":{"url":"data:image/png;base64,BBBB"}}]}\
                        """),
                """
                [{"role":"user","content":"what?","images":["AAAA"]},
                 {"role":"assistant","content":"","tool_calls":[{"id":"a","function":{"name":"f","arguments":{}}}]},
                 {"role":"tool","content":"see","tool_name":"f","tool_call_id":"a"},
                 {"role":"user","content":"","images":["BBBB"]}]\
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.com/a.png\"}}",
                "{\"type\":\"file\",\"file\":{\"file_data\":\"data:application/pdf;base64,AAAA\"}}",
                "{\"type\":\"file\",\"file\":{\"file_id\":\"file-1\"}}",
                "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AAAA\",\"format\":\"wav\"}}"
            })
    void refusesWhatWouldBeAnotherRequest(String part) {
        assertThatThrownBy(() -> messages("{\"role\":\"user\",\"content\":[" + part + "]}"))
                .isInstanceOf(UnsayableException.class);
    }

    @Test
    void tellsTheTextOfAFile() throws Exception {
        assertSame(
                messages(
                        """
                        {"role":"user","content":[
                          {"type":"file","file":{"filename":"a.txt","file_data":"data:text/plain;base64,44GC"}}]}\
                        """),
                "[{\"role\":\"user\",\"content\":\"a.txt:\\nあ\"}]");
        assertThat(bench.approximated("file")).isEqualTo(1);
    }

    @Test
    void asksForAToolWhereOneIsForced() throws Exception {
        ObjectNode body =
                bench.hello(
                        TOOLS
                                + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"g\"}}");
        assertThat(body.path("tools")).hasSize(1);
        assertSame(
                body.path("messages").path(1),
                "{\"role\":\"system\",\"content\":\"Answer by calling the tool g.\"}");
        assertThat(bench.approximated("tool_choice")).isEqualTo(1);
        assertThat(bench.hello(TOOLS + ",\"tool_choice\":\"none\"").has("tools")).isFalse();
        assertThat(bench.hello(TOOLS + ",\"tool_choice\":\"auto\"").path("messages")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "qwen3,none,false",
        "qwen3,low,true",
        "gpt-oss:20b,none,false",
        "gpt-oss:20b,minimal,\"low\"",
        "gpt-oss:20b,medium,\"medium\"",
        "gpt-oss:20b,xhigh,\"high\""
    })
    void thinksInDegreesWhereTheModelKnowsThem(String model, String effort, String think)
            throws Exception {
        ObjectNode body =
                bench.written(
                        model,
                        "\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"reasoning_effort\":\""
                                + effort
                                + "\"");
        assertThat(Json.text(body.path("think"))).isEqualTo(think);
    }

    @Test
    void asksForJson() throws Exception {
        assertThat(
                        bench.hello("\"response_format\":{\"type\":\"json_object\"}")
                                .path("format")
                                .asText())
                .isEqualTo("json");
        assertSame(
                bench.hello(
                                """
                                "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":
                                  {"type":"object","properties":{"a":{"minimum":1}}}}}\
                                """)
                        .path("format"),
                "{\"type\":\"object\",\"properties\":{\"a\":{\"minimum\":1}}}");
    }

    @Test
    void goesOnFromAPrompt() throws Exception {
        assertSame(
                completions.written(
                        """
                        "max_tokens":5,"suffix":"}","raw":true,
                        "messages":[{"role":"system","content":"s"},{"role":"user","content":"int f() {"}]\
                        """),
                """
                {"model":"qwen3","system":"s","prompt":"int f() {","stream":false,"suffix":"}","raw":true,
                 "options":{"num_predict":5}}\
                """);
        assertThatThrownBy(() ->
                        completions.written(
                                "\"messages\":[{\"role\":\"assistant\",\"content\":\"a\"}]"))
                .isInstanceOf(UnsayableException.class);
    }
}
