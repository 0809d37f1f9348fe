package dev.torii.desktop.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.SchemaValidator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlShorthandTest {

    private static final Schema SERVICE =
            Schema.parse(
                    "services",
                    SampleSchema.object(
                            """
                            {"fields":[
                              {"name":{"type":"string"}},
                              {"protocol":{"type":"string","required":true,"default":"http"}},
                              {"host":{"type":"string","required":true}},
                              {"port":{"type":"integer","required":true,"default":80}},
                              {"path":{"type":"string"}}]}
                            """));
    private static final FieldPath URL = FieldPath.of("url");

    private static FormModel model(String stored) {
        return new FormModel(
                SERVICE.root(),
                SampleSchema.object(stored),
                value -> SchemaValidator.validate(SERVICE, value),
                Debounce.NONE,
                List.of(new UrlShorthand()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "http://example.com",
                "https://example.com:8443/v1",
                "http://[::1]:9000/a%20b"
            })
    void aUrlSurvivesItsParts(String url) {
        FormModel model = model("{}");
        model.set(URL, TextNode.valueOf(url));

        FormModel again = model(model.whole().toString());
        assertThat(again.get(URL).asText()).isEqualTo(url);
    }

    @Test
    void oneUrlCountsAsOneChangeAndItsPartsAreSent() {
        FormModel model = model("{}");
        model.set(URL, TextNode.valueOf("https://example.com/v1"));

        assertThat(model.marks().changed()).containsExactly(URL);
        assertThat(model.document())
                .isEqualTo(
                        SampleSchema.object(
                                """
                                {"protocol":"https","host":"example.com","port":443,"path":"/v1"}
                                """));
        assertThat(model.json()).contains("https://example.com/v1").doesNotContain("port");
    }

    @Test
    void theUrlFollowsAPart() {
        FormModel model = model("{\"host\":\"example.com\"}");
        model.set(FieldPath.of("port"), IntNode.valueOf(8080));

        assertThat(model.get(URL).asText()).isEqualTo("http://example.com:8080");
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "https://", "://", "not a url"})
    void aTextThatIsNoUrlIsMarkedAndKept(String text) {
        FormModel model = model("{}");
        model.set(URL, TextNode.valueOf(text));

        assertThat(model.ready()).isFalse();
        assertThat(model.marks().problem(URL)).isNotNull();
        assertThat(model.get(URL).asText()).isEqualTo(text);
    }
}
