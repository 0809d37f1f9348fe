package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ErrorText;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmError.Kind;
import org.jspecify.annotations.Nullable;

/// Reads and writes `{"type":"error","error":{"type","message"}}`. Source: Anthropic's API
/// reference, "Errors".
final class AnthropicErrors {

    /// How Anthropic says that a conversation is longer than the model takes; clients look for it.
    private static final String TOO_LONG = "prompt is too long";

    /// The same of a conversation together with the answer that it may get.
    private static final String TOO_LONG_WITH_ANSWER = "exceed context limit";

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
                    message.startsWith(TOO_LONG) || message.contains(TOO_LONG_WITH_ANSWER)
                            ? Kind.CONTEXT
                            : Kind.INVALID;
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

    static ObjectNode json(LlmError error) {
        boolean untold = error.kind() == Kind.CONTEXT && !error.message().startsWith(TOO_LONG);
        ObjectNode json = Json.object().put("type", "error");
        json.putObject("error")
                .put("type", type(error.kind()))
                .put("message", untold ? TOO_LONG + ": " + error.message() : error.message());
        return json;
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case INVALID, CONTEXT, POLICY -> "invalid_request_error";
            case AUTH -> "authentication_error";
            case BILLING -> "billing_error";
            case PERMISSION -> "permission_error";
            case NOT_FOUND -> "not_found_error";
            case TOO_LARGE -> "request_too_large";
            case RATE_LIMIT, QUOTA -> "rate_limit_error";
            case TIMEOUT -> "timeout_error";
            case SERVER -> "api_error";
            case OVERLOADED -> "overloaded_error";
        };
    }

    /// As Anthropic answers, whose status for a server that has too much to do is its own.
    static int status(Kind kind) {
        return kind == Kind.OVERLOADED ? 529 : kind.status();
    }
}
