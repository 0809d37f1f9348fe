package dev.torii.engine.dialect.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EmbeddingClient;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.EmbeddingAnswer;
import dev.torii.model.llm.EmbeddingRequest;
import dev.torii.model.llm.EmbeddingRequest.Input;
import dev.torii.model.llm.EmbeddingRequest.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// OpenAI's embeddings, as a client asks for them. `input_type`, which Cohere and others added,
/// says what the vectors are for.
public final class OpenAiEmbeddingClient implements EmbeddingClient {

    private static final Set<String> KNOWN =
            Set.of("model", "input", "dimensions", "encoding_format", "user", "input_type");

    private static final String EXPECTED =
            "input: expected a text, a list of texts, a list of tokens, or a list of such lists";

    @Override
    public String name() {
        return OpenAiEmbeddings.NAME;
    }

    @Override
    public EmbeddingRequest readRequest(ObjectNode body) throws UnsayableException {
        return new EmbeddingRequest(
                Fields.text(body, "model"),
                inputs(body.path("input")),
                dimensions(body),
                packed(body),
                purpose(Fields.text(body, "input_type")),
                Fields.text(body, "user"),
                Fields.others(body, KNOWN, OpenAiEmbeddings.NAME));
    }

    private static List<Input> inputs(JsonNode input) throws UnsayableException {
        if (input.isTextual() || input.path(0).isNumber()) {
            return List.of(one(input));
        }
        if (!input.isArray() || input.isEmpty()) {
            throw new UnsayableException(EXPECTED);
        }
        List<Input> inputs = new ArrayList<>();
        for (JsonNode one : input) {
            inputs.add(one(one));
        }
        return inputs;
    }

    private static Input one(JsonNode input) throws UnsayableException {
        if (input.isTextual()) {
            return new Input.Text(input.textValue());
        }
        if (!input.isArray() || input.isEmpty()) {
            throw new UnsayableException(EXPECTED);
        }
        List<Integer> tokens = new ArrayList<>();
        for (JsonNode token : input) {
            if (!token.isInt()) {
                throw new UnsayableException(EXPECTED);
            }
            tokens.add(token.intValue());
        }
        return new Input.Tokens(tokens);
    }

    private static @Nullable Integer dimensions(ObjectNode body) throws UnsayableException {
        Integer dimensions = Fields.integer(body, "dimensions");
        if (dimensions == null ? body.hasNonNull("dimensions") : dimensions < 1) {
            throw new UnsayableException("dimensions: expected a whole number above 0");
        }
        return dimensions;
    }

    private static boolean packed(ObjectNode body) throws UnsayableException {
        return switch (body.path("encoding_format").asText("float")) {
            case "base64" -> true;
            case "float", "null" -> false;
            default -> throw new UnsayableException("encoding_format: expected float or base64");
        };
    }

    /// In Cohere's words, Google's, or those of others that tell questions from texts.
    private static @Nullable Purpose purpose(@Nullable String type) throws UnsayableException {
        return switch (type == null ? null : type.toLowerCase(Locale.ROOT)) {
            case "search_query", "retrieval_query", "query" -> Purpose.QUERY;
            case "search_document", "retrieval_document", "document", "passage" -> Purpose.DOCUMENT;
            case "semantic_similarity", "similarity" -> Purpose.SIMILARITY;
            case "classification" -> Purpose.CLASSIFICATION;
            case "clustering" -> Purpose.CLUSTERING;
            case null -> null;
            default ->
                    throw new UnsayableException(
                            "input_type: expected one of search_query, search_document,"
                                    + " semantic_similarity, classification, clustering");
        };
    }

    @Override
    public byte[] writeAnswer(EmbeddingAnswer answer, EmbeddingRequest request) {
        ObjectNode json = Json.object().put("object", "list");
        ArrayNode data = json.putArray("data");
        for (EmbeddingAnswer.Vector vector : answer.vectors()) {
            ObjectNode row = Json.object().put("object", "embedding").put("index", data.size());
            if (request.packed()) {
                row.put("embedding", Vectors.packed(vector));
            } else {
                row.set("embedding", Vectors.numbers(vector));
            }
            data.add(row);
        }
        json.put("model", answer.model() == null ? request.model() : answer.model());
        if (answer.inputTokens() != null) {
            json.putObject("usage")
                    .put("prompt_tokens", answer.inputTokens())
                    .put("total_tokens", answer.inputTokens());
        }
        return Json.bytes(json);
    }
}
