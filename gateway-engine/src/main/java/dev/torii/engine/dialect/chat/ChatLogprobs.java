package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// How likely the tokens of a text were: `logprobs` of a choice.
final class ChatLogprobs {

    private ChatLogprobs() {}

    static List<ObjectNode> read(JsonNode choice) {
        List<ObjectNode> tokens = new ArrayList<>();
        for (JsonNode token : choice.path("logprobs").path("content")) {
            if (token instanceof ObjectNode object) {
                tokens.add(object);
            }
        }
        return tokens;
    }

    /// Writes them; null where there are none.
    static void write(List<ObjectNode> tokens, ObjectNode choice) {
        if (tokens.isEmpty()) {
            choice.putNull("logprobs");
        } else {
            ObjectNode logprobs = choice.putObject("logprobs");
            logprobs.putArray("content").addAll(tokens);
            logprobs.putNull("refusal");
        }
    }
}
