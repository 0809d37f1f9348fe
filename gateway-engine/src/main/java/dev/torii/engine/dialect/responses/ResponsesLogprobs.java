package dev.torii.engine.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import java.util.ArrayList;
import java.util.List;

/// How likely the tokens of a text were. The bytes of each have to be told here, which others may
/// leave out.
final class ResponsesLogprobs {

    private ResponsesLogprobs() {}

    static List<ObjectNode> read(JsonNode text) {
        List<ObjectNode> tokens = new ArrayList<>();
        for (JsonNode token : text.path("logprobs")) {
            if (token instanceof ObjectNode object) {
                tokens.add(object);
            }
        }
        return tokens;
    }

    static ArrayNode json(List<ObjectNode> tokens) {
        ArrayNode logprobs = Json.array();
        for (ObjectNode token : tokens) {
            ObjectNode written = withBytes(token);
            ArrayNode others = written.putArray("top_logprobs");
            for (JsonNode other : token.path("top_logprobs")) {
                if (other instanceof ObjectNode object) {
                    others.add(withBytes(object));
                }
            }
            logprobs.add(written);
        }
        return logprobs;
    }

    private static ObjectNode withBytes(ObjectNode token) {
        ObjectNode written = Json.object();
        written.setAll(token);
        if (!token.path("bytes").isArray()) {
            ArrayNode bytes = written.putArray("bytes");
            for (byte b : Fields.textOrEmpty(token, "token").getBytes(UTF_8)) {
                bytes.add(Byte.toUnsignedInt(b));
            }
        }
        return written;
    }
}
