package dev.torii.model.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlikeObjectsTest {

    private final AlikeObjects alike = new AlikeObjects();

    private ObjectNode read(String json) throws MalformedJsonException {
        return alike.read(json.getBytes(UTF_8));
    }

    @Test
    void readsWhatTheMapperReads() throws MalformedJsonException {
        String json =
                """
                {"text": "é\\n", "none": null, "yes": true, "no": false, "int": -7,
                 "long": 1764432000000, "huge": 123456789012345678901234567890, "exact": 1.50,
                 "power": 1e3, "list": [1, "a", [], {}, null], "object": {"of": {"objects": [{}]}}}
                """;

        assertThat(read(json)).isEqualTo(Json.parse(json));
        assertThat(read(json).toString()).isEqualTo(Json.parse(json).toString());
    }

    @Test
    void sharesWhatObjectsRepeat() throws MalformedJsonException {
        ObjectNode one = read("{'id':'1','of':{'list':['http','https']}}".replace('\'', '"'));
        ObjectNode other = read("{'id':'2','of':{'list':['http','https']}}".replace('\'', '"'));

        assertThat(other.get("of")).isSameAs(one.get("of"));
        assertThat(other).isNotSameAs(one);
        assertThat(other.get("id").textValue()).isEqualTo("2");
    }

    @Test
    void tellsNumbersOfOneValueApart() throws MalformedJsonException {
        read("{\"n\":1.0}");

        assertThat(read("{\"n\":1}").get("n").isInt()).isTrue();
        assertThat(read("{\"n\":1.00}").get("n").asText()).isEqualTo("1.00");
        assertThat(read("{\"n\":\"1.0\"}").get("n").isTextual()).isTrue();
        read("{\"n\":[1.0]}");
        assertThat(read("{\"n\":[1.00]}")).hasToString("{\"n\":[1.00]}");
    }

    @Test
    void countsTheLastOfTwoEqualKeys() throws MalformedJsonException {
        assertThat(read("{\"a\":1,\"a\":2}")).isEqualTo(Json.object().put("a", 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "{",
                "{\"a\":",
                "{\"a\":[1",
                "{\"a\":}",
                "{} {}",
                "{\"a\":[1}]}"
            })
    void refusesWhatIsNotOneObject(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(MalformedJsonException.class);
    }
}
