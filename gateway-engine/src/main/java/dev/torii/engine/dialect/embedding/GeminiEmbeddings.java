package dev.torii.engine.dialect.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EmbeddingDialect;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.EmbeddingAnswer;
import dev.torii.model.llm.EmbeddingAnswer.Vector;
import dev.torii.model.llm.EmbeddingRequest;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Losses;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `POST /v1beta/models/{model}:batchEmbedContents`. Source: the Gemini API reference,
/// "Embeddings".
public final class GeminiEmbeddings implements EmbeddingDialect {

    private static final int MOST = 100;

    @Override
    public String name() {
        return "gemini";
    }

    @Override
    public List<ObjectNode> writeRequests(EmbeddingRequest request, Losses losses)
            throws UnsayableException {
        Inputs.countUnsaid(request, losses);
        List<ObjectNode> calls = new ArrayList<>();
        for (List<String> texts : Inputs.batches(Inputs.texts(request), MOST)) {
            ObjectNode json = Json.object();
            ArrayNode requests = json.putArray("requests");
            texts.forEach(text -> requests.add(one(text, request)));
            calls.add(json);
        }
        return calls;
    }

    private static ObjectNode one(String text, EmbeddingRequest request) {
        ObjectNode json = Json.object().put("model", name(request.model()));
        json.putObject("content").putArray("parts").addObject().put("text", text);
        String task = task(request.purpose());
        if (task != null) {
            json.put("taskType", task);
        }
        if (request.dimensions() != null) {
            json.put("outputDimensionality", request.dimensions());
        }
        return json;
    }

    /// Models may be named with what they are.
    private static String name(@Nullable String model) {
        return model != null && model.startsWith("models/") ? model : "models/" + model;
    }

    /// Google's word for what vectors are for; null for not said.
    static @Nullable String task(EmbeddingRequest.@Nullable Purpose purpose) {
        return switch (purpose) {
            case QUERY -> "RETRIEVAL_QUERY";
            case DOCUMENT -> "RETRIEVAL_DOCUMENT";
            case SIMILARITY -> "SEMANTIC_SIMILARITY";
            case CLASSIFICATION -> "CLASSIFICATION";
            case CLUSTERING -> "CLUSTERING";
            case null -> null;
        };
    }

    @Override
    public EmbeddingAnswer readAnswer(byte[] body, Function<String, @Nullable String> headers)
            throws UnreadableAnswerException {
        ObjectNode answer = Json.parseObjectOrNull(body);
        if (answer == null) {
            throw new UnreadableAnswerException("the answer is no JSON object");
        }
        List<Vector> vectors = new ArrayList<>();
        for (JsonNode embedding : answer.path("embeddings")) {
            vectors.add(Vectors.read(embedding.path("values")));
        }
        if (answer.has("embedding")) {
            vectors.add(Vectors.read(answer.path("embedding").path("values")));
        }
        if (vectors.isEmpty()) {
            throw new UnreadableAnswerException("the answer holds no embeddings");
        }
        return new EmbeddingAnswer(
                null, vectors, Fields.wide(answer.path("usageMetadata"), "promptTokenCount"));
    }

    @Override
    public LlmError readError(int status, byte[] body) {
        return EmbeddingErrors.read(status, body);
    }
}
