package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.TokenUsage;
import org.jspecify.annotations.Nullable;

/// Anthropic's `usage`, whose input counts are disjoint. A stream tells it in steps; each number
/// that comes takes the place of the one before.
final class AnthropicUsage {

    private final ObjectNode known = Json.object();

    void update(JsonNode usage) {
        for (var field : usage.properties()) {
            if (!field.getValue().isNull()) {
                known.set(field.getKey(), field.getValue());
            }
        }
    }

    boolean isKnown() {
        return !known.isEmpty();
    }

    TokenUsage tokens(TokenUsage.Source source) {
        JsonNode writes = known.path("cache_creation");
        long written =
                known.path("cache_creation_input_tokens")
                        .asLong(
                                writes.path("ephemeral_5m_input_tokens").asLong()
                                        + writes.path("ephemeral_1h_input_tokens").asLong());
        return new TokenUsage(
                known.path("input_tokens").asLong(),
                known.path("cache_read_input_tokens").asLong(),
                written,
                known.path("output_tokens").asLong(),
                known.path("output_tokens_details").path("thinking_tokens").asLong(),
                source);
    }

    /// What a client is told; zeros where nobody counted, since clients read the numbers unasked.
    static ObjectNode json(@Nullable TokenUsage usage) {
        ObjectNode json =
                Json.object()
                        .put("input_tokens", usage == null ? 0 : usage.inputFresh())
                        .put("cache_creation_input_tokens", usage == null ? 0 : usage.cacheWrite())
                        .put("cache_read_input_tokens", usage == null ? 0 : usage.cacheRead())
                        .put("output_tokens", usage == null ? 0 : usage.output());
        if (usage != null && usage.reasoning() > 0) {
            json.putObject("output_tokens_details").put("thinking_tokens", usage.reasoning());
        }
        return json;
    }

    /// With what was written to the cache by how long it stays there, which others do not say: the
    /// usual five minutes.
    static ObjectNode jsonOfMessage(@Nullable TokenUsage usage) {
        ObjectNode json = json(usage);
        json.putObject("cache_creation")
                .put("ephemeral_5m_input_tokens", usage == null ? 0 : usage.cacheWrite())
                .put("ephemeral_1h_input_tokens", 0);
        return json;
    }
}
