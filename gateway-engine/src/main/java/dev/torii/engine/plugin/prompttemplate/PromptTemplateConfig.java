package dev.torii.engine.plugin.prompttemplate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.util.List;

/// The settings of one `ai-prompt-template`.
record PromptTemplateConfig(
        List<Entry> templates,
        boolean allowUntemplatedRequests,
        boolean logOriginalRequest,
        long maxRequestBodySize) {

    static PromptTemplateConfig from(ObjectNode config) {
        return Json.convert(config, PromptTemplateConfig.class);
    }

    record Entry(String name, String template) {}
}
