package dev.torii.engine.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// The generated text of a message or of a stream's delta: reasoning, content, refusal and tool
/// calls.
final class ChatText {

    private static final List<String> FIELDS =
            List.of("reasoning", "reasoning_content", "content", "refusal", "text");

    private ChatText() {}

    static void append(StringBuilder text, JsonNode message) {
        for (String field : FIELDS) {
            appendValue(text, message.path(field));
        }
        for (JsonNode call : message.path("tool_calls")) {
            appendValue(text, call.path("function").path("name"));
            appendValue(text, call.path("function").path("arguments"));
        }
    }

    private static void appendValue(StringBuilder text, JsonNode value) {
        if (value.isTextual()) {
            text.append(value.textValue());
        } else if (value.isArray()) {
            value.forEach(part -> {
                appendValue(text, part.path("thinking"));
                appendValue(text, part.path("text"));
            });
        }
    }
}
