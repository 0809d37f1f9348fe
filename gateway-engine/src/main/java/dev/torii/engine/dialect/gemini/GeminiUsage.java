package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.TokenUsage;
import org.jspecify.annotations.Nullable;

/// Google's `usageMetadata`: the prompt includes what a cache held but not what tools of Google's
/// own read, and the candidates do not include the thoughts. Source: Google's Gemini API reference,
/// "UsageMetadata".
final class GeminiUsage {

    private GeminiUsage() {}

    /// Null where nothing was counted.
    static @Nullable TokenUsage read(JsonNode usage, TokenUsage.Source source) {
        if (!usage.isObject() || usage.isEmpty()) {
            return null;
        }
        long prompt = usage.path("promptTokenCount").asLong();
        long cached = usage.path("cachedContentTokenCount").asLong();
        long thoughts = usage.path("thoughtsTokenCount").asLong();
        return new TokenUsage(
                Math.max(0, prompt - cached) + usage.path("toolUsePromptTokenCount").asLong(),
                cached,
                0,
                usage.path("candidatesTokenCount").asLong() + thoughts,
                thoughts,
                cached > prompt ? TokenUsage.Source.PARTIAL : source);
    }

    static ObjectNode json(TokenUsage usage) {
        ObjectNode json =
                Json.object()
                        .put("promptTokenCount", usage.promptTokens())
                        .put("candidatesTokenCount", usage.output() - usage.reasoning())
                        .put("totalTokenCount", usage.totalTokens());
        if (usage.cacheRead() > 0) {
            json.put("cachedContentTokenCount", usage.cacheRead());
        }
        if (usage.reasoning() > 0) {
            json.put("thoughtsTokenCount", usage.reasoning());
        }
        return json;
    }
}
