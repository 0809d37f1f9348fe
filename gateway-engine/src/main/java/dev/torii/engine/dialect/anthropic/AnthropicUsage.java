package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.TokenUsage;

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
}
