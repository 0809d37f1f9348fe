package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.TokenUsage;

/// OpenAI's `usage` object, in which the prompt includes what caches held.
final class ChatUsage {

    private ChatUsage() {}

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
