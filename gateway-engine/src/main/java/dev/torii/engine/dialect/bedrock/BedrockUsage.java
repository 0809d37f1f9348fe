package dev.torii.engine.dialect.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.model.llm.TokenUsage;
import org.jspecify.annotations.Nullable;

/// `usage`, whose input counts are disjoint. Thoughts are within the output and not counted apart.
final class BedrockUsage {

    private BedrockUsage() {}

    static @Nullable TokenUsage read(JsonNode usage) {
        if (!usage.isObject()) {
            return null;
        }
        return new TokenUsage(
                usage.path("inputTokens").asLong(),
                usage.path("cacheReadInputTokens").asLong(),
                usage.path("cacheWriteInputTokens").asLong(),
                usage.path("outputTokens").asLong(),
                0,
                TokenUsage.Source.FINAL);
    }
}
