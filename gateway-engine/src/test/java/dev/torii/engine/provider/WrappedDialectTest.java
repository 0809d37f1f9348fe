package dev.torii.engine.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.AnswerHeaders;
import dev.torii.engine.dialect.Decided;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.Unwrapping;
import dev.torii.engine.dialect.anthropic.AnthropicDialect;
import dev.torii.engine.dialect.chat.ChatDialect;
import dev.torii.engine.exchange.ClientCall;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Operation;
import dev.torii.model.llm.RouteType;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// A provider that speaks the client's dialect, but within frames and with refusals of its own.
class WrappedDialectTest {

    private static final String TYPE = "application/x-framed";

    /// Each `<` and `>` is a frame's; the dialect goes by the name of the client's.
    private static final class Framed implements ProviderDialect {

        private final AnthropicDialect inner = new AnthropicDialect();

        @Override
        public String name() {
            return "openai";
        }

        @Override
        public ObjectNode writeRequest(LlmRequest request, Losses losses) {
            return Json.object();
        }

        @Override
        public void decide(LlmBody request, Decided decided) {}

        @Override
        public LlmAnswer readAnswer(byte[] body) {
            return new LlmAnswer(null, 0, null, List.of(), null);
        }

        @Override
        public boolean streams(String contentType) {
            return contentType.equals(TYPE);
        }

        @Override
        public Unwrapping unwrapping() {
            return bytes ->
                    ByteBuffer.wrap(
                            UTF_8.decode(bytes).toString().replaceAll("[<>]", "").getBytes(UTF_8));
        }

        @Override
        public EventReader reader() {
            return inner.reader();
        }

        @Override
        public LlmError readError(int status, byte[] body) {
            return new LlmError(LlmError.Kind.RATE_LIMIT, status, "framed", null, null);
        }
    }

    private static final Provider PROVIDER =
            new Provider() {
                @Override
                public String name() {
                    return "framed";
                }

                @Override
                public List<ProviderDialect> dialects(LlmTarget target) {
                    return List.of(new Framed());
                }

                @Override
                public Endpoint endpoint(LlmTarget target, Wanted wanted) {
                    return Endpoint.parse("http://127.0.0.1/");
                }
            };

    private static LlmCall call(Operation operation) {
        return new LlmCall(
                new LlmTarget("framed", "m", RouteType.CHAT, Json.object(), null, null, null),
                new ClientCall(new ChatDialect(), operation, "m", true),
                new LlmBody("{}".getBytes(UTF_8)),
                true,
                true,
                true,
                false);
    }

    private static Codec codec(LlmCall call) {
        return Objects.requireNonNull(
                        Lane.of(PROVIDER, call, InstantSource.system()), "there is a lane")
                .codec();
    }

    @Test
    void givesTheClientTheEventsWithoutTheirFrames() {
        LlmCall call = call(Operation.CHAT);
        Codec codec = codec(call);
        assertThat(codec.streams(call, TYPE)).isTrue();
        AnswerStream stream = codec.stream(call, TYPE);
        String event =
                "data: {\"type\":\"message_start\",\"message\":{\"id\":\"i\",\"model\":\"answering\"}}\n\n";
        ByteBuffer shown = stream.onBytes(ByteBuffer.wrap(("<" + event + ">").getBytes(UTF_8)));
        assertThat(UTF_8.decode(shown).toString()).isEqualTo(event);
        assertThat(stream.contentType()).isEqualTo("text/event-stream");
        assertThat(call.responseModel()).as("the stream is read along").isEqualTo("answering");
        assertThat(stream.complete()).isFalse();
        assertThat(UTF_8.decode(stream.onEnd()).toString()).contains(EventReader.CUT_SHORT);
    }

    @Test
    void saysRefusalsInTheClientsWords() {
        Codec.Refusal refusal =
                codec(call(Operation.CHAT))
                        .decodeRefusal(400, AnswerHeaders.NONE, "<x>".getBytes(UTF_8));
        assertThat(refusal.status()).isEqualTo(429);
        assertThat(new String(refusal.body(), UTF_8)).contains("\"message\":\"framed\"");
    }

    @Test
    void isNotAskedToCount() {
        assertThat(Lane.of(PROVIDER, call(Operation.COUNT_TOKENS), InstantSource.system()))
                .isNull();
    }
}
