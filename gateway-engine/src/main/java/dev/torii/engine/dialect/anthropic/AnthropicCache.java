package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.CacheHint;
import org.jspecify.annotations.Nullable;

/// Writes `cache_control`.
final class AnthropicCache {

    private AnthropicCache() {}

    static void mark(ObjectNode block, @Nullable CacheHint cache) {
        if (cache != null) {
            ObjectNode control = block.putObject("cache_control").put("type", "ephemeral");
            if (cache.ttl() != null) {
                control.put("ttl", cache.ttl());
            }
        }
    }
}
