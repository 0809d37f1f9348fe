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

/// `:predict` of Vertex AI. Source: Vertex AI's "Text embeddings API", by which Gemini's models
/// take one text a call and the others 250.
public final class VertexEmbeddings implements EmbeddingDialect {

    private static final int MOST = 250;

    @Override
    public String name() {
        return "vertex";
    }

    @Override
    public List<ObjectNode> writeRequests(EmbeddingRequest request, Losses losses)
            throws UnsayableException {
        Inputs.countUnsaid(request, losses);
        boolean oneByOne = request.model() != null && request.model().contains("gemini");
        String task = GeminiEmbeddings.task(request.purpose());
        List<ObjectNode> calls = new ArrayList<>();
        for (List<String> texts : Inputs.batches(Inputs.texts(request), oneByOne ? 1 : MOST)) {
            ObjectNode json = Json.object();
            ArrayNode instances = json.putArray("instances");
            for (String text : texts) {
                ObjectNode instance = instances.addObject();
                if (task != null) {
                    instance.put("task_type", task);
                }
                instance.put("content", text);
            }
            if (request.dimensions() != null) {
                json.putObject("parameters").put("outputDimensionality", request.dimensions());
            }
            calls.add(json);
        }
        return calls;
    }

    @Override
    public EmbeddingAnswer readAnswer(byte[] body, Function<String, @Nullable String> headers)
            throws UnreadableAnswerException {
        ObjectNode answer = Json.parseObjectOrNull(body);
        if (answer == null || answer.path("predictions").isEmpty()) {
            throw new UnreadableAnswerException("the answer holds no embeddings");
        }
        List<Vector> vectors = new ArrayList<>();
        Long tokens = 0L;
        for (JsonNode prediction : answer.path("predictions")) {
            JsonNode embeddings = prediction.path("embeddings");
            vectors.add(Vectors.read(embeddings.path("values")));
            JsonNode count = embeddings.path("statistics").path("token_count");
            tokens = tokens == null || !count.isNumber() ? null : tokens + count.longValue();
        }
        return new EmbeddingAnswer(Fields.text(answer, "model"), vectors, tokens);
    }

    @Override
    public LlmError readError(int status, byte[] body) {
        return EmbeddingErrors.read(status, body);
    }
}
