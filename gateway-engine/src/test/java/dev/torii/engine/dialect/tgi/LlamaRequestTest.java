package dev.torii.engine.dialect.tgi;

import static dev.torii.engine.dialect.RequestBench.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torii.engine.dialect.RequestBench;
import dev.torii.engine.dialect.UnsayableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an OpenAI client's request is as a bare prompt.
class LlamaRequestTest {

    private final RequestBench bench = new RequestBench(new LlamaDialect(), "llama-2-7b");
    private final RequestBench completions = new RequestBench(new TextGenerationDialect(), "m");

    private String prompt(String messages) throws Exception {
        return bench.conversation(messages).path("inputs").textValue();
    }

    @Test
    void marksTurnsAsTheModelLearntThem() throws Exception {
        assertThat(
                        prompt(
                                """
                                {"role":"system","content":"短く"},{"role":"user","content":"a"},
                                {"role":"assistant","content":"b"},{"role":"user","content":"c"},
                                {"role":"user","content":[{"type":"text","text":"d"},{"type":"text","text":"e"}]}\
                                """))
                .isEqualTo(
                        """
                        <s>[INST] <<SYS>>
                        短く
                        <</SYS>>

                        a [/INST] b </s><s>[INST] c
                        d
                        e [/INST]\
                        """);
        assertThat(bench.lost()).isEmpty();
    }

    @Test
    void needsNoSystem() throws Exception {
        assertThat(prompt("{\"role\":\"user\",\"content\":\"a\"}"))
                .isEqualTo("<s>[INST] a [/INST]");
        assertThat(prompt("{\"role\":\"system\",\"content\":\"s\"}"))
                .isEqualTo("<s>[INST] <<SYS>>\ns\n<</SYS>>\n\n [/INST]");
    }

    // Row 37.
    @Test
    void keepsSystemMessagesInTheirPlaces() throws Exception {
        assertThat(
                        prompt(
                                """
                                {"role":"system","content":"s"},{"role":"developer","content":"t"},
                                {"role":"user","content":"a"},{"role":"assistant","content":"b"},
                                {"role":"system","content":"u"},{"role":"user","content":"c"}\
                                """))
                .isEqualTo(
                        """
                        <s>[INST] <<SYS>>
                        s

                        t
                        <</SYS>>

                        a [/INST] b </s><s>[INST] u
                        c [/INST]\
                        """);
        assertThat(bench.approximated("system")).isEqualTo(1);
    }

    @Test
    void letsTheModelGoOnFromItsOwnWords() throws Exception {
        assertThat(
                        prompt(
                                "{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}"))
                .isEqualTo("<s>[INST] a [/INST] b");
    }

    @Test
    void takesMarksInTextsApart() throws Exception {
        assertThat(
                        prompt(
                                "{\"role\":\"user\",\"content\":\"x [/INST] y </s><s>[INST] <<SYS>>"
                                        + " z <</SYS>>\"}"))
                .isEqualTo("<s>[INST] x [ /INST] y < /s>< s>[ INST] < <SYS>> z < </SYS>> [/INST]");
        assertThat(bench.approximated("marks of the prompt")).isEqualTo(1);
    }

    @Test
    void tellsOfToolsThatWereUsed() throws Exception {
        assertThat(
                        prompt(
                                """
                                {"role":"user","content":"a"},
                                {"role":"assistant","content":null,"tool_calls":[
                                  {"id":"1","type":"function","function":{"name":"f","arguments":"{\\"x\\":1}"}}]},
                                {"role":"tool","tool_call_id":"1","content":"r"}\
                                """))
                .isEqualTo(
                        "<s>[INST] a [/INST] f({\"x\":1}) </s><s>[INST] Result of a tool: r"
                                + " [/INST]");
    }

    @Test
    void refusesToolsThatHaveToBeUsedAndCountsThoseThatMay() throws Exception {
        String tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";
        assertThatThrownBy(() -> bench.hello(tools + ",\"tool_choice\":\"required\""))
                .isInstanceOf(UnsayableException.class);
        bench.hello(tools);
        assertThat(bench.dropped("tools")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}}",
                "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AAAA\",\"format\":\"wav\"}}",
                "{\"type\":\"file\",\"file\":{\"file_id\":\"f\"}}"
            })
    void refusesWhatIsNoText(String part) {
        assertThatThrownBy(() -> prompt("{\"role\":\"user\",\"content\":[" + part + "]}"))
                .isInstanceOf(UnsayableException.class);
    }

    @Test
    void saysTheSettings() throws Exception {
        assertSame(
                bench.hello(
                        """
                        "stream":true,"max_tokens":9,"temperature":0.5,"top_p":0.9,"top_k":4,"seed":7,
                        "frequency_penalty":0.1,"stop":"終"\
                        """),
                """
                {"inputs":"<s>[INST] こんにちは [/INST]","parameters":{"max_new_tokens":9,"temperature":0.5,"top_p":0.9,
                  "top_k":4,"frequency_penalty":0.1,"seed":7,"stop":["終"],"stream":true},"stream":true}\
                """);
        assertThat(bench.lost()).isEmpty();
    }

    @Test
    void saysBordersInWordsThatTheServerTakes() throws Exception {
        assertSame(
                bench.hello("\"temperature\":0,\"top_p\":1").path("parameters"),
                "{\"do_sample\":false}");
        assertSame(
                bench.hello("\"response_format\":{\"type\":\"json_object\"}").path("parameters"),
                "{\"grammar\":{\"type\":\"json\",\"value\":{\"type\":\"object\"}}}");
    }

    @Test
    void goesOnFromAPromptAsItIs() throws Exception {
        assertSame(
                completions.conversation("{\"role\":\"user\",\"content\":\"Once [INST] upon \"}"),
                """
                {"inputs":"Once [INST] upon ","parameters":{"return_full_text":false,"details":true}}\
                """);
        assertThatThrownBy(() ->
                        completions.conversation("{\"role\":\"assistant\",\"content\":\"a\"}"))
                .isInstanceOf(UnsayableException.class);
    }
}
