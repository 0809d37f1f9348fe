package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ErrorText;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmError.Kind;
import org.jspecify.annotations.Nullable;

/// Reads `{"type":"error","error":{"type","message"}}`. Source: Anthropic's API reference,
/// "Errors".
final class AnthropicErrors {

    private AnthropicErrors() {}

    static LlmError read(int status, byte[] body) {
        ObjectNode json = Json.parseObjectOrNull(body);
        ObjectNode error = json == null ? null : Fields.object(json, "error");
        return error == null
                ? new LlmError(
                        ErrorText.kind(status), status, ErrorText.of(status, body), null, null)
                : read(status, error);
    }

    static LlmError read(int status, ObjectNode error) {
        String message = ErrorText.of(status, Fields.text(error, "message"));
        String type = Fields.text(error, "type");
        return new LlmError(kind(type, status, message), status, message, type, null);
    }

    private static Kind kind(@Nullable String type, int status, String message) {
        return switch (type) {
            case "invalid_request_error" ->
                    message.startsWith("prompt is too long") ? Kind.CONTEXT : Kind.INVALID;
            case "authentication_error" -> Kind.AUTH;
            case "billing_error" -> Kind.BILLING;
            case "permission_error" -> Kind.PERMISSION;
            case "not_found_error" -> Kind.NOT_FOUND;
            case "request_too_large" -> Kind.TOO_LARGE;
            case "rate_limit_error" -> Kind.RATE_LIMIT;
            case "timeout_error" -> Kind.TIMEOUT;
            case "overloaded_error" -> Kind.OVERLOADED;
            case "api_error" -> Kind.SERVER;
            case null, default -> ErrorText.kind(status);
        };
    }
}
