package dev.torii.engine.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ClientDialects;
import dev.torii.engine.dialect.Decided;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Operation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How a request of the Responses is known, and what the gateway changes in it.
class ResponsesDialectTest {

    private final ResponsesDialect dialect = new ResponsesDialect();

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) Json.parse(text);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/responses,CHAT",
        "/any/responses,CHAT",
        "/openai/v1/v1/responses,CHAT",
        "/v1/responses/input_tokens,COUNT_TOKENS",
        "/v1/responses/compact,PASS",
        "/v1/responses/resp_1,PASS",
        "/v1/responses/resp_1/cancel,PASS",
        "/v1/responses/resp_1/input_items,PASS",
        "/v1/conversations/conv_1/items/msg_1,PASS",
        "/v1/chat/completions,",
        "/v1/embeddings,"
    })
    void knowsItsPaths(String path, Operation operation) {
        assertThat(dialect.operation(path)).isEqualTo(operation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"input\":\"q\",\"instructions\":\"i\"}|true",
                "{\"input\":[{\"role\":\"user\",\"content\":\"q\"}]}|true",
                "{\"input\":\"q\",\"store\":false}|true",
                "{\"input\":\"q\",\"dimensions\":3}|false",
                "{\"input\":[\"q\"]}|false",
                "{\"input\":[1,2],\"model\":\"m\"}|false",
                "{\"messages\":[]}|false"
            })
    void knowsItsBodies(String body, boolean known) throws Exception {
        assertThat(dialect.recognizes(json(body))).isEqualTo(known);
        if (known) {
            assertThat(dialect.holdsChat(json(body))).isTrue();
            assertThat(
                            Objects.requireNonNull(
                                            ClientDialects.installed()
                                                    .find("/x", name -> null, json(body)))
                                    .dialect()
                                    .name())
                    .isEqualTo("openai-responses");
        }
    }

    @Test
    void holdsNoChatWhereNothingIsSaid() throws Exception {
        assertThat(dialect.holdsChat(json("{\"prompt\":{\"id\":\"pmpt_1\"}}"))).isTrue();
        assertThat(dialect.holdsChat(json("{\"input\":\"\"}"))).isFalse();
        assertThat(dialect.holdsChat(json("{\"input\":[]}"))).isFalse();
        assertThat(dialect.holdsChat(json("{}"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"q\"", "[{\"role\":\"user\",\"content\":\"q\"}]"})
    void putsMessagesAround(String input) throws Exception {
        ObjectNode body = json("{\"input\":" + input + "}");
        dialect.surround(
                body,
                List.of(json("{\"role\":\"system\",\"content\":\"a\"}")),
                List.of(json("{\"role\":\"user\",\"content\":\"z\"}")));
        assertThat(Json.text(body))
                .isEqualTo(
                        "{\"input\":[{\"role\":\"system\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"q\"},"
                                + "{\"role\":\"user\",\"content\":\"z\"}]}");
        assertThat(dialect.readRequest(body).messages()).hasSize(3);
    }

    // Row 15: nothing else is put into a request that passes.
    @Test
    void changesOnlyWhatIsDecided() {
        var body =
                new LlmBody(
                        "{ \"input\":\"q\", \"temperature\" : 1.50,\"model\":\"a\" }"
                                .getBytes(UTF_8));
        dialect.decide(body, new Decided("m", true, 99, new BigDecimal("0.5"), null, 7));
        assertThat(new String(body.bytes(), UTF_8))
                .isEqualTo(
                        "{ \"input\":\"q\", \"temperature\" : 0.5,\"model\":\"m\",\"max_output_tokens\":99,\"stream\":true }");
    }

    @Test
    void endsAStreamThatBrokeOff() throws Exception {
        String text = new String(dialect.writeFailure(LlmError.interrupted("cut"), 0), UTF_8);
        String[] events = text.split("\n\n", -1);
        assertThat(events).hasSize(3);
        assertThat(events[0]).startsWith("event: error\ndata: {");
        assertThat(events[1]).startsWith("event: response.failed\ndata: {");
        assertThat(
                        Json.parse(events[1].substring(events[1].indexOf('{')))
                                .path("response")
                                .path("error")
                                .path("message")
                                .asText())
                .isEqualTo("cut");
    }
}
