package dev.torii.engine.dialect.cohere;

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

/// What an OpenAI client's request is in Cohere's words.
class CohereRequestTest {

    private static final String TOOLS =
            """
            "tools":[{"type":"function","function":{"name":"f","description":"d","parameters":
              {"type":"object","properties":{"x":{"type":"string"}},"required":["x"]}}},
              {"type":"function","function":{"name":"g"}}]\
            """;

    private final RequestBench bench = new RequestBench(new CohereDialect(), "command-a");

    private JsonNode messages(String messages) throws Exception {
        return bench.conversation(messages).path("messages");
    }

    @Test
    void saysAPlainChat() throws Exception {
        assertSame(
                bench.written(
                        """
                        "stream":true,"temperature":0.5,"top_p":0.9,"top_k":40,"stop":["終"],"seed":7,
                        "frequency_penalty":0.1,"presence_penalty":0.2,"max_tokens":100,
                        "messages":[{"role":"system","content":"短く"},{"role":"user","content":"a"},
                          {"role":"assistant","content":"b"},{"role":"developer","content":"丁寧に"},
                          {"role":"user","content":[{"type":"text","text":"c"},{"type":"text","text":"d"}]}]\
                        """),
                """
                {"model":"command-a","messages":[
                  {"role":"system","content":[{"type":"text","text":"短く"}]},
                  {"role":"user","content":[{"type":"text","text":"a"}]},
                  {"role":"assistant","content":[{"type":"text","text":"b"}]},
                  {"role":"system","content":[{"type":"text","text":"丁寧に"}]},
                  {"role":"user","content":[{"type":"text","text":"c"},{"type":"text","text":"d"}]}],
                 "max_tokens":100,"temperature":0.5,"p":0.9,"k":40,"frequency_penalty":0.1,
                 "presence_penalty":0.2,"seed":7,"stop_sequences":["終"],"stream":true}\
                """);
        assertThat(bench.lost()).isEmpty();
    }

    // Row 33.
    @Test
    void saysTheSameInTheSameBytes() throws Exception {
        assertThat(Json.bytes(bench.hello(TOOLS))).isEqualTo(Json.bytes(bench.hello(TOOLS)));
    }

    @ParameterizedTest
    @CsvSource({
        "temperature,1.5,temperature,1",
        "top_p,1,p,0.99",
        "top_p,0,p,0.01",
        "frequency_penalty,-1,frequency_penalty,0",
        "presence_penalty,2,presence_penalty,1",
        "top_k,900,k,500"
    })
    void keepsWithinWhatCohereTakes(String field, String given, String cohere, String taken)
            throws Exception {
        assertThat(bench.hello("\"" + field + "\":" + given).path(cohere).asText())
                .isEqualTo(taken);
        assertThat(bench.approximated(field)).isEqualTo(1);
    }

    @Test
    void sendsTheFirstFiveStopSequences() throws Exception {
        assertThat(
                        bench.hello("\"stop\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"]")
                                .path("stop_sequences"))
                .hasSize(5);
        assertThat(bench.approximated("stop")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '=',
            value = {
                "\"user\":\"u\"=user",
                "\"metadata\":{\"a\":\"b\"}=metadata",
                "\"service_tier\":\"flex\"=service_tier",
                "\"store\":true=store",
                "\"prompt_cache_key\":\"k\"=prompt_cache_key",
                "\"logprobs\":true=logprobs",
                "\"top_logprobs\":2=top_logprobs",
                "\"logit_bias\":{\"1\":1}=logit_bias",
                "\"x_secret\":\"c4n4ry\"=x_secret"
            })
    void countsWhatCohereHasNoWordsFor(String given, String loss) throws Exception {
        assertThat(bench.hello(given)).isEqualTo(bench.hello(""));
        assertThat(bench.dropped(loss)).isEqualTo(1);
    }

    @Test
    void passesFieldsThatAreCoheresAlone() throws Exception {
        ObjectNode body =
                bench.hello(
                        """
                        "documents":[{"id":"1","data":{"text":"t"}}],"citation_options":{"mode":"fast"},
                        "safety_mode":"STRICT","priority":2\
                        """);
        assertSame(body.path("documents"), "[{\"id\":\"1\",\"data\":{\"text\":\"t\"}}]");
        assertSame(body.path("citation_options"), "{\"mode\":\"fast\"}");
        assertThat(body.path("safety_mode").asText()).isEqualTo("STRICT");
        assertThat(body.path("priority").asInt()).isEqualTo(2);
        assertThat(bench.lost()).isEmpty();
    }

    @Test
    void offersToolsAndAddsParametersToOneWithoutAny() throws Exception {
        assertSame(
                bench.hello(TOOLS).path("tools"),
                """
                [{"type":"function","function":{"name":"f","description":"d","parameters":
                  {"type":"object","properties":{"x":{"type":"string"}},"required":["x"]}}},
                 {"type":"function","function":{"name":"g","parameters":{"type":"object","properties":{}}}}]\
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '=',
            value = {
                "\"auto\"==2",
                "\"none\"=NONE=2",
                "\"required\"=REQUIRED=2",
                "{\"type\":\"function\",\"function\":{\"name\":\"g\"}}=REQUIRED=1",
                "{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}}==1"
            })
    void choosesTools(String choice, String cohere, int offered) throws Exception {
        ObjectNode body = bench.hello(TOOLS + ",\"tool_choice\":" + choice);
        assertThat(body.path("tool_choice").textValue()).isEqualTo(cohere);
        assertThat(body.path("tools")).hasSize(offered);
    }

    @Test
    void isStrictOnlyWhereAllToolsCanBe() throws Exception {
        String strict =
                """
                "tools":[{"type":"function","function":{"name":"f","strict":true,"parameters":
                  {"type":"object","properties":{"x":{"type":"string"}},"required":["x"]}}}%s]\
                """;
        assertThat(bench.hello(strict.formatted("")).path("strict_tools").booleanValue()).isTrue();
        assertThat(bench.lost()).isEmpty();
        String loose = ",{\"type\":\"function\",\"function\":{\"name\":\"g\"}}";
        assertThat(bench.hello(strict.formatted(loose)).has("strict_tools")).isFalse();
        assertThat(bench.dropped("strict")).isEqualTo(1);
    }

    // Row 24.
    @Test
    void putsEachResultBehindItsCallAndThePlanBeforeThem() throws Exception {
        assertSame(
                messages(
                        """
                        {"role":"user","content":"two"},
                        {"role":"assistant","reasoning_content":"I will use both.","content":null,"tool_calls":[
                          {"id":"a","type":"function","function":{"name":"f","arguments":"{\\"x\\":1.50}"}},
                          {"id":"b","type":"function","function":{"name":"g","arguments":""}}]},
                        {"role":"tool","tool_call_id":"b","content":"2"},
                        {"role":"user","content":"and?"},
                        {"role":"tool","tool_call_id":"a","content":[{"type":"text","text":"1"}]}\
                        """),
                """
                [{"role":"user","content":[{"type":"text","text":"two"}]},
                 {"role":"assistant","tool_plan":"I will use both.","tool_calls":[
                   {"id":"a","type":"function","function":{"name":"f","arguments":"{\\"x\\":1.50}"}},
                   {"id":"b","type":"function","function":{"name":"g","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"b","content":"2"},
                 {"role":"tool","tool_call_id":"a","content":"1"},
                 {"role":"user","content":[{"type":"text","text":"and?"}]}]\
                """);
        assertThat(bench.lost()).isEmpty();
    }

    @Test
    void givesEachCallAResultAndNoResultWithoutACall() throws Exception {
        assertSame(
                messages(
                        """
                        {"role":"tool","tool_call_id":"z","content":"lost"},
                        {"role":"assistant","content":null,"tool_calls":[
                          {"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},
                        {"role":"user","content":"go on"}\
                        """),
                """
                [{"role":"user","content":[{"type":"text","text":"Result of a tool:"},{"type":"text","text":"lost"}]},
                 {"role":"assistant","tool_calls":[
                   {"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"a","content":"[no result recorded]"},
                 {"role":"user","content":[{"type":"text","text":"go on"}]}]\
                """);
        assertThat(bench.approximated("tool result")).isEqualTo(2);
    }

    @Test
    void countsWhatMessagesSayBesides() throws Exception {
        assertSame(
                messages(
                        "{\"role\":\"user\",\"name\":\"n\",\"x_secret\":\"c4n4ry\",\"content\":\"a\"}"),
                "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}]");
        assertThat(bench.dropped("name")).isEqualTo(1);
        assertThat(bench.dropped("x_secret")).isEqualTo(1);
    }

    // Row 25.
    @Test
    void showsPicturesOfResultsBehindThem() throws Exception {
        assertSame(
                messages(
                        """
                        {"role":"assistant","content":null,"tool_calls":[
                          {"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},
                        {"role":"tool","tool_call_id":"a","content":[{"type":"text","text":"see"},
                          {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}\
                        """),
                """
                [{"role":"assistant","tool_calls":[
                   {"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"a","content":"see"},
                 {"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]\
                """);
        assertThat(bench.approximated("tool result image")).isEqualTo(1);
    }

    @Test
    void showsPicturesAndTellsTextsOfFiles() throws Exception {
        ObjectNode body =
                bench.written(
                        """
                        "messages":[{"role":"user","content":[
                          {"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"low"}},
                          {"type":"file","file":{"filename":"a.txt","file_data":"data:text/plain;base64,44GC"}},
                          {"type":"text","text":"what?"}]}]\
                        """);
        assertSame(
                body.path("messages"),
                """
                [{"role":"user","content":[
                  {"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"low"}},
                  {"type":"text","text":"what?"}]}]\
                """);
        assertSame(body.path("documents"), "[{\"data\":{\"title\":\"a.txt\",\"text\":\"あ\"}}]");
    }

    @Test
    void keepsTheTextsOfFilesBesideDocumentsOfTheClient() throws Exception {
        ObjectNode body =
                bench.written(
                        """
                        "documents":[{"id":"1","data":{"text":"t"}}],
                        "messages":[{"role":"user","content":[{"type":"text","text":"what?"},
                          {"type":"file","file":{"file_data":"data:text/plain;base64,44GC"}}]}]\
                        """);
        assertSame(
                body.path("documents"),
                "[{\"id\":\"1\",\"data\":{\"text\":\"t\"}},{\"data\":{\"text\":\"あ\"}}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"file\",\"file\":{\"file_data\":\"data:application/pdf;base64,AAAA\"}}",
                "{\"type\":\"file\",\"file\":{\"file_id\":\"file-1\"}}",
                "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AAAA\",\"format\":\"wav\"}}"
            })
    void refusesWhatWouldBeAnotherRequest(String part) {
        assertThatThrownBy(() -> messages("{\"role\":\"user\",\"content\":[" + part + "]}"))
                .isInstanceOf(UnsayableException.class);
    }

    @Test
    void refusesSeveralAnswersAndToolsThatAreNotThere() {
        assertThatThrownBy(() -> bench.hello("\"n\":2"))
                .isInstanceOf(UnsayableException.class)
                .hasMessageStartingWith("n: ");
        assertThatThrownBy(() -> bench.hello("\"tool_choice\":\"required\""))
                .isInstanceOf(UnsayableException.class)
                .hasMessageStartingWith("tool_choice: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '=',
            value = {
                "\"reasoning_effort\":\"none\"={\"type\":\"disabled\"}",
                "\"reasoning_effort\":\"low\"={\"type\":\"enabled\",\"token_budget\":2048}",
                "\"reasoning_effort\":\"high\",\"max_tokens\":1000={\"type\":\"enabled\",\"token_budget\":999}"
            })
    void thinksWithinABudget(String asked, String thinking) throws Exception {
        assertSame(bench.hello(asked).path("thinking"), thinking);
    }

    // Row 21.
    @Test
    void sendsNoThoughtThatAnotherVendorSealed() throws Exception {
        JsonNode turns =
                messages(
                        """
                        {"role":"user","content":"a"},
                        {"role":"assistant","content":"b","reasoning_details":[
                          {"type":"reasoning.text","text":"t","signature":"s","format":"anthropic"}]},
                        {"role":"user","content":"c"}\
                        """);
        assertThat(Json.text(turns)).doesNotContain("\"t\"").doesNotContain("\"s\"");
        assertThat(bench.dropped("thinking")).isEqualTo(1);
    }

    @Test
    void asksForJson() throws Exception {
        assertSame(
                bench.hello("\"response_format\":{\"type\":\"json_object\"}")
                        .path("response_format"),
                "{\"type\":\"json_object\"}");
        assertSame(
                bench.hello(
                                """
                                "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":
                                  {"type":"object","required":["minimum"],"properties":
                                    {"minimum":{"type":"integer","description":"least","minimum":1,"maximum":9}}}}}\
                                """)
                        .path("response_format"),
                """
                {"type":"json_object","json_schema":{"type":"object","required":["minimum"],"properties":
                  {"minimum":{"type":"integer","description":"least (maximum 9, minimum 1)"}}}}\
                """);
        assertThat(bench.approximated("response_format.json_schema.minimum")).isEqualTo(1);
    }
}
