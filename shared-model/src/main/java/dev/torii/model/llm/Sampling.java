package dev.torii.model.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the next token is chosen. What the client did not say is null, and is not said upstream.
public record Sampling(
        @Nullable BigDecimal temperature,
        @Nullable BigDecimal topP,
        @Nullable Integer topK,
        @Nullable BigDecimal frequencyPenalty,
        @Nullable BigDecimal presencePenalty,
        @Nullable Long seed,
        List<String> stop,
        @Nullable Boolean logprobs,
        @Nullable Integer topLogprobs,
        @Nullable ObjectNode logitBias) {

    public Sampling {
        stop = List.copyOf(stop);
    }
}
