package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import dev.torii.model.llm.TokenUsage;
import org.jspecify.annotations.Nullable;

/// The `usage` of a response, whose input includes what caches held.
final class ResponsesUsage {

    private static final TokenUsage UNCOUNTED =
            new TokenUsage(0, 0, 0, 0, 0, TokenUsage.Source.PARTIAL);

    private ResponsesUsage() {}

    static @Nullable TokenUsage read(JsonNode response) {
        ObjectNode usage = Fields.object(response, "usage");
        if (usage == null) {
            return null;
        }
        long input = count(usage.path("input_tokens"));
        long output = count(usage.path("output_tokens"));
        JsonNode details = usage.path("input_tokens_details");
        long cacheRead = Math.min(count(details.path("cached_tokens")), input);
        long cacheWrite = Math.min(count(details.path("cache_write_tokens")), input - cacheRead);
        long reasoning = count(usage.path("output_tokens_details").path("reasoning_tokens"));
        return new TokenUsage(
                input - cacheRead - cacheWrite,
                cacheRead,
                cacheWrite,
                output,
                Math.min(reasoning, output),
                TokenUsage.Source.FINAL);
    }

    private static long count(JsonNode value) {
        return Math.max(0, value.asLong());
    }

    /// Both details are always there, since clients fail without them; so they do without any
    /// usage, and zeros stand for what nobody counted.
    static ObjectNode json(@Nullable TokenUsage counted) {
        TokenUsage usage = counted == null ? UNCOUNTED : counted;
        ObjectNode json = Json.object().put("input_tokens", usage.promptTokens());
        json.putObject("input_tokens_details")
                .put("cache_write_tokens", usage.cacheWrite())
                .put("cached_tokens", usage.cacheRead());
        json.put("output_tokens", usage.completionTokens());
        json.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoning());
        return json.put("total_tokens", usage.totalTokens());
    }
}
