package dev.torii.engine.dialect.cohere;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Recordings;
import dev.torii.engine.dialect.Recordings.Recording;
import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.engine.dialect.chat.ChatDialect;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.TokenUsage;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What Cohere was once asked, written again, and what it answered, however the network cuts it.
class RecordedCohereTest {

    private final CohereDialect dialect = new CohereDialect();

    @TestFactory
    Stream<DynamicTest> readsEveryAnswer() throws IOException {
        return Recordings.each("cohere/chat", this::read);
    }

    private void read(Recording recording) throws Exception {
        if (recording.isStream()) {
            String stream = new String(recording.body(), UTF_8);
            check(
                    StreamGrammar.readHoweverCut(CohereEventReader::new, stream).answer(),
                    end(stream).path("usage"));
        } else if (recording.status() == 200) {
            check(
                    dialect.readAnswer(recording.body()),
                    recording.response().path("body").path("usage"));
        } else {
            LlmError error = dialect.readError(recording.status(), recording.body());
            assertThat(error.kind().status()).isEqualTo(recording.status());
            assertThat(error.message())
                    .isEqualTo(recording.response().path("body").path("message").textValue());
            if (recording.status() == 400) {
                assertThat(error.kind()).isEqualTo(LlmError.Kind.CONTEXT);
            }
        }
    }

    private static JsonNode end(String stream) throws Exception {
        int at = stream.indexOf("{\"type\":\"message-end\"");
        return Json.parse(stream.substring(at, stream.indexOf('\n', at))).path("delta");
    }

    private static void check(LlmAnswer answer, JsonNode usage) {
        assertThat(answer.id()).isNotEmpty();
        assertThat(answer.choices()).hasSize(1);
        assertThat(answer.choices().getFirst().parts()).isNotEmpty();
        TokenUsage counted = Objects.requireNonNull(answer.usage());
        assertThat(counted.promptTokens())
                .isEqualTo(usage.path("billed_units").path("input_tokens").longValue())
                .isPositive();
        assertThat(counted.completionTokens())
                .isEqualTo(usage.path("billed_units").path("output_tokens").longValue())
                .isPositive();
        assertThat(counted.reasoning())
                .isEqualTo(usage.path("tokens").path("reasoning_tokens").asLong());
    }

    /// These were asked by clients that write Cohere much as they write OpenAI, so that they can be
    /// read as such.
    @TestFactory
    Stream<DynamicTest> writesEveryRequest() throws IOException {
        return Recordings.each("cohere/chat", this::write);
    }

    private void write(Recording recording) throws Exception {
        ObjectNode asked = recording.request();
        ObjectNode written =
                dialect.writeRequest(new ChatDialect().readRequest(asked), new Losses());
        for (String field : new String[] {"model", "tools", "documents", "temperature"}) {
            assertThat(written.path(field)).as(field).isEqualTo(asked.path(field));
        }
        assertThat(written.path("stream").booleanValue())
                .isEqualTo(asked.path("stream").booleanValue());
        assertThat(written.path("messages")).isEqualTo(withoutEmptyTexts(asked));
    }

    private static JsonNode withoutEmptyTexts(ObjectNode asked) {
        JsonNode messages = asked.path("messages").deepCopy();
        for (JsonNode message : messages) {
            if (message.path("content").path(0).path("text").asText("-").isEmpty()) {
                ((ObjectNode) message).remove("content");
            }
        }
        return messages;
    }
}
