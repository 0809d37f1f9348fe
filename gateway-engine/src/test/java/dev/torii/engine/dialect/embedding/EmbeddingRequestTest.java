package dev.torii.engine.dialect.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EmbeddingDialect;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.EmbeddingRequest;
import dev.torii.model.llm.Loss;
import dev.torii.model.llm.Losses;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an OpenAI client's request for embeddings is in the words of each provider.
class EmbeddingRequestTest {

    private final Losses losses = new Losses();

    private static EmbeddingRequest request(String model, String fields) throws Exception {
        return new OpenAiEmbeddingClient()
                .readRequest(
                        (ObjectNode) Json.parse("{\"model\":\"" + model + "\"," + fields + "}"));
    }

    private List<String> written(EmbeddingDialect dialect, String model, String fields)
            throws Exception {
        return dialect.writeRequests(request(model, fields), losses).stream()
                .map(Json::text)
                .toList();
    }

    private int lost(Loss.Action action, String what) {
        return losses.all().stream()
                .filter(loss -> loss.action() == action && loss.what().equals(what))
                .mapToInt(Loss::count)
                .sum();
    }

    private static final String ALL =
            "\"input\":[\"a\",\"b\"],\"dimensions\":8,\"encoding_format\":\"base64\","
                    + "\"input_type\":\"search_query\",\"user\":\"u\",\"x\":\"c4n4ry\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"input\":\"a\"",
                "\"input\":[\"a\",\"b\"],\"dimensions\":8,\"encoding_format\":\"base64\",\"user\":\"u\"",
                "\"input\":[1,2,3]",
                "\"input\":[[1,2],[3]]",
                "\"input\":[\"a\",[3]]",
                "\"input\":\"a\",\"something\":{\"new\":1.50}"
            })
    void isTheSameForOpenAi(String fields) throws Exception {
        assertThat(written(OpenAiEmbeddings.OPENAI, "m", fields))
                .containsExactly("{\"model\":\"m\"," + fields + "}");
        assertThat(losses.all()).isEmpty();
    }

    @Test
    void saysAllThatMistralKnows() throws Exception {
        assertThat(written(OpenAiEmbeddings.MISTRAL, "m", ALL))
                .containsExactly(
                        "{\"model\":\"m\",\"input\":[\"a\",\"b\"],\"output_dimension\":8}");
        assertThat(lost(Loss.Action.DROPPED, "user")).isEqualTo(1);
        assertThat(lost(Loss.Action.DROPPED, "input_type")).isEqualTo(1);
        assertThat(lost(Loss.Action.DROPPED, "x")).isEqualTo(1);
    }

    @Test
    void saysAllThatCohereKnows() throws Exception {
        assertThat(written(new CohereEmbeddings(), "m", ALL))
                .containsExactly(
                        "{\"model\":\"m\",\"input_type\":\"search_query\",\"embedding_types\":[\"float\"],"
                                + "\"output_dimension\":8,\"texts\":[\"a\",\"b\"]}");
        assertThat(lost(Loss.Action.DROPPED, "user")).isEqualTo(1);
        assertThat(lost(Loss.Action.DROPPED, "x")).isEqualTo(1);
    }

    @Test
    void saysAllThatGoogleKnows() throws Exception {
        assertThat(written(new GeminiEmbeddings(), "m", ALL))
                .containsExactly(
                        "{\"requests\":[{\"model\":\"models/m\",\"content\":{\"parts\":[{\"text\":\"a\"}]},"
                                + "\"taskType\":\"RETRIEVAL_QUERY\",\"outputDimensionality\":8},"
                                + "{\"model\":\"models/m\",\"content\":{\"parts\":[{\"text\":\"b\"}]},"
                                + "\"taskType\":\"RETRIEVAL_QUERY\",\"outputDimensionality\":8}]}");
        assertThat(written(new VertexEmbeddings(), "text-embedding-005", ALL))
                .containsExactly(
                        "{\"instances\":[{\"task_type\":\"RETRIEVAL_QUERY\",\"content\":\"a\"},"
                                + "{\"task_type\":\"RETRIEVAL_QUERY\",\"content\":\"b\"}],"
                                + "\"parameters\":{\"outputDimensionality\":8}}");
        assertThat(
                        written(
                                new VertexEmbeddings(),
                                "gemini-embedding-001",
                                "\"input\":[\"a\",\"b\"]"))
                .containsExactly(
                        "{\"instances\":[{\"content\":\"a\"}]}",
                        "{\"instances\":[{\"content\":\"b\"}]}");
    }

    @Test
    void saysAllThatEachModelOfBedrockKnows() throws Exception {
        var bedrock = new BedrockEmbeddings();
        assertThat(written(bedrock, "amazon.titan-embed-text-v2:0", ALL))
                .containsExactly(
                        "{\"inputText\":\"a\",\"dimensions\":8}",
                        "{\"inputText\":\"b\",\"dimensions\":8}");
        assertThat(written(bedrock, "amazon.titan-embed-image-v1", ALL).getFirst())
                .isEqualTo(
                        "{\"inputText\":\"a\",\"embeddingConfig\":{\"outputEmbeddingLength\":8}}");
        assertThat(written(bedrock, "us.cohere.embed-v4:0", ALL))
                .containsExactly(
                        "{\"texts\":[\"a\",\"b\"],\"input_type\":\"search_query\","
                                + "\"embedding_types\":[\"float\"],\"output_dimension\":8}");
        assertThat(written(bedrock, "amazon.nova-2-multimodal-embeddings-v1:0", ALL))
                .hasSize(2)
                .first()
                .isEqualTo(
                        "{\"taskType\":\"SINGLE_EMBEDDING\",\"singleEmbeddingParams\":{"
                                + "\"embeddingPurpose\":\"TEXT_RETRIEVAL\","
                                + "\"text\":{\"truncationMode\":\"NONE\",\"value\":\"a\"},\"embeddingDimension\":8}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"amazon.titan-embed-text-v1", "cohere.embed-english-v3", "anthropic.claude"})
    void refusesWhatAModelOfBedrockCannot(String model) {
        assertThatThrownBy(() -> written(new BedrockEmbeddings(), model, ALL))
                .isInstanceOf(UnsayableException.class)
                .hasMessageContaining(model);
    }

    @Test
    void saysAllThatOllamaAndHuggingFaceKnow() throws Exception {
        assertThat(
                        written(
                                new OllamaEmbeddings(),
                                "m",
                                ALL + ",\"keep_alive\":\"5m\",\"truncate\":false"))
                .containsExactly(
                        "{\"model\":\"m\",\"input\":[\"a\",\"b\"],\"dimensions\":8,"
                                + "\"keep_alive\":\"5m\",\"truncate\":false}");
        assertThat(written(new HuggingFaceEmbeddings(), "m", ALL + ",\"normalize\":true"))
                .containsExactly("{\"inputs\":[\"a\",\"b\"],\"dimensions\":8,\"normalize\":true}");
        assertThat(lost(Loss.Action.DROPPED, "x")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "search_query,search_query",
        "retrieval_document,search_document",
        "passage,search_document",
        "CLUSTERING,clustering",
        "semantic_similarity,clustering",
        "classification,classification"
    })
    void translatesWhatVectorsAreFor(String given, String cohere) throws Exception {
        assertThat(
                        written(
                                        new CohereEmbeddings(),
                                        "m",
                                        "\"input\":\"a\",\"input_type\":\"" + given + "\"")
                                .getFirst())
                .contains("\"input_type\":\"" + cohere + "\"");
    }

    @Test
    void asksInSeveralCallsWhereThereAreTooManyTexts() throws Exception {
        String texts =
                IntStream.range(0, 200)
                        .mapToObj(i -> "\"t" + i + "\"")
                        .collect(Collectors.joining(","));
        EmbeddingRequest request = request("m", "\"input\":[" + texts + "],\"x\":1");
        List<ObjectNode> calls = new CohereEmbeddings().writeRequests(request, losses);
        assertThat(calls).hasSize(3);
        assertThat(calls.get(2).path("texts")).hasSize(8);
        assertThat(calls.get(2).path("texts").get(7).textValue()).isEqualTo("t199");
        assertThat(lost(Loss.Action.DROPPED, "x")).isEqualTo(1);
        assertThat(new GeminiEmbeddings().writeRequests(request, losses)).hasSize(2);
        assertThat(new HuggingFaceEmbeddings().writeRequests(request, new Losses())).hasSize(7);
        assertThat(OpenAiEmbeddings.OPENAI.writeRequests(request, losses)).hasSize(1);
    }

    @Test
    void refusesTokensWhereOnlyTextsAreTaken() {
        for (EmbeddingDialect dialect :
                List.of(
                        OpenAiEmbeddings.MISTRAL,
                        new CohereEmbeddings(),
                        new GeminiEmbeddings(),
                        new VertexEmbeddings(),
                        new OllamaEmbeddings(),
                        new HuggingFaceEmbeddings(),
                        new BedrockEmbeddings())) {
            assertThatThrownBy(() -> written(dialect, "m", "\"input\":[[1,2]]"))
                    .as(dialect.name())
                    .isInstanceOf(UnsayableException.class)
                    .hasMessageStartingWith("input: m takes texts");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"input\":[]",
                "\"input\":null",
                "\"input\":{}",
                "\"input\":[[]]",
                "\"input\":[1.5]",
                "\"input\":[{}]",
                "\"input\":\"a\",\"dimensions\":-1",
                "\"input\":\"a\",\"dimensions\":\"8\"",
                "\"input\":\"a\",\"encoding_format\":\"int8\"",
                "\"input\":\"a\",\"input_type\":\"mood\""
            })
    void refusesWhatIsNoRequest(String fields) {
        assertThatThrownBy(() -> request("m", fields))
                .isInstanceOf(UnsayableException.class)
                .hasMessageContaining("expected");
    }
}
