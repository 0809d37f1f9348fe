package dev.torii.model.llm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Embeddings, whatever the words they came in.
///
/// @param model the one that answered, as it named itself
/// @param vectors one for each input, in the order of the inputs
/// @param inputTokens null where the provider counts nothing
public record EmbeddingAnswer(
        @Nullable String model, List<Vector> vectors, @Nullable Long inputTokens) {

    public EmbeddingAnswer {
        vectors = List.copyOf(vectors);
    }

    /// A vector as it came, so that nothing is rounded on a way that changes nothing.
    public sealed interface Vector {

        record Numbers(ArrayNode values) implements Vector {}

        /// Floats in little-endian order, 32 bits each.
        record Packed(String base64) implements Vector {}
    }

    /// What several calls answered together, in their order.
    public static EmbeddingAnswer joined(List<EmbeddingAnswer> answers) {
        List<Vector> vectors = new ArrayList<>();
        Long tokens = 0L;
        for (EmbeddingAnswer answer : answers) {
            vectors.addAll(answer.vectors);
            tokens =
                    tokens == null || answer.inputTokens == null
                            ? null
                            : Long.valueOf(tokens + answer.inputTokens);
        }
        return new EmbeddingAnswer(answers.getFirst().model, vectors, tokens);
    }
}
