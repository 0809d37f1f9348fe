package dev.torii.engine.dialect.tgi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ErrorText;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmError.Kind;
import org.jspecify.annotations.Nullable;

/// Reads `{"error":"…","error_type":"…"}`, where `error` may be a list, and plain texts.
final class TextGenerationErrors {

    private TextGenerationErrors() {}

    static LlmError read(int status, byte[] body) {
        ObjectNode json = Json.parseObjectOrNull(body);
        return json == null
                ? new LlmError(
                        ErrorText.kind(status), status, ErrorText.of(status, body), null, null)
                : read(status, json);
    }

    static LlmError read(int status, ObjectNode json) {
        JsonNode error = json.path("error");
        String said =
                error.isObject()
                        ? Fields.text(error, "message")
                        : String.join("; ", Fields.texts(json, "error"));
        String message = ErrorText.of(status, said);
        String type = Fields.text(json, "error_type");
        return new LlmError(kind(type, status, message), status, message, type, null);
    }

    private static Kind kind(@Nullable String type, int status, String message) {
        if (message.contains("`inputs` tokens + `max_new_tokens`")
                || message.contains("`inputs` must have less than")) {
            return Kind.CONTEXT;
        }
        return switch (type) {
            case "overloaded" -> Kind.OVERLOADED;
            case "validation" -> Kind.INVALID;
            case "generation", "incomplete_generation" -> Kind.SERVER;
            case null, default ->
                    status == 200 || status == 424 ? Kind.SERVER : ErrorText.kind(status);
        };
    }
}
