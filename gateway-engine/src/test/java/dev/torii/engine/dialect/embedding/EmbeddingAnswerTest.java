package dev.torii.engine.dialect.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EmbeddingDialect;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.EmbeddingAnswer;
import dev.torii.model.llm.LlmError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What embeddings become for an OpenAI client.
class EmbeddingAnswerTest {

    private static final List<EmbeddingDialect> ALL =
            List.of(
                    OpenAiEmbeddings.OPENAI,
                    OpenAiEmbeddings.MISTRAL,
                    new CohereEmbeddings(),
                    new GeminiEmbeddings(),
                    new VertexEmbeddings(),
                    new BedrockEmbeddings(),
                    new OllamaEmbeddings(),
                    new HuggingFaceEmbeddings());

    /// 1 and -0.5 as little-endian floats.
    private static final String PACKED = "AACAPwAAAL8=";

    private static EmbeddingAnswer read(EmbeddingDialect dialect, String body) throws Exception {
        return dialect.readAnswer(
                body.getBytes(UTF_8), Map.of("x-amzn-bedrock-input-token-count", "10")::get);
    }

    private static String written(EmbeddingAnswer answer, String encoding) throws Exception {
        var client = new OpenAiEmbeddingClient();
        ObjectNode request =
                (ObjectNode)
                        Json.parse(
                                "{\"model\":\"m\",\"input\":\"a\",\"encoding_format\":\""
                                        + encoding
                                        + "\"}");
        return new String(client.writeAnswer(answer, client.readRequest(request)), UTF_8);
    }

    private static String row(int index, String embedding) {
        return "{\"object\":\"embedding\",\"index\":" + index + ",\"embedding\":" + embedding + "}";
    }

    @Test
    void keepNumbersAsTheyCameAndPackThemWhereAsked() throws Exception {
        EmbeddingAnswer answer =
                read(
                        OpenAiEmbeddings.OPENAI,
                        "{\"model\":\"x\",\"data\":["
                                + row(1, "[1.0,-0.50]")
                                + ","
                                + row(0, "[0.1000000001,1e-9]")
                                + "],\"usage\":{\"prompt_tokens\":7}}");
        assertThat(written(answer, "float"))
                .isEqualTo(
                        "{\"object\":\"list\",\"data\":["
                                + row(0, "[0.1000000001,1E-9]")
                                + ","
                                + row(1, "[1.0,-0.50]")
                                + "],\"model\":\"x\",\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}}");
        assertThat(written(answer, "base64")).contains("\"embedding\":\"" + PACKED + "\"");
    }

    @Test
    void unpackWhereNumbersWereAsked() throws Exception {
        EmbeddingAnswer answer =
                read(OpenAiEmbeddings.OPENAI, "{\"data\":[" + row(0, "\"" + PACKED + "\"") + "]}");
        assertThat(written(answer, "float"))
                .isEqualTo(
                        "{\"object\":\"list\",\"data\":["
                                + row(0, "[1.0,-0.5]")
                                + "],\"model\":\"m\"}");
        assertThat(written(answer, "base64")).contains("\"" + PACKED + "\"");
    }

    @Test
    void areJoinedInOrder() throws Exception {
        EmbeddingDialect cohere = new CohereEmbeddings();
        String body =
                "{\"embeddings\":{\"float\":[[%d,0]]},\"meta\":{\"billed_units\":{\"input_tokens\":%d}}}";
        EmbeddingAnswer joined =
                EmbeddingAnswer.joined(
                        List.of(
                                read(cohere, body.formatted(1, 3)),
                                read(cohere, body.formatted(2, 4))));
        assertThat(joined.inputTokens()).isEqualTo(7);
        assertThat(written(joined, "float")).contains(row(0, "[1,0]") + "," + row(1, "[2,0]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"embedding\":[1,-0.5],\"inputTextTokenCount\":3}",
                "{\"embeddings\":[{\"embeddingType\":\"TEXT\",\"embedding\":[1,-0.5]}]}",
                "{\"embeddings\":[[1,-0.5]]}",
                "{\"embeddings\":{\"float\":[[1,-0.5]]}}"
            })
    void areReadInAllFormsOfBedrock(String body) throws Exception {
        EmbeddingAnswer answer = read(new BedrockEmbeddings(), body);
        assertThat(answer.inputTokens()).isEqualTo(10);
        assertThat(written(answer, "base64")).contains(PACKED);
    }

    @Test
    void countTitansTokensWithoutTheHeaderToo() throws Exception {
        EmbeddingAnswer answer =
                new BedrockEmbeddings()
                        .readAnswer(
                                "{\"embedding\":[1],\"inputTextTokenCount\":3}".getBytes(UTF_8),
                                name -> null);
        assertThat(answer.inputTokens()).isEqualTo(3);
    }

    @Test
    void areReadInAllFormsOfGoogle() throws Exception {
        assertThat(
                        written(
                                read(
                                        new GeminiEmbeddings(),
                                        "{\"embedding\":{\"values\":[1,-0.5]}}"),
                                "base64"))
                .contains(PACKED);
        EmbeddingAnswer answer =
                read(
                        new VertexEmbeddings(),
                        "{\"predictions\":[{\"embeddings\":{\"values\":[1,-0.5],\"statistics\":{\"token_count\":4}}},"
                                + "{\"embeddings\":{\"values\":[1,-0.5],\"statistics\":{\"token_count\":5}}}]}");
        assertThat(answer.vectors()).hasSize(2);
        assertThat(answer.inputTokens()).isEqualTo(9);
    }

    @Test
    void areReadInAllFormsOfHuggingFace() throws Exception {
        var huggingFace = new HuggingFaceEmbeddings();
        assertThat(written(read(huggingFace, "[[1,-0.5]]"), "base64")).contains(PACKED);
        assertThat(written(read(huggingFace, "[1,-0.5]"), "base64")).contains(PACKED);
        assertThatThrownBy(() -> read(huggingFace, "[[[1,-0.5]]]"))
                .isInstanceOf(UnreadableAnswerException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{}",
                "{\"data\":[]}",
                "{\"data\":[{\"embedding\":\"!\"}]}",
                "{\"data\":[{\"embedding\":\"AAA=\"}]}",
                "{\"embeddings\":[{}]}"
            })
    void areNotReadWhereTheyAreGarbage(String body) {
        for (EmbeddingDialect dialect : ALL) {
            assertThatThrownBy(() -> read(dialect, body))
                    .as(dialect.name())
                    .isInstanceOf(UnreadableAnswerException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|{\"error\":{\"message\":\"bad\",\"param\":\"input\",\"code\":null}}|bad|INVALID",
                "400|{\"error\":{\"message\":\"This model's maximum context length is 8192"
                        + " tokens\"}}|This model's maximum context length is 8192 tokens|CONTEXT",
                "400|{\"error\":{\"code\":400,\"message\":\"API key not"
                        + " valid.\",\"status\":\"INVALID_ARGUMENT\"}}|API key not valid.|AUTH",
                "400|{\"error\":\"the input length exceeds the context length\"}|the input length"
                        + " exceeds the context length|CONTEXT",
                "401|{\"id\":\"i\",\"message\":\"invalid api token\"}|invalid api token|AUTH",
                "403|{\"message\":\"not allowed\"}|not allowed|PERMISSION",
                "404|Not Found|Not Found|NOT_FOUND",
                "422|{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"field required\"}]}|field"
                        + " required|INVALID",
                "429|{\"error\":{\"message\":\"m\",\"code\":\"insufficient_quota\"}}|m|QUOTA",
                "429|{\"detail\":\"slow down\"}|slow down|RATE_LIMIT",
                "503|<html>|the provider answered 503 and gave no reason|OVERLOADED"
            })
    void nameRefusals(int status, String body, String message, LlmError.Kind kind) {
        for (EmbeddingDialect dialect : ALL) {
            if (dialect instanceof BedrockEmbeddings) {
                continue;
            }
            LlmError error = dialect.readError(status, body.getBytes(UTF_8));
            assertThat(error.message()).isEqualTo(message);
            assertThat(error.kind()).isEqualTo(kind);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403|UnrecognizedClientException:http://x/|The security token included in the request"
                        + " is invalid.|AUTH",
                "403|AccessDeniedException|no access|PERMISSION",
                "400|ValidationException|Too many input tokens. Max input tokens: 8192|CONTEXT",
                "429|ThrottlingException|Too many tokens, please wait|RATE_LIMIT",
                "503||later|OVERLOADED"
            })
    void nameRefusalsOfBedrockByTheirHeader(
            int status, String type, String message, LlmError.Kind kind) {
        LlmError error =
                new BedrockEmbeddings()
                        .readError(
                                status,
                                name -> name.equals("x-amzn-errortype") ? type : null,
                                "{\"message\":\"%s\"}".formatted(message).getBytes(UTF_8));
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.message()).isEqualTo(message);
    }
}
