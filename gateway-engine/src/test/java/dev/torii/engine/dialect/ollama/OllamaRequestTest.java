package dev.torii.engine.dialect.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.dialect.chat.ChatDialect;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Loss;
import dev.torii.model.llm.Losses;
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

    private final Losses losses = new Losses();

    private ObjectNode written(String model, String fields) throws Exception {
        ObjectNode body = (ObjectNode) Json.parse("{\"model\":\"" + model + "\"," + fields + "}");
        return new OllamaDialect().writeRequest(new ChatDialect().readRequest(body), losses);
    }

    private ObjectNode hello(String more) throws Exception {
        return written(
                "qwen3",
                "\"messages\":[{\"role\":\"user\",\"content\":\"こんにちは\"}]"
                        + (more.isEmpty() ? "" : "," + more));
    }

    private JsonNode messages(String messages) throws Exception {
        return written("qwen3", "\"messages\":[" + messages + "]").path("messages");
    }

    private static void assertSame(JsonNode actual, String expected) throws Exception {
        assertThat(Json.text(actual)).isEqualTo(Json.text(Json.parse(expected)));
    }

    private int dropped(String what) {
        return count(Loss.Action.DROPPED, what);
    }

    private int approximated(String what) {
        return count(Loss.Action.APPROXIMATED, what);
    }

    private int count(Loss.Action action, String what) {
        return losses.all().stream()
                .filter(loss -> loss.action() == action && loss.what().equals(what))
                .mapToInt(Loss::count)
                .sum();
    }

    @Test
    void saysAPlainChat() throws Exception {
        assertSame(
                written(
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
        assertThat(losses.all()).isEmpty();
    }

    @Test
    void saysThatNothingIsToBeStreamed() throws Exception {
        assertThat(hello("").path("stream")).isEqualTo(Json.parse("false"));
    }

    @Test
    void passesFieldsThatAreOllamasAloneAndMergesOptions() throws Exception {
        ObjectNode body =
                hello(
                        """
                        "keep_alive":"5m","temperature":0.5,"options":{"num_ctx":8192,"temperature":0.1},
                        "x_secret":"c4n4ry"\
                        """);
        assertThat(body.path("keep_alive").asText()).isEqualTo("5m");
        assertSame(body.path("options"), "{\"temperature\":0.5,\"num_ctx\":8192}");
        assertThat(body.has("x_secret")).isFalse();
        assertThat(dropped("x_secret")).isEqualTo(1);
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
        assertThat(approximated("tool call arguments")).isEqualTo(1);
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
        assertThat(approximated("file")).isEqualTo(1);
    }

    @Test
    void asksForAToolWhereOneIsForced() throws Exception {
        ObjectNode body =
                hello(
                        TOOLS
                                + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"g\"}}");
        assertThat(body.path("tools")).hasSize(1);
        assertSame(
                body.path("messages").path(1),
                "{\"role\":\"system\",\"content\":\"Answer by calling the tool g.\"}");
        assertThat(approximated("tool_choice")).isEqualTo(1);
        assertThat(hello(TOOLS + ",\"tool_choice\":\"none\"").has("tools")).isFalse();
        assertThat(hello(TOOLS + ",\"tool_choice\":\"auto\"").path("messages")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "qwen3,none,false",
        "qwen3,low,true",
        "gpt-oss:20b,none,false",
        "gpt-oss:20b,minimal,low",
        "gpt-oss:20b,medium,medium",
        "gpt-oss:20b,xhigh,high"
    })
    void thinksInDegreesWhereTheModelKnowsThem(String model, String effort, String think)
            throws Exception {
        ObjectNode body =
                written(
                        model,
                        "\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"reasoning_effort\":\""
                                + effort
                                + "\"");
        assertThat(body.path("think").asText()).isEqualTo(think);
    }

    @Test
    void asksForJson() throws Exception {
        assertThat(hello("\"response_format\":{\"type\":\"json_object\"}").path("format").asText())
                .isEqualTo("json");
        assertSame(
                hello(
                                """
                                "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":
                                  {"type":"object","properties":{"a":{"minimum":1}}}}}\
                                """)
                        .path("format"),
                "{\"type\":\"object\",\"properties\":{\"a\":{\"minimum\":1}}}");
    }

    private ObjectNode completion(String fields) throws Exception {
        ObjectNode body = (ObjectNode) Json.parse("{\"model\":\"qwen3\"," + fields + "}");
        return new OllamaGenerateDialect()
                .writeRequest(new ChatDialect().readRequest(body), losses);
    }

    @Test
    void goesOnFromAPrompt() throws Exception {
        assertSame(
                completion(
                        """
                        "max_tokens":5,"suffix":"}","raw":true,
                        "messages":[{"role":"system","content":"s"},{"role":"user","content":"int f() {"}]\
                        """),
                """
                {"model":"qwen3","system":"s","prompt":"int f() {","stream":false,"suffix":"}","raw":true,
                 "options":{"num_predict":5}}\
                """);
        assertThatThrownBy(() ->
                        completion("\"messages\":[{\"role\":\"assistant\",\"content\":\"a\"}]"))
                .isInstanceOf(UnsayableException.class);
    }
}
