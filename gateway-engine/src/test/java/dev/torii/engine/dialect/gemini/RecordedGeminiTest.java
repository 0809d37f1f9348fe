package dev.torii.engine.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ModelCard;
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
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static final Path FOLDER = Path.of("..", "..", "shared", "recordings", "gemini");

    private static Stream<DynamicTest> each(String folder, Check check) throws IOException {
        assumeTrue(
                Files.isDirectory(FOLDER),
                "no recordings beside this project, so none is replayed here");
        List<Path> files;
        try (Stream<Path> all = Files.list(FOLDER.resolve(folder))) {
            files = all.sorted().toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream()
                .map(file ->
                        DynamicTest.dynamicTest(
                                file.getFileName().toString(),
                                () -> check.on(file, Json.parse(Files.readAllBytes(file)))));
    }

    private interface Check {
        void on(Path file, JsonNode recording) throws Exception;
    }

    @TestFactory
    Stream<DynamicTest> readsEveryAnswer() throws IOException {
        return each("generate", RecordedGeminiTest::read);
    }

    @TestFactory
    Stream<DynamicTest> readsEveryAnswerOfVertex() throws IOException {
        return each("vertex-generate", RecordedGeminiTest::read);
    }

    private static void read(Path file, JsonNode recording) throws Exception {
        JsonNode response = recording.path("response");
        int status = response.path("status").intValue();
        var dialect = new GeminiDialect();
        if (response.has("sse")) {
            String stream = response.path("sse").textValue();
            StreamGrammar read = StreamGrammar.readHoweverCut(GeminiEventReader::new, stream);
            if (stream.isEmpty()) {
                assertThat(read.error().kind()).isEqualTo(LlmError.Kind.SERVER);
            } else {
                check(read.answer(), lastData(stream));
            }
        } else if (response.path("body") instanceof ArrayNode chunks) {
            byte[] raw = response.path("raw").textValue().getBytes(UTF_8);
            var random = new Random(7);
            for (int i = 0; i < 20; i++) {
                List<byte[]> pieces = StreamGrammar.cut(raw, () -> 1 + random.nextInt(60));
                check(
                        StreamGrammar.read(new GeminiEventReader(), pieces).answer(),
                        chunks.get(chunks.size() - 1));
            }
            check(dialect.readAnswer(raw), chunks.get(chunks.size() - 1));
        } else if (status == 200) {
            LlmAnswer answer = dialect.readAnswer(Json.bytes(response.path("body")));
            check(answer, response.path("body"));
            String event = "data: " + Json.text(response.path("body")) + "\n\n";
            if (!response.at("/body/candidates/0").has("groundingMetadata")) {
                assertThat(StreamGrammar.readHoweverCut(GeminiEventReader::new, event).answer())
                        .isEqualTo(answer);
            }
        } else {
            checkError(dialect.readError(status, Json.bytes(response.path("body"))), status);
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
        return each("generate", RecordedGeminiTest::writtenAgain);
    }

    @TestFactory
    Stream<DynamicTest> saysEveryRequestToVertexAgain() throws IOException {
        return each("vertex-generate", RecordedGeminiTest::writtenAgain);
    }

    private static void writtenAgain(Path file, JsonNode recording) throws Exception {
        ObjectNode asked = (ObjectNode) recording.at("/request/body");
        String path = recording.at("/request/path").textValue();
        asked.put("model", path.replaceAll(".*/models/|:.*", ""));
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
        return each(
                "count_tokens",
                (_, recording) -> {
                    ObjectNode asked = (ObjectNode) recording.at("/request/body");
                    LlmRequest request = new GeminiDialect().readRequest(asked);
                    assertThat(request.model()).isEqualTo("gemini-3.5-flash");
                    assertThat(request.messages().getFirst().text())
                            .isEqualTo("What is the capital of France?");
                    JsonNode ours = Json.parse(new GeminiDialect().writeCount(8));
                    assertThat(ours.path("totalTokens"))
                            .isEqualTo(recording.at("/response/body/totalTokens"));
                });
    }

    /// Our list has no field that Google's has not, and of the same types.
    @TestFactory
    Stream<DynamicTest> listsModelsAsGoogleDoes() throws IOException {
        return each(
                "models",
                (_, recording) -> {
                    JsonNode theirs = recording.at("/response/body/models/3");
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
