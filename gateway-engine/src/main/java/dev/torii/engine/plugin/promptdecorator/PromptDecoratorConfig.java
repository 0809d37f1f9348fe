package dev.torii.engine.plugin.promptdecorator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The settings of one `ai-prompt-decorator`.
record PromptDecoratorConfig(Prompts prompts, long maxRequestBodySize) {

    static PromptDecoratorConfig from(ObjectNode config) {
        return Json.convert(config, PromptDecoratorConfig.class);
    }

    record Prompts(@Nullable List<Message> prepend, @Nullable List<Message> append) {

        Prompts {
            prepend = prepend == null ? null : List.copyOf(prepend);
            append = append == null ? null : List.copyOf(append);
        }
    }

    record Message(String role, String content) {

        ObjectNode toJson() {
            return Json.object().put("role", role).put("content", content);
        }
    }
}
