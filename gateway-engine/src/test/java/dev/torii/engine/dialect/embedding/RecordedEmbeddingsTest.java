package dev.torii.engine.dialect.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EmbeddingDialect;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.Recordings;
import dev.torii.engine.dialect.Recordings.Recording;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.EmbeddingAnswer;
import dev.torii.model.llm.EmbeddingRequest;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Losses;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What providers were once asked for embeddings, written again, and what they answered.
class RecordedEmbeddingsTest {

    private final OpenAiEmbeddingClient client = new OpenAiEmbeddingClient();

    /// Those that were asked as OpenAI is.
    @TestFactory
    Stream<DynamicTest> copiesOfOpenAi() throws IOException {
        return Stream.of("openai", "azure", "mistral", "openrouter", "vllm")
                .flatMap(provider -> each(provider + "/embeddings"));
    }

    private Stream<DynamicTest> each(String folder) {
        try {
            return Recordings.each(folder, this::copied);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void copied(Recording recording) throws Exception {
        EmbeddingDialect dialect =
                recording.name().startsWith("mistral")
                        ? OpenAiEmbeddings.MISTRAL
                        : OpenAiEmbeddings.OPENAI;
        ObjectNode asked = recording.request();
        if (recording.status() == 400) {
            LlmError error = dialect.readError(400, recording.body());
            assertThat(error.kind()).isEqualTo(LlmError.Kind.INVALID);
            assertThat(error.message()).contains("-1 is less than the minimum of 1");
            assertThatThrownBy(() -> client.readRequest(asked))
                    .isInstanceOf(UnsayableException.class);
            return;
        }
        EmbeddingRequest request = client.readRequest(asked);
        JsonNode written = dialect.writeRequests(request, new Losses()).getFirst();
        assertThat(inList(written)).isEqualTo(inList(asked));

        EmbeddingAnswer answer = dialect.readAnswer(recording.body(), name -> null);
        JsonNode given = recording.response().path("body");
        assertThat(answer.vectors()).hasSize(request.inputs().size());
        assertThat(answer.inputTokens())
                .isEqualTo(given.path("usage").path("prompt_tokens").asLong());
        JsonNode passed = Json.parse(client.writeAnswer(answer, request));
        for (int i = 0; i < request.inputs().size(); i++) {
            JsonNode vector = given.path("data").path(i).path("embedding");
            JsonNode row = passed.path("data").path(i);
            assertThat(row.path("index").intValue()).isEqualTo(i);
            if (recording.name().startsWith("vllm")) {
                // It had packed doubles.
                assertThat(Vectors.numbers(answer.vectors().get(i))).hasSize(4096);
            } else {
                assertThat(row.path("embedding")).isEqualTo(vector);
            }
            assertLength(answer.vectors().get(i));
        }
    }

    private static ObjectNode inList(JsonNode request) {
        ObjectNode copy = request.deepCopy();
        if (copy.path("input").isTextual()) {
            String text = copy.path("input").textValue();
            copy.putArray("input").add(text);
        }
        return copy;
    }

    /// All these models make vectors of length 1 or so, which bytes in a wrong order are not.
    private static void assertLength(EmbeddingAnswer.Vector vector) {
        double sum = 0;
        var packedAndBack =
                Vectors.numbers(new EmbeddingAnswer.Vector.Packed(Vectors.packed(vector)));
        for (JsonNode value : packedAndBack) {
            sum += value.doubleValue() * value.doubleValue();
        }
        assertThat(sum).isBetween(0.4, 1.01);
    }

    @TestFactory
    Stream<DynamicTest> cohere() throws IOException {
        return Recordings.each(
                "cohere/embeddings",
                recording -> {
                    ObjectNode asked = recording.request();
                    own(
                            new CohereEmbeddings(),
                            recording,
                            asked.path("texts").path(0).textValue(),
                            asked.path("output_dimension").intValue(),
                            7L);
                });
    }

    @TestFactory
    Stream<DynamicTest> gemini() throws IOException {
        return Recordings.each(
                "gemini/embeddings",
                recording -> {
                    JsonNode asked = recording.request().path("requests").path(0);
                    own(
                            new GeminiEmbeddings(),
                            recording,
                            asked.path("content").path("parts").path(0).path("text").textValue(),
                            asked.path("outputDimensionality").intValue(),
                            8L);
                });
    }

    @TestFactory
    Stream<DynamicTest> ollama() throws IOException {
        return Recordings.each(
                "ollama/embed",
                recording ->
                        own(
                                new OllamaEmbeddings(),
                                recording,
                                recording.request().path("input").textValue(),
                                0,
                                2L));
    }

    @TestFactory
    Stream<DynamicTest> bedrock() throws IOException {
        return Recordings.each(
                "bedrock/invoke",
                recording -> {
                    JsonNode asked = recording.request().path("singleEmbeddingParams");
                    own(
                            new BedrockEmbeddings(),
                            recording,
                            asked.path("text").path("value").textValue(),
                            asked.path("embeddingDimension").intValue(),
                            10L);
                });
    }

    private void own(
            EmbeddingDialect dialect, Recording recording, String text, int dimensions, long tokens)
            throws Exception {
        ObjectNode asked = recording.request();
        String model = Fields.text(asked, "model");
        ObjectNode openAi =
                Json.object()
                        .put("model", model == null ? ofPath(recording) : model)
                        .put("input", text);
        if (dimensions > 0) {
            openAi.put("dimensions", dimensions);
        }
        if (asked.has("options")) {
            openAi.set("options", asked.get("options"));
        }
        EmbeddingRequest request = client.readRequest(openAi);
        ObjectNode written = dialect.writeRequests(request, new Losses()).getFirst();
        assertThat(normal(written)).isEqualTo(normal(asked));

        Map<String, String> headers =
                Map.of(
                        "x-amzn-bedrock-input-token-count",
                        recording
                                .response()
                                .path("headers")
                                .path("x-amzn-bedrock-input-token-count")
                                .asText());
        EmbeddingAnswer answer = dialect.readAnswer(recording.body(), headers::get);
        assertThat(answer.inputTokens()).isEqualTo(tokens);
        assertThat(answer.vectors()).hasSize(1);
        if (dimensions > 0) {
            assertThat(Vectors.numbers(answer.vectors().getFirst())).hasSize(dimensions);
        }
        assertLength(answer.vectors().getFirst());
    }

    private static String ofPath(Recording recording) {
        String path = recording.json().path("request").path("path").textValue();
        return path.replaceFirst("^.*/models?/", "").replaceFirst("(:[a-zA-Z]+|/invoke)$", "");
    }

    /// One text or a list of one are the same; how long texts are cut is not asked.
    private static ObjectNode normal(ObjectNode request) {
        ObjectNode copy = inList(request);
        if (copy.path("singleEmbeddingParams").path("text") instanceof ObjectNode text) {
            text.remove("truncationMode");
        }
        return copy;
    }
}
