package dev.torii.engine.dialect.ollama;

import static dev.torii.engine.dialect.Fields.textOrEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Part;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Reads a tool call, whose arguments are an object.
final class OllamaCalls {

    private OllamaCalls() {}

    /// @param answer what the call stands in: where the call has no id, its time makes one that no
    ///   other call of the conversation has
    /// @param index of the call in the answer
    static Part.ToolCall read(JsonNode call, JsonNode answer, int index) {
        JsonNode function = call.path("function");
        JsonNode given = function.path("arguments");
        String name = textOrEmpty(function, "name");
        String arguments =
                given.isTextual() ? given.textValue() : given.isObject() ? Json.text(given) : "{}";
        String id = textOrEmpty(call, "id");
        if (id.isEmpty()) {
            id = id(textOrEmpty(answer, "created_at"), String.valueOf(index), name, arguments);
        }
        return new Part.ToolCall(id, name, arguments, false, null);
    }

    private static String id(String... of) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(String.join("\n", of).getBytes(StandardCharsets.UTF_8));
            return "call_" + HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
