package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;

/// A conversation that has been at another vendor before it comes to Anthropic: what a client of
/// Anthropic carries for that vendor is refused there, so it has to go where a body passes as it
/// is.
final class AnthropicHistory {

    private AnthropicHistory() {}

    /// Whether there are thoughts that Anthropic would refuse.
    static boolean hasForeignThoughts(ObjectNode request) {
        for (JsonNode message : request.path("messages")) {
            for (JsonNode block : message.path("content")) {
                if (AnthropicSeals.isForeign(block)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Takes them away, and messages of which nothing is left.
    static void dropForeignThoughts(ObjectNode request) {
        Iterator<JsonNode> messages = request.path("messages").iterator();
        while (messages.hasNext()) {
            JsonNode content = messages.next().path("content");
            int before = content.size();
            Iterator<JsonNode> blocks = content.iterator();
            while (blocks.hasNext()) {
                if (AnthropicSeals.isForeign(blocks.next())) {
                    blocks.remove();
                }
            }
            if (before > 0 && content.isEmpty()) {
                messages.remove();
            }
        }
    }
}
