package dev.torii.engine.plugin.promptguard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The settings of one `ai-prompt-guard`.
///
/// @param allowAllConversationHistory only the latest user message is looked at
record PromptGuardConfig(
        @Nullable List<String> allowPatterns,
        @Nullable List<String> denyPatterns,
        boolean allowAllConversationHistory,
        boolean matchAllRoles,
        long maxRequestBodySize) {

    PromptGuardConfig {
        allowPatterns = allowPatterns == null ? null : List.copyOf(allowPatterns);
        denyPatterns = denyPatterns == null ? null : List.copyOf(denyPatterns);
    }

    static PromptGuardConfig from(ObjectNode config) {
        return Json.convert(config, PromptGuardConfig.class);
    }
}
