package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Server-sent events as Anthropic writes them: each is named by the `type` of its data.
final class AnthropicSse {

    private static final byte[] COMMENT = ": torii\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] EVENT = "event: ".getBytes(StandardCharsets.UTF_8);
    private static final byte[] DATA = "\ndata: ".getBytes(StandardCharsets.UTF_8);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.UTF_8);

    private AnthropicSse() {}

    static ObjectNode event(String type) {
        return Json.object().put("type", type);
    }

    static void write(ObjectNode event, ByteArrayOutputStream out) {
        out.writeBytes(EVENT);
        out.writeBytes(event.path("type").textValue().getBytes(StandardCharsets.UTF_8));
        out.writeBytes(DATA);
        out.writeBytes(Json.bytes(event));
        out.writeBytes(END);
    }

    static void comment(ByteArrayOutputStream out) {
        out.writeBytes(COMMENT);
    }
}
