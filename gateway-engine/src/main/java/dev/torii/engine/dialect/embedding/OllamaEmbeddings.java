package dev.torii.engine.dialect.embedding;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EmbeddingDialect;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.Unsaid;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.EmbeddingAnswer;
import dev.torii.model.llm.EmbeddingRequest;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Losses;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `POST /api/embed`. Source: Ollama's API reference, "Generate Embeddings".
public final class OllamaEmbeddings implements EmbeddingDialect {

    /// Fields that no other vendor has, so that a client who sends one means Ollama.
    private static final Set<String> OWN = Set.of("keep_alive", "options", "truncate");

    @Override
    public String name() {
        return "ollama";
    }

    @Override
    public List<ObjectNode> writeRequests(EmbeddingRequest request, Losses losses)
            throws UnsayableException {
        losses.droppedIf(request.endUser() != null, "user");
        losses.droppedIf(request.purpose() != null, "input_type");
        ObjectNode json = Json.object().put("model", request.model());
        json.set("input", Inputs.array(Inputs.texts(request)));
        if (request.dimensions() != null) {
            json.put("dimensions", request.dimensions());
        }
        Unsaid.extra(json, request.extra(), name(), OWN, losses);
        return List.of(json);
    }

    @Override
    public EmbeddingAnswer readAnswer(byte[] body, Function<String, @Nullable String> headers)
            throws UnreadableAnswerException {
        ObjectNode answer = Json.parseObjectOrNull(body);
        if (answer == null) {
            throw new UnreadableAnswerException("the answer is no JSON object");
        }
        return new EmbeddingAnswer(
                Fields.text(answer, "model"),
                Vectors.readAll(answer.path("embeddings")),
                Fields.wide(answer, "prompt_eval_count"));
    }

    @Override
    public LlmError readError(int status, byte[] body) {
        return EmbeddingErrors.read(status, body);
    }
}
