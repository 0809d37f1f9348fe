package dev.torii.engine.dialect.anthropic;

import static dev.torii.engine.dialect.Fields.textOrEmpty;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.util.List;

/// Puts messages around a client's own: those of the system become blocks of `system`.
final class AnthropicPrompts {

    private AnthropicPrompts() {}

    static void surround(ObjectNode body, List<ObjectNode> before, List<ObjectNode> after) {
        ArrayNode messages = body.withArrayProperty("messages");
        int front = 0;
        int behindAttribution = attributed(body) ? 1 : 0;
        for (ObjectNode message : before) {
            if (isSystem(message)) {
                system(body).insert(behindAttribution++, block(message));
            } else {
                messages.insert(front++, message.deepCopy());
            }
        }
        for (ObjectNode message : after) {
            if (isSystem(message)) {
                system(body).add(block(message));
            } else {
                messages.add(message.deepCopy());
            }
        }
    }

    private static boolean isSystem(ObjectNode message) {
        return textOrEmpty(message, "role").equals("system");
    }

    private static ObjectNode block(ObjectNode message) {
        return AnthropicBlocks.plain(textOrEmpty(message, "content"));
    }

    /// Anthropic looks for it in the first place.
    private static boolean attributed(ObjectNode body) {
        return AnthropicMessageReader.isAttribution(
                textOrEmpty(body.path("system").path(0), "text"));
    }

    private static ArrayNode system(ObjectNode body) {
        if (body.path("system") instanceof ArrayNode system) {
            return system;
        }
        ArrayNode blocks = Json.array();
        String text = textOrEmpty(body, "system");
        if (!text.isEmpty()) {
            blocks.add(AnthropicBlocks.plain(text));
        }
        body.set("system", blocks);
        return blocks;
    }
}
