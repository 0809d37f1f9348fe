package dev.torii.engine.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.TokenUsage;

/// OpenAI's `usage` object, and its copies' variants. `prompt_tokens` includes what caches held;
/// some servers report more cached than prompt tokens, and some leave reasoning out of
/// `completion_tokens`.
final class ChatUsage {

    private ChatUsage() {}

    static TokenUsage read(ObjectNode usage, TokenUsage.Source source) {
        long prompt = count(usage.path("prompt_tokens"));
        long completion = count(usage.path("completion_tokens"));
        long total = usage.path("total_tokens").asLong();
        JsonNode promptDetails = usage.path("prompt_tokens_details");
        long read =
                promptDetails
                        .path("cached_tokens")
                        .asLong(usage.path("prompt_cache_hit_tokens").asLong());
        long write = count(promptDetails.path("cache_write_tokens"));
        long reasoning = count(usage.path("completion_tokens_details").path("reasoning_tokens"));
        long output =
                reasoning > 0 && total == prompt + completion + reasoning
                        ? completion + reasoning
                        : completion;
        long cacheRead = Math.clamp(read, 0, prompt);
        long cacheWrite = Math.min(write, prompt - cacheRead);
        return new TokenUsage(
                prompt - cacheRead - cacheWrite,
                cacheRead,
                cacheWrite,
                output,
                Math.min(reasoning, output),
                source);
    }

    /// What is no count is none.
    private static long count(JsonNode value) {
        return Math.max(0, value.asLong());
    }
}
