package dev.torii.engine.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.dialect.chat.ChatDialect;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Loss;
import dev.torii.model.llm.Losses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a request is in the words of the Responses.
class ResponsesRequestWriteTest {

    private final Losses losses = new Losses();

    private ObjectNode fromChat(String fields) throws Exception {
        String model = fields.contains("\"model\"") ? "" : "\"model\":\"gpt-4o\",";
        ObjectNode body = (ObjectNode) Json.parse("{" + model + fields + "}");
        return new ResponsesDialect().writeRequest(new ChatDialect().readRequest(body), losses);
    }

    private ObjectNode hello(String more) throws Exception {
        return fromChat("\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]," + more);
    }

    private ObjectNode again(String fields) throws Exception {
        var dialect = new ResponsesDialect();
        ObjectNode body = (ObjectNode) Json.parse("{\"model\":\"gpt-4o\"," + fields + "}");
        LlmRequest request = dialect.readRequest(body);
        return dialect.writeRequest(request, losses);
    }

    private static void assertSame(JsonNode actual, String expected) throws Exception {
        assertThat(Json.text(actual)).isEqualTo(Json.text(Json.parse(expected)));
    }

    private int lost(String what) {
        return losses.all().stream()
                .filter(loss -> loss.what().equals(what))
                .mapToInt(Loss::count)
                .sum();
    }

    // Row 15: the usage of a stream comes unasked here, and asking is refused.
    @Test
    void saysAChatInAnOrderThatCachesWell() throws Exception {
        assertSame(
                fromChat(
                        """
                        "stream":true,"stream_options":{"include_usage":true},"temperature":0.5,"max_tokens":100,"user":"u-1",
                        "metadata":{"k":"v"},"service_tier":"flex","prompt_cache_key":"key","parallel_tool_calls":false,
                        "tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"z":1,"a":2}}},
                          {"type":"custom","custom":{"name":"c","format":{"type":"grammar","grammar":{"syntax":"lark","definition":"x"}}}}],
                        "tool_choice":{"type":"custom","custom":{"name":"c"}},
                        "messages":[{"role":"system","content":"短く"},{"role":"developer","content":"丁寧に"},
                          {"role":"user","content":[{"type":"text","text":"q"},{"type":"image_url","image_url":{"url":"https://x/y.png","detail":"low"}},
                            {"type":"file","file":{"file_id":"file-1"}}]}]\
                        """),
                """
                {"model":"gpt-4o",
                 "tools":[{"type":"function","name":"f","description":"d","parameters":{"z":1,"a":2},"strict":false},
                   {"type":"custom","name":"c","format":{"type":"grammar","syntax":"lark","definition":"x"}}],
                 "tool_choice":{"type":"custom","name":"c"},"parallel_tool_calls":false,
                 "input":[{"type":"message","role":"system","content":[{"type":"input_text","text":"短く"}]},
                   {"type":"message","role":"developer","content":[{"type":"input_text","text":"丁寧に"}]},
                   {"type":"message","role":"user","content":[{"type":"input_text","text":"q"},
                     {"type":"input_image","image_url":"https://x/y.png","detail":"low"},{"type":"input_file","file_id":"file-1"}]}],
                 "max_output_tokens":100,"temperature":0.5,"safety_identifier":"u-1","metadata":{"k":"v"},"service_tier":"flex",
                 "prompt_cache_key":"key","store":false,"stream":true}\
                """);
        assertThat(losses.all()).isEmpty();
    }

    @Test
    void saysCallsAndTheirResultsInTheirOrder() throws Exception {
        assertSame(
                fromChat(
                                """
                                "messages":[{"role":"user","content":"q"},
                                  {"role":"assistant","content":"I look","reasoning_details":[
                                     {"type":"reasoning.encrypted","data":"gAAA","format":"openai-responses"},
                                     {"type":"reasoning.text","text":"t","signature":"s","format":"anthropic"}],
                                   "tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":""}},
                                     {"id":"b","type":"custom","custom":{"name":"c","input":"free"}}]},
                                  {"role":"tool","tool_call_id":"a","content":"1"},
                                  {"role":"tool","tool_call_id":"b","content":[{"type":"text","text":"2"},{"type":"text","text":"3"}]},
                                  {"role":"tool","tool_call_id":"z","content":"4"},
                                  {"role":"assistant","content":null,"refusal":"no"}]\
                                """)
                        .path("input"),
                """
                [{"type":"message","role":"user","content":[{"type":"input_text","text":"q"}]},
                 {"type":"reasoning","summary":[],"encrypted_content":"gAAA"},
                 {"type":"message","role":"assistant","content":[{"type":"output_text","text":"I look"}]},
                 {"type":"function_call","call_id":"a","name":"f","arguments":"{}"},
                 {"type":"custom_tool_call","call_id":"b","name":"c","input":"free"},
                 {"type":"function_call_output","call_id":"a","output":"1"},
                 {"type":"custom_tool_call_output","call_id":"b","output":[{"type":"input_text","text":"2"},{"type":"input_text","text":"3"}]},
                 {"type":"message","role":"user","content":[{"type":"input_text","text":"Result of a tool:"},{"type":"input_text","text":"4"}]},
                 {"type":"message","role":"assistant","content":[{"type":"refusal","refusal":"no"}]}]\
                """);
        // Row 21: a foreign signature stays here.
        assertThat(lost("thinking")).isEqualTo(1);
        assertThat(lost("tool result")).isEqualTo(1);
    }

    @Test
    void answersACallThatNobodyAnswered() throws Exception {
        JsonNode input =
                fromChat(
                                """
                                "messages":[{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},
                                  {"role":"user","content":"never mind"}]\
                                """)
                        .path("input");
        assertSame(
                input.path(1),
                "{\"type\":\"function_call_output\",\"call_id\":\"a\",\"output\":\"[no result recorded]\"}");
        assertThat(lost("tool result")).isEqualTo(1);
    }

    @Test
    void asksForThoughtsThatNobodyKeeps() throws Exception {
        assertSame(
                hello("\"reasoning_effort\":\"high\",\"model\":\"gpt-5-nano\"").path("include"),
                "[\"reasoning.encrypted_content\"]");
        assertThat(hello("\"model\":\"gpt-4o\"").has("include")).isFalse();
        assertThat(hello("\"model\":\"o4-mini\"").path("include")).hasSize(1);
        assertThat(hello("\"model\":\"o4-mini\",\"store\":true").has("include")).isFalse();
        assertThat(hello("\"reasoning_effort\":\"none\"").path("reasoning").path("effort").asText())
                .isEqualTo("none");
    }

    @Test
    void saysFormatsFlat() throws Exception {
        assertSame(
                hello(
                                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"strict\":true,\"schema\":{\"type\":\"object\"}}}")
                        .path("text"),
                "{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"schema\":{\"type\":\"object\"},\"strict\":true}}");
        assertSame(
                hello("\"response_format\":{\"type\":\"json_object\"}").path("text"),
                "{\"format\":{\"type\":\"json_object\"}}");
    }

    @Test
    void asksForNoLessThanOpenAiAllows() throws Exception {
        assertThat(hello("\"max_tokens\":5").path("max_output_tokens").intValue()).isEqualTo(16);
        assertThat(lost("max_tokens")).isEqualTo(1);
    }

    @Test
    void asksHowLikelyTokensWere() throws Exception {
        JsonNode body = hello("\"logprobs\":true,\"top_logprobs\":3,\"reasoning_effort\":\"low\"");
        assertThat(Json.text(body.path("include")))
                .isEqualTo("[\"message.output_text.logprobs\",\"reasoning.encrypted_content\"]");
        assertThat(body.path("top_logprobs").intValue()).isEqualTo(3);
        assertThat(losses.isEmpty()).isTrue();
    }

    @Test
    void countsWhatItHasNoWordsFor() throws Exception {
        JsonNode body =
                hello(
                        """
                        "stop":"x","seed":1,"frequency_penalty":1,"presence_penalty":1,"top_k":4,
                        "logit_bias":{"1":2},"x_secret":"c4n4ry"\
                        """);
        assertThat(Json.text(body)).doesNotContain("c4n4ry", "seed", "stop\"");
        assertThat(losses.count()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"n\":2,\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]|n: ",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"UklG\",\"format\":\"wav\"}}]}]|input_audio: "
            })
    void refusesWhatWouldBeAnotherRequest(String fields, String message) {
        assertThatThrownBy(() -> fromChat(fields))
                .isInstanceOf(UnsayableException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void saysAgainWhatOnlyItsOwnClientsSay() throws Exception {
        String body =
                """
                "input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"q"}]},
                  {"type":"web_search_call","id":"ws_1","status":"completed"},
                  {"type":"message","role":"assistant","phase":"final_answer","content":[{"type":"output_text","text":"a",
                    "annotations":[{"type":"url_citation","start_index":0,"end_index":1,"url":"https://x","title":"t"}]}]}],
                "text":{"format":{"type":"json_object"},"verbosity":"low"},"store":false,"max_tool_calls":2,"x_new":{"a":[1.50]}\
                """;
        assertThat(Json.text(again(body)))
                .isEqualTo(Json.text(Json.parse("{\"model\":\"gpt-4o\"," + body + "}")));
        assertThat(losses.all()).isEmpty();
        // Row 33.
        assertThat(Json.bytes(again(body))).isEqualTo(Json.bytes(again(body)));
    }

    @Test
    void keepsToolsOfOpenAisOwn() throws Exception {
        JsonNode tools =
                again(
                                "\"input\":\"q\",\"tools\":[{\"type\":\"web_search\",\"search_context_size\":\"low\"}]")
                        .path("tools");
        assertSame(tools, "[{\"type\":\"web_search\",\"search_context_size\":\"low\"}]");
    }
}
