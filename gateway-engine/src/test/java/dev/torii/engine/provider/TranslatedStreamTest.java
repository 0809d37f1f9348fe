package dev.torii.engine.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.chat.ChatDialect;
import dev.torii.engine.dialect.responses.ResponsesDialect;
import dev.torii.engine.exchange.Exchanges;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.RouteType;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/// A stream in another dialect than the provider's.
class TranslatedStreamTest {

    private static AnswerStream stream() throws Exception {
        byte[] body = "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}".getBytes(UTF_8);
        var target = new LlmTarget("x", "m", RouteType.CHAT, Json.object(), null, null, null);
        var call = new LlmCall(target, Exchanges.CHAT, new LlmBody(body), true, true, true, true);
        call.asked(new ChatDialect().readRequest((ObjectNode) Json.parse(body)));
        return new Translation(new ChatDialect(), new ResponsesDialect(), InstantSource.system())
                .stream(call, "text/event-stream");
    }

    private static String text(ByteBuffer bytes) {
        return UTF_8.decode(bytes).toString();
    }

    private static ByteBuffer event(String json) {
        return ByteBuffer.wrap(("data: " + json + "\n\n").getBytes(UTF_8));
    }

    @Test
    void failsOnceAlsoWhereItBreaksBehindAFailure() throws Exception {
        AnswerStream stream = stream();
        assertThat(text(stream.onBytes(event("{\"type\":\"error\",\"message\":\"busy\"}"))))
                .contains("\"error\":{\"message\":\"busy\"");
        assertThat(text(stream.onFailure("broken"))).isEmpty();
        assertThat(stream.complete()).isFalse();
    }

    @Test
    void failsWhereItBreaks() throws Exception {
        AnswerStream stream = stream();
        stream.onBytes(
                event(
                        "{\"type\":\"response.output_text.delta\",\"output_index\":0,\"content_index\":0,\"delta\":\"a\"}"));
        assertThat(text(stream.onFailure("broken"))).contains("broken");
    }
}
