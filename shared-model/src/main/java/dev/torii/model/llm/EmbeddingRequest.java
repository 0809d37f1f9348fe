package dev.torii.model.llm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request for embeddings, whatever the words it came in. What is null was not said, and is not
/// said upstream.
///
/// @param model null until chosen
/// @param inputs at least one; each gets a vector, in this order
/// @param dimensions of a vector
/// @param packed whether the client wants vectors as base64 of little-endian floats
/// @param purpose what the vectors are for
/// @param endUser the application's name for its user
/// @param extra fields that only the client's dialect knows
public record EmbeddingRequest(
        @Nullable String model,
        List<Input> inputs,
        @Nullable Integer dimensions,
        boolean packed,
        @Nullable Purpose purpose,
        @Nullable String endUser,
        Extra extra) {

    public EmbeddingRequest {
        inputs = List.copyOf(inputs);
    }

    /// What becomes a vector.
    public sealed interface Input {

        record Text(String text) implements Input {}

        /// A text as the model's own tokenizer cut it.
        record Tokens(List<Integer> tokens) implements Input {

            public Tokens {
                tokens = List.copyOf(tokens);
            }
        }
    }

    /// What vectors are for; some models make others for each.
    public enum Purpose {
        QUERY,
        DOCUMENT,
        SIMILARITY,
        CLASSIFICATION,
        CLUSTERING
    }

    /// The same for another model or other inputs.
    public EmbeddingRequest with(@Nullable String otherModel, List<Input> others) {
        return new EmbeddingRequest(
                otherModel, others, dimensions, packed, purpose, endUser, extra);
    }
}
