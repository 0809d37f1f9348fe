package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.TokenUsage;

/// OpenAI's `usage` object, in which the prompt includes what caches held.
public final class ChatUsage {

    private ChatUsage() {}

    /// Reads it, and its copies' variants: some servers report more cached than prompt tokens, and
    /// some leave thoughts out of `completion_tokens` and count them in the total alone.
    public static TokenUsage read(ObjectNode usage, TokenUsage.Source source) {
        long prompt = count(usage.path("prompt_tokens"));
        long completion = count(usage.path("completion_tokens"));
        JsonNode details = usage.path("prompt_tokens_details");
        long read = Math.clamp(cached(usage, details), 0, prompt);
        long written = Math.min(count(details.path("cache_write_tokens")), prompt - read);
        long reasoning = count(usage.path("completion_tokens_details").path("reasoning_tokens"));
        long more = usage.path("total_tokens").asLong() - prompt - completion;
        // xAI says how many they are; Gemini's copy of this dialect says nothing else at all.
        boolean apart = more > 0 && (more == reasoning || usage.size() == 3);
        long output = apart ? completion + more : completion;
        return new TokenUsage(
                prompt - read - written,
                read,
                written,
                output,
                Math.min(apart ? more : reasoning, output),
                source);
    }

    private static long cached(ObjectNode usage, JsonNode details) {
        JsonNode cached = details.path("cached_tokens");
        if (!cached.isNumber()) {
            // DeepSeek's name, and Together's place for it.
            cached = usage.path("prompt_cache_hit_tokens");
        }
        return cached.asLong(usage.path("cached_tokens").asLong());
    }

    /// What is no count is none.
    private static long count(JsonNode value) {
        return Math.max(0, value.asLong());
    }

    static ObjectNode json(TokenUsage usage) {
        ObjectNode json =
                Json.object()
                        .put("prompt_tokens", usage.promptTokens())
                        .put("completion_tokens", usage.completionTokens())
                        .put("total_tokens", usage.totalTokens());
        ObjectNode prompt = json.putObject("prompt_tokens_details");
        prompt.put("cached_tokens", usage.cacheRead());
        if (usage.cacheWrite() > 0) {
            prompt.put("cache_write_tokens", usage.cacheWrite());
        }
        json.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoning());
        return json;
    }
}
