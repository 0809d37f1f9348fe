package dev.torii.engine.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ModelCard;
import dev.torii.engine.dialect.Recordings;
import dev.torii.engine.dialect.Recordings.Recording;
import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.TokenUsage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What Gemini was once asked and answered, however the network cuts it.
class RecordedGeminiTest {

    @TestFactory
    Stream<DynamicTest> readsEveryAnswer() throws IOException {
        return Recordings.each("gemini/generate", RecordedGeminiTest::read);
    }

    @TestFactory
    Stream<DynamicTest> readsEveryAnswerOfVertex() throws IOException {
        return Recordings.each("gemini/vertex-generate", RecordedGeminiTest::read);
    }

    private static void read(Recording recording) throws Exception {
        JsonNode body = recording.response().path("body");
        var dialect = new GeminiDialect();
        if (recording.isStream()) {
            String stream = new String(recording.body(), UTF_8);
            StreamGrammar read = StreamGrammar.readHoweverCut(GeminiEventReader::new, stream);
            if (stream.isEmpty()) {
                assertThat(read.error().kind()).isEqualTo(LlmError.Kind.SERVER);
            } else {
                check(read.answer(), lastData(stream));
            }
        } else if (body instanceof ArrayNode chunks) {
            byte[] raw = recording.body();
            var random = new Random(7);
            for (int i = 0; i < 20; i++) {
                List<byte[]> pieces = StreamGrammar.cut(raw, () -> 1 + random.nextInt(60));
                check(
                        StreamGrammar.read(new GeminiEventReader(), pieces).answer(),
                        chunks.get(chunks.size() - 1));
            }
            check(dialect.readAnswer(raw), chunks.get(chunks.size() - 1));
        } else if (recording.status() == 200) {
            LlmAnswer answer = dialect.readAnswer(recording.body());
            check(answer, body);
            String event = "data: " + Json.text(body) + "\n\n";
            if (!body.at("/candidates/0").has("groundingMetadata")) {
                assertThat(StreamGrammar.readHoweverCut(GeminiEventReader::new, event).answer())
                        .isEqualTo(answer);
            }
        } else {
            int status = recording.status();
            checkError(dialect.readError(status, recording.body()), status);
        }
    }

    private static JsonNode lastData(String stream) throws Exception {
        String[] events = stream.strip().split("\r\n\r\n", -1);
        return Json.parse(events[events.length - 1].substring("data: ".length()));
    }

    private static void check(LlmAnswer answer, JsonNode said) {
        assertThat(answer.id()).isEqualTo(said.path("responseId").textValue());
        assertThat(answer.model()).isEqualTo(said.path("modelVersion").textValue());
        assertThat(answer.choices()).hasSize(1);
        TokenUsage usage = Objects.requireNonNull(answer.usage());
        assertThat(usage.totalTokens())
                .isEqualTo(said.at("/usageMetadata/totalTokenCount").longValue());
        assertThat(usage.reasoning())
                .isEqualTo(said.at("/usageMetadata/thoughtsTokenCount").longValue());
        Finish finish = answer.choices().getFirst().finish();
        List<Part> parts = answer.choices().getFirst().parts();
        if (parts.stream().anyMatch(Part.ToolCall.class::isInstance)) {
            assertThat(finish.kind()).isEqualTo(Finish.Kind.TOOL_CALLS);
        } else if (parts.isEmpty()) {
            assertThat(finish.kind()).isEqualTo(Finish.Kind.LENGTH);
        } else {
            assertThat(finish.kind()).isEqualTo(Finish.Kind.STOP);
        }
    }

    private static void checkError(LlmError error, int status) {
        if (status == 400) {
            assertThat(error.kind()).isEqualTo(LlmError.Kind.AUTH);
            assertThat(error.message())
                    .isEqualTo("API key not valid. Please pass a valid API key.");
        } else {
            assertThat(status).isEqualTo(429);
            assertThat(error.kind()).isEqualTo(LlmError.Kind.RATE_LIMIT);
            assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(48));
        }
    }

    /// What a client said, Gemini is told: in the words that this writer chooses.
    @TestFactory
    Stream<DynamicTest> saysEveryRequestAgain() throws IOException {
        return Recordings.each("gemini/generate", RecordedGeminiTest::writtenAgain);
    }

    @TestFactory
    Stream<DynamicTest> saysEveryRequestToVertexAgain() throws IOException {
        return Recordings.each("gemini/vertex-generate", RecordedGeminiTest::writtenAgain);
    }

    private static void writtenAgain(Recording recording) throws Exception {
        ObjectNode asked = recording.request();
        asked.put("model", recording.path().replaceAll(".*/models/|:.*", ""));
        var dialect = new GeminiDialect();
        LlmRequest request = dialect.readRequest(asked);
        ObjectNode written = dialect.writeRequest(request, new Losses());
        assertThat(dialect.writeRequest(request, new Losses())).isEqualTo(written);
        assertThat(texts(written.path("contents"))).isEqualTo(texts(asked.path("contents")));
        assertThat(signatures(written)).isEqualTo(signatures(asked));
        assertThat(written.at("/systemInstruction/parts"))
                .isEqualTo(asked.at("/systemInstruction/parts"));
        assertThat(written.path("safetySettings")).isEqualTo(asked.path("safetySettings"));
        for (var field : asked.path("generationConfig").properties()) {
            if (!(field.getKey().equals("candidateCount") && field.getValue().intValue() == 1)) {
                assertThat(written.path("generationConfig").path(field.getKey()))
                        .as(field.getKey())
                        .isEqualTo(field.getValue());
            }
        }
        LlmRequest again = dialect.readRequest(written.put("model", request.model()));
        assertThat(again).usingRecursiveComparison().isEqualTo(request);
    }

    private static List<String> texts(JsonNode contents) {
        return contents.findValuesAsText("text");
    }

    private static List<String> signatures(JsonNode body) {
        return body.findValuesAsText("thoughtSignature");
    }

    @TestFactory
    Stream<DynamicTest> countsTokens() throws IOException {
        return Recordings.each(
                "gemini/count_tokens",
                recording -> {
                    LlmRequest request = new GeminiDialect().readRequest(recording.request());
                    assertThat(request.model()).isEqualTo("gemini-3.5-flash");
                    assertThat(request.messages().getFirst().text())
                            .isEqualTo("What is the capital of France?");
                    JsonNode ours = Json.parse(new GeminiDialect().writeCount(8));
                    assertThat(ours.path("totalTokens"))
                            .isEqualTo(recording.response().at("/body/totalTokens"));
                });
    }

    /// Our list has no field that Google's has not, and of the same types.
    @TestFactory
    Stream<DynamicTest> listsModelsAsGoogleDoes() throws IOException {
        return Recordings.each(
                "gemini/models",
                recording -> {
                    JsonNode theirs = recording.response().at("/body/models/3");
                    var card = new ModelCard("m", "p", Instant.EPOCH, 1L, 2L);
                    JsonNode ours =
                            Json.parse(new GeminiDialect().writeModels(List.of(card)))
                                    .at("/models/0");
                    for (var field : ours.properties()) {
                        assertThat(theirs.path(field.getKey()).getNodeType())
                                .as(field.getKey())
                                .isEqualTo(field.getValue().getNodeType());
                    }
                });
    }
}
