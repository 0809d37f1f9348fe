package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.model.json.Json;
import java.util.List;

/// The words of `POST /v1/messages/count_tokens`. Source: Anthropic's API reference, "Count tokens
/// in a Message".
final class AnthropicCount {

    /// What does not make a prompt longer, and is not taken there.
    private static final List<String> NOT_COUNTED =
            List.of(
                    "max_tokens",
                    "stream",
                    "temperature",
                    "top_p",
                    "top_k",
                    "stop_sequences",
                    "metadata",
                    "service_tier");

    private AnthropicCount() {}

    static ObjectNode question(ObjectNode request) {
        return request.remove(NOT_COUNTED);
    }

    static ObjectNode json(long inputTokens) {
        return Json.object().put("input_tokens", inputTokens);
    }

    static long read(byte[] body) throws UnreadableAnswerException {
        ObjectNode answer = Json.parseObjectOrNull(body);
        Long tokens = answer == null ? null : Fields.wide(answer, "input_tokens");
        if (tokens == null) {
            throw new UnreadableAnswerException("'input_tokens' not in the answer");
        }
        return tokens;
    }
}
