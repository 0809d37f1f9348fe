package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.util.List;

/// A request in which all that can be said in two ways is said in one: a text alone is a list of
/// one text, and what is the default is not said.
final class Normal {

    private Normal() {}

    static JsonNode of(ObjectNode request) {
        ObjectNode normal = request.deepCopy();
        texts(normal, "system");
        for (JsonNode message : normal.path("messages")) {
            texts(message, "content");
            message.path("content")
                    .forEach(block -> {
                        if (block.path("type").asText().equals("tool_result")) {
                            texts(block, "content");
                        }
                    });
        }
        if (!normal.path("stream").asBoolean()) {
            normal.remove("stream");
        }
        return normal;
    }

    private static void texts(JsonNode holder, String field) {
        if (holder.path(field).isTextual()) {
            ((ObjectNode) holder)
                    .set(
                            field,
                            Json.array()
                                    .addAll(
                                            List.of(
                                                    AnthropicBlocks.plain(
                                                            holder.path(field).textValue()))));
        }
    }
}
