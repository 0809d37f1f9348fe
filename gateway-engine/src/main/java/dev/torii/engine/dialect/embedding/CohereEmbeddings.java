package dev.torii.engine.dialect.embedding;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EmbeddingDialect;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.EmbeddingAnswer;
import dev.torii.model.llm.EmbeddingRequest;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Losses;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `POST /v2/embed`. Source: Cohere's API reference, "Embed" (v2).
public final class CohereEmbeddings implements EmbeddingDialect {

    private static final int MOST = 96;

    @Override
    public String name() {
        return "cohere";
    }

    @Override
    public List<ObjectNode> writeRequests(EmbeddingRequest request, Losses losses)
            throws UnsayableException {
        Inputs.countUnsaid(request, losses);
        String type = CohereWords.of(request.purpose(), losses);
        List<ObjectNode> calls = new ArrayList<>();
        for (List<String> texts : Inputs.batches(Inputs.texts(request), MOST)) {
            ObjectNode json = Json.object().put("model", request.model()).put("input_type", type);
            json.putArray("embedding_types").add("float");
            if (request.dimensions() != null) {
                json.put("output_dimension", request.dimensions());
            }
            json.set("texts", Inputs.array(texts));
            calls.add(json);
        }
        return calls;
    }

    @Override
    public EmbeddingAnswer readAnswer(byte[] body, Function<String, @Nullable String> headers)
            throws UnreadableAnswerException {
        ObjectNode answer = Json.parseObjectOrNull(body);
        if (answer == null) {
            throw new UnreadableAnswerException("the answer is no JSON object");
        }
        return new EmbeddingAnswer(
                null,
                Vectors.readAll(answer.path("embeddings").path("float")),
                Fields.wide(answer.path("meta").path("billed_units"), "input_tokens"));
    }

    @Override
    public LlmError readError(int status, byte[] body) {
        return EmbeddingErrors.read(status, body);
    }
}
