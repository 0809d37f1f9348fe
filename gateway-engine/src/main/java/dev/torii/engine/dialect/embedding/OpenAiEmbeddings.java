package dev.torii.engine.dialect.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EmbeddingDialect;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.Unsaid;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.EmbeddingAnswer;
import dev.torii.model.llm.EmbeddingRequest;
import dev.torii.model.llm.EmbeddingRequest.Input;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Losses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// OpenAI's embeddings, and those of servers that copy them. Source: OpenAI's API reference,
/// "Create embeddings".
public final class OpenAiEmbeddings implements EmbeddingDialect {

    public static final String NAME = "openai";

    /// OpenAI, Azure, and most others.
    public static final EmbeddingDialect OPENAI =
            new OpenAiEmbeddings(NAME, "dimensions", true, 2048, Set.of());

    /// Mistral has another name for the dimensions, and is not known to take tokens. Source:
    /// Mistral's API reference, "Embeddings".
    public static final EmbeddingDialect MISTRAL =
            new OpenAiEmbeddings(
                    "mistral",
                    "output_dimension",
                    false,
                    512,
                    Set.of("output_dimension", "output_dtype"));

    private final String name;
    private final String dimensions;
    private final boolean original;
    private final int most;
    private final Set<String> own;

    /// What a server takes.
    ///
    /// @param dimensions its name for them
    /// @param original whether it takes tokens, base64 and users as OpenAI does
    /// @param most inputs in a call
    /// @param own fields that no other vendor has
    private OpenAiEmbeddings(
            String name, String dimensions, boolean original, int most, Set<String> own) {
        this.name = name;
        this.dimensions = dimensions;
        this.original = original;
        this.most = most;
        this.own = own;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<ObjectNode> writeRequests(EmbeddingRequest request, Losses losses)
            throws UnsayableException {
        if (!original) {
            Inputs.texts(request);
        }
        losses.droppedIf(request.purpose() != null, "input_type");
        losses.droppedIf(!original && request.endUser() != null, "user");
        List<ObjectNode> calls = new ArrayList<>();
        for (List<Input> inputs : Inputs.batches(request.inputs(), most)) {
            ObjectNode json = Json.object().put("model", request.model());
            json.set("input", input(inputs));
            if (request.dimensions() != null) {
                json.put(dimensions, request.dimensions());
            }
            if (original && request.packed()) {
                json.put("encoding_format", "base64");
            }
            if (original && request.endUser() != null) {
                json.put("user", request.endUser());
            }
            Unsaid.extra(json, request.extra(), name, own, calls.isEmpty() ? losses : new Losses());
            calls.add(json);
        }
        return calls;
    }

    private static JsonNode input(List<Input> inputs) {
        ArrayNode all = Json.array();
        for (Input input : inputs) {
            switch (input) {
                case Input.Text(var text) -> all.add(text);
                case Input.Tokens(var tokens) -> tokens.forEach(all.addArray()::add);
            }
        }
        return all.size() == 1 ? all.get(0) : all;
    }

    @Override
    public EmbeddingAnswer readAnswer(byte[] body, Function<String, @Nullable String> headers)
            throws UnreadableAnswerException {
        ObjectNode answer = Json.parseObjectOrNull(body);
        if (answer == null || answer.path("data").isEmpty()) {
            throw new UnreadableAnswerException("the answer holds no embeddings");
        }
        List<JsonNode> rows = new ArrayList<>();
        answer.path("data").forEach(rows::add);
        // A row without an index is where it belongs.
        rows.sort(Comparator.comparingInt(row -> row.path("index").asInt()));
        List<EmbeddingAnswer.Vector> vectors = new ArrayList<>();
        for (JsonNode row : rows) {
            vectors.add(Vectors.read(row.path("embedding")));
        }
        return new EmbeddingAnswer(
                Fields.text(answer, "model"),
                vectors,
                Fields.wide(answer.path("usage"), "prompt_tokens"));
    }

    @Override
    public LlmError readError(int status, byte[] body) {
        return EmbeddingErrors.read(status, body);
    }
}
