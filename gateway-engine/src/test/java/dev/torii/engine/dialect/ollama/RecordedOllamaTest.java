package dev.torii.engine.dialect.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.Recordings;
import dev.torii.engine.dialect.Recordings.Recording;
import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.engine.dialect.chat.ChatDialect;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.TokenUsage;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What Ollama was once asked and answered natively.
class RecordedOllamaTest {

    @TestFactory
    Stream<DynamicTest> readsEveryChat() throws IOException {
        return Recordings.each("ollama/chat", recording -> read(OllamaDialect.CHAT, recording));
    }

    @TestFactory
    Stream<DynamicTest> readsEveryCompletion() throws IOException {
        return Recordings.each(
                "ollama/generate", recording -> read(OllamaDialect.GENERATE, recording));
    }

    private static void read(ProviderDialect dialect, Recording recording) throws Exception {
        if (recording.isStream()) {
            String stream = new String(recording.body(), UTF_8).strip();
            JsonNode last = Json.parse(stream.substring(stream.lastIndexOf('\n') + 1));
            check(StreamGrammar.readHoweverCut(dialect::reader, stream).answer(), last);
        } else if (recording.status() == 200) {
            check(dialect.readAnswer(recording.body()), recording.response().path("body"));
        } else {
            LlmError error = dialect.readError(recording.status(), recording.body());
            assertThat(error.kind()).isEqualTo(LlmError.Kind.NOT_FOUND);
            assertThat(error.message())
                    .isEqualTo(recording.response().path("body").path("error").textValue());
        }
    }

    private static void check(LlmAnswer answer, JsonNode end) {
        assertThat(answer.model()).isEqualTo(end.path("model").textValue());
        assertThat(answer.created()).isPositive();
        assertThat(answer.choices()).hasSize(1);
        assertThat(answer.choices().getFirst().parts()).isNotEmpty();
        assertThat(answer.choices().getFirst().finish().kind())
                .isIn(Finish.Kind.STOP, Finish.Kind.TOOL_CALLS);
        TokenUsage usage = Objects.requireNonNull(answer.usage());
        assertThat(usage.promptTokens())
                .isEqualTo(end.path("prompt_eval_count").longValue())
                .isPositive();
        assertThat(usage.completionTokens())
                .isEqualTo(end.path("eval_count").longValue())
                .isPositive();
    }

    /// The recorded requests, said by an OpenAI client.
    @TestFactory
    Stream<DynamicTest> writesEveryChat() throws IOException {
        return Recordings.each("ollama/chat", RecordedOllamaTest::write);
    }

    private static void write(Recording recording) throws Exception {
        ObjectNode asked = recording.request();
        ObjectNode client = asked.deepCopy();
        for (JsonNode message : client.path("messages")) {
            for (JsonNode call : message.path("tool_calls")) {
                ObjectNode function = (ObjectNode) call.path("function");
                function.put("arguments", Json.text(function.path("arguments")));
                ((ObjectNode) call).put("id", "a");
            }
            if (message.path("role").asText().equals("tool")) {
                ((ObjectNode) message).put("tool_call_id", "a");
            }
        }
        ObjectNode written =
                OllamaDialect.CHAT.writeRequest(
                        new ChatDialect().readRequest(client), new Losses());
        for (JsonNode message : written.path("messages")) {
            ((ObjectNode) message).remove("tool_name");
            ((ObjectNode) message).remove("tool_call_id");
            message.path("tool_calls").forEach(call -> ((ObjectNode) call).remove("id"));
        }
        assertThat(written.path("messages")).isEqualTo(asked.path("messages"));
        if (asked.path("options").isEmpty()) {
            assertThat(written.path("options")).isEmpty();
        } else {
            assertThat(written.path("options")).isEqualTo(asked.path("options"));
        }
        if (!asked.path("tools").isEmpty()) {
            assertThat(written.path("tools")).isEqualTo(asked.path("tools"));
        }
    }
}
