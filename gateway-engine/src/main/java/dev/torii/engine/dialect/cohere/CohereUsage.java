package dev.torii.engine.dialect.cohere;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.model.llm.TokenUsage;
import org.jspecify.annotations.Nullable;

/// Cohere counts twice: `billed_units`, which it charges for and which leave its own template out,
/// and `tokens`, which the model took. What is billed counts; a server that bills nothing tells the
/// tokens alone.
final class CohereUsage {

    private CohereUsage() {}

    /// Null where nothing is counted.
    static @Nullable TokenUsage read(JsonNode usage) {
        JsonNode billed = usage.path("billed_units");
        JsonNode tokens = usage.path("tokens");
        long thought = tokens.path("reasoning_tokens").asLong();
        if (billed.has("input_tokens") || billed.has("output_tokens")) {
            long output = billed.path("output_tokens").asLong();
            return new TokenUsage(
                    billed.path("input_tokens").asLong(),
                    0,
                    0,
                    output,
                    Math.min(thought, output),
                    TokenUsage.Source.FINAL);
        }
        if (!tokens.has("input_tokens") && !tokens.has("output_tokens")) {
            return null;
        }
        long input = tokens.path("input_tokens").asLong();
        long read = Math.min(usage.path("cached_tokens").asLong(), input);
        long output = tokens.path("output_tokens").asLong();
        return new TokenUsage(
                input - read + tokens.path("image_tokens").asLong(),
                read,
                0,
                output,
                Math.min(thought, output),
                TokenUsage.Source.FINAL);
    }
}
