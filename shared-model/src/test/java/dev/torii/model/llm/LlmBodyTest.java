package dev.torii.model.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlmBodyTest {

    private static final String SPACED =
            "{ \"model\" : \"gpt-4o\",\n  \"messages\":[ {\"role\":\"user\",\"content\":\"登山\"} ] }";

    @Test
    void leavesTheBytesUntouchedWhenItIsOnlyRead() {
        LlmBody request = request(SPACED);

        assertThat(request.model()).isEqualTo("gpt-4o");
        assertThat(request.messages()).hasSize(1);
        assertThat(request.stream()).isFalse();

        assertThat(request.edited()).isFalse();
        assertThat(text(request)).isEqualTo(SPACED);
    }

    @Test
    void writesTheBodyAnewOnceItIsEdited() {
        LlmBody request = request(SPACED);

        request.edit().put("model", "gpt-4o-mini");

        assertThat(text(request))
                .isEqualTo(
                        "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"登山\"}]}");
        assertThat(new String(request.original(), StandardCharsets.UTF_8)).isEqualTo(SPACED);
    }

    @Test
    void keepsNumbersExactWhenItIsEdited() {
        LlmBody request =
                request(
                        """
                        {"temperature":0.10,"seed":12345678901234567890123,"top_p":1.000000000000000001}\
                        """);

        request.edit().put("model", "m");

        assertThat(text(request))
                .isEqualTo(
                        """
                        {"temperature":0.10,"seed":12345678901234567890123,"top_p":1.000000000000000001,"model":"m"}\
                        """);
    }

    @Test
    void keepsFieldsThatNobodyKnows() {
        String unknown = "{\"x_new\":{\"a\":[1,null,{\"b\":true}]},\"messages\":[{\"x\":\"y\"}]}";
        LlmBody request = request(unknown);

        request.edit();

        assertThat(text(request)).isEqualTo(unknown);
    }

    @Test
    void readsNothingOutOfABodyThatIsNoJsonObject() {
        for (String body : List.of("", "{\"messages\":", "[1]", "\"text\"", "null", "{} {}")) {
            LlmBody request = request(body);

            assertThat(request.json()).as(body).isNull();
            assertThat(request.messages()).as(body).isNull();
            assertThat(request.prompt()).as(body).isNull();
            assertThat(request.model()).as(body).isNull();
            assertThat(request.stream()).as(body).isFalse();
            assertThat(text(request)).as(body).isEqualTo(body);
            assertThatIllegalStateException().isThrownBy(request::edit);
        }
    }

    @Test
    void readsJsonOnlyWhenTheClientCallsItSo() {
        assertThat(typed("application/json").chat()).isTrue();
        assertThat(typed("Application/JSON; charset=utf-8").chat()).isTrue();
        assertThat(typed(null).chat()).isTrue();
        assertThat(typed("text/plain").chat()).isFalse();
        assertThat(typed("application/x-www-form-urlencoded").json()).isNull();
        assertThat(typed("text/plain").jsonOfAnyType()).isNotNull();
    }

    @Test
    void isJsonOnceItHasBeenReplaced() {
        LlmBody request = typed("text/plain");

        request.replace((ObjectNode) Json.object().set("messages", Json.array().add("hi")));

        assertThat(request.chat()).isTrue();
        assertThat(text(request)).isEqualTo("{\"messages\":[\"hi\"]}");
    }

    @Test
    void takesAnEmptyModelAndAnythingButTextForNone() {
        assertThat(request("{\"model\":\"\"}").model()).isNull();
        assertThat(request("{\"model\":null}").model()).isNull();
        assertThat(request("{\"model\":7}").model()).isNull();
    }

    @Test
    void streamsOnlyForALiteralTrue() {
        assertThat(request("{\"stream\":true}").stream()).isTrue();
        assertThat(request("{\"stream\":\"true\"}").stream()).isFalse();
        assertThat(request("{\"stream\":1}").stream()).isFalse();
    }

    @Test
    void exchangesADecidedFieldAndLeavesEveryOtherByte() {
        LlmBody request = request("{ \"b\": 1.50,\"model\" : \"a\", \"text\":\"\\u3042/\\/\" }\n");

        request.decide("model", TextNode.valueOf("c"));
        request.decide("b", null);

        assertThat(text(request))
                .isEqualTo("{ \"b\": 1.50,\"model\" : \"c\", \"text\":\"\\u3042/\\/\" }\n");
        assertThat(request.model()).isEqualTo("c");
        assertThat(request.edited()).isTrue();
    }

    @Test
    void addsWhatIsNotThereAtTheEnd() {
        LlmBody request = request("{\"a\":[1,{\"b\":2}] }");
        request.decide("stream", BooleanNode.TRUE);
        request.decide("n", IntNode.valueOf(3));
        assertThat(text(request)).isEqualTo("{\"a\":[1,{\"b\":2}],\"stream\":true,\"n\":3 }");

        LlmBody empty = request("{}");
        empty.decide("stream", BooleanNode.TRUE);
        assertThat(text(empty)).isEqualTo("{\"stream\":true}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {'k':1}                | {}
                    {'k':1,'a':2}          | {'a':2}
                    {'a':2, 'k':1}         | {'a':2}
                    {'a':2,'k':{'k':3},'b':4} | {'a':2,'b':4}
                    {'k':1 , 'k':2}        | {}
                    {'a':1,'k':1,'k':2}    | {'a':1}
                    """)
    void takesAFieldOut(String before, String after) {
        LlmBody request = request(before.replace('\'', '"'));
        request.decide("k", MissingNode.getInstance());
        assertThat(Json.parseObjectOrNull(request.bytes()))
                .isEqualTo(
                        Json.parseObjectOrNull(
                                after.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    /// Which of two a provider takes is not known.
    @Test
    void decidesAFieldThatIsThereTwiceTwice() {
        LlmBody request = request("{\"model\":\"a\",\"model\":\"b\"}");
        request.decide("model", TextNode.valueOf("c"));
        assertThat(text(request)).isEqualTo("{\"model\":\"c\",\"model\":\"c\"}");
    }

    @Test
    void decidesNothingWhereItIsSo() {
        LlmBody request = request("{\"model\":\"a\"}");
        request.decide("model", TextNode.valueOf("a"));
        request.decide("top_k", MissingNode.getInstance());
        assertThat(request.edited()).isFalse();
        assertThat(request.bytes()).isSameAs(request.original());
    }

    @Test
    void writesABodyInUtf16Anew() {
        LlmBody request = new LlmBody("{\"model\":\"a\"}".getBytes(StandardCharsets.UTF_16LE));
        request.decide("model", TextNode.valueOf("c"));
        assertThat(text(request)).isEqualTo("{\"model\":\"c\"}");
    }

    private static LlmBody request(String body) {
        return new LlmBody(body.getBytes(StandardCharsets.UTF_8));
    }

    private static LlmBody typed(@Nullable String contentType) {
        return new LlmBody(
                "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
                        .getBytes(StandardCharsets.UTF_8),
                contentType);
    }

    private static String text(LlmBody request) {
        return new String(request.bytes(), StandardCharsets.UTF_8);
    }
}
