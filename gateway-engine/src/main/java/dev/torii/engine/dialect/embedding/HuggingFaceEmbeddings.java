package dev.torii.engine.dialect.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EmbeddingDialect;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.Unsaid;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.llm.EmbeddingAnswer;
import dev.torii.model.llm.EmbeddingRequest;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Losses;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The pipeline `feature-extraction`, which answers with bare vectors. Source: Hugging Face's
/// "Inference Providers", "Feature Extraction", and Text Embeddings Inference, whose usual limit of
/// a batch is kept.
public final class HuggingFaceEmbeddings implements EmbeddingDialect {

    private static final int MOST = 32;

    private static final Set<String> OWN =
            Set.of("normalize", "prompt_name", "truncate", "truncation_direction");

    @Override
    public String name() {
        return "huggingface";
    }

    @Override
    public List<ObjectNode> writeRequests(EmbeddingRequest request, Losses losses)
            throws UnsayableException {
        losses.droppedIf(request.endUser() != null, "user");
        losses.droppedIf(request.purpose() != null, "input_type");
        List<ObjectNode> calls = new ArrayList<>();
        for (List<String> texts : Inputs.batches(Inputs.texts(request), MOST)) {
            ObjectNode json = Json.object();
            json.set("inputs", Inputs.array(texts));
            if (request.dimensions() != null) {
                json.put("dimensions", request.dimensions());
            }
            Unsaid.extra(
                    json, request.extra(), name(), OWN, calls.isEmpty() ? losses : new Losses());
            calls.add(json);
        }
        return calls;
    }

    @Override
    public EmbeddingAnswer readAnswer(byte[] body, Function<String, @Nullable String> headers)
            throws UnreadableAnswerException {
        JsonNode answer;
        try {
            answer = Json.parse(body);
        } catch (MalformedJsonException e) {
            throw new UnreadableAnswerException("the answer is no JSON");
        }
        if (answer.path(0).path(0).isArray()) {
            throw new UnreadableAnswerException(
                    "the answer holds a vector for each token; the model does not embed texts");
        }
        // One text may be answered with its vector alone.
        return new EmbeddingAnswer(
                null,
                answer.path(0).isNumber() ? List.of(Vectors.read(answer)) : Vectors.readAll(answer),
                null);
    }

    @Override
    public LlmError readError(int status, byte[] body) {
        return EmbeddingErrors.read(status, body);
    }
}
