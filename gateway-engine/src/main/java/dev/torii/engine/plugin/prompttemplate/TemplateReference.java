package dev.torii.engine.plugin.prompttemplate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// What a request says about templates.
sealed interface TemplateReference {

    /// It names one.
    record Named(String name) implements TemplateReference {}

    /// It is a plain request.
    record Plain() implements TemplateReference {}

    /// It cannot be used; the message is for the client.
    record Unusable(String message) implements TemplateReference {}

    static TemplateReference in(ObjectNode body) {
        JsonNode messages = body.path("messages");
        JsonNode prompt = body.path("prompt");
        if (absent(messages) && absent(prompt)) {
            return new Unusable(
                    "only 'llm/v1/chat' and 'llm/v1/completions' formats are supported for"
                            + " templating");
        }
        String chat = name(messages);
        String completion = name(prompt);
        if (chat != null && completion != null) {
            return new Unusable("cannot run 'messages' and 'prompt' templates at the same time");
        }
        if (chat != null) {
            return new Named(chat);
        }
        return completion != null ? new Named(completion) : new Plain();
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static @Nullable String name(JsonNode node) {
        String text = node.textValue();
        String opening = "{template://";
        return text != null && text.startsWith(opening) && text.endsWith("}")
                ? text.substring(opening.length(), text.length() - 1)
                : null;
    }
}
