package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ErrorText;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.OpenAiErrors;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmError.Kind;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// OpenAI's errors, which servers that copy it put in other ways: `{"error":{…}}`,
/// `{"code":…,"error":"…"}`, or flat, as in an event of a stream. Source: OpenAI's guide, "Error
/// codes".
final class ResponsesErrors {

    private ResponsesErrors() {}

    static ObjectNode json(LlmError error) {
        ObjectNode json = Json.object();
        json.set("error", object(error));
        return json;
    }

    /// The event of a stream: clients read the fields beside the type, OpenAI writes them under
    /// `error`, so they are in both places.
    static ObjectNode event(LlmError error) {
        ObjectNode event =
                Json.object()
                        .put("type", "error")
                        .put("code", streamCode(error))
                        .put("message", error.message())
                        .put("param", error.param());
        event.set("error", object(error).put("code", streamCode(error)));
        return event;
    }

    /// The `error` of a response that failed.
    static ObjectNode ofResponse(LlmError error) {
        return Json.object().put("code", streamCode(error)).put("message", error.message());
    }

    private static ObjectNode object(LlmError error) {
        ObjectNode object = OpenAiErrors.object(error);
        return error.param() == null && error.kind() == Kind.CONTEXT
                ? object.put("param", "input")
                : object;
    }

    /// Here there is no status to go by: `invalid_prompt` keeps a client from asking the same
    /// again.
    private static String streamCode(LlmError error) {
        return switch (error.kind()) {
            case INVALID, POLICY, TOO_LARGE -> "invalid_prompt";
            default -> Objects.requireNonNullElse(OpenAiErrors.code(error), "server_error");
        };
    }

    static LlmError read(int status, byte[] body) {
        ObjectNode json = Json.parseObjectOrNull(body);
        return json == null
                ? new LlmError(
                        ErrorText.kind(status), status, ErrorText.of(status, body), null, null)
                : read(status, json);
    }

    /// @param json what holds the error, or is it
    static LlmError read(int status, JsonNode json) {
        JsonNode error = json.path("error").isObject() ? json.path("error") : json;
        String text = Fields.text(error, "message");
        String message = ErrorText.of(status, text == null ? Fields.text(error, "error") : text);
        String code = error.path("code").isNull() ? null : error.path("code").asText(null);
        return new LlmError(
                kind(code, Fields.text(error, "type"), status, message),
                status,
                message,
                code,
                Fields.text(error, "param"),
                ErrorText.retryAfter(message));
    }

    private static Kind kind(
            @Nullable String code, @Nullable String type, int status, String message) {
        String text = message.toLowerCase(Locale.ROOT);
        if (text.contains("maximum context length") || text.contains("context window")) {
            return Kind.CONTEXT;
        }
        if (text.startsWith("incorrect api key")) {
            return Kind.AUTH;
        }
        Kind known = kind(code);
        known = known == null ? kind(type) : known;
        if (known != null) {
            return known;
        }
        if (status == 200) { // in a stream
            return "invalid_request_error".equals(type) ? Kind.INVALID : Kind.SERVER;
        }
        return ErrorText.kind(status);
    }

    private static @Nullable Kind kind(@Nullable String word) {
        return switch (word) {
            case "context_length_exceeded" -> Kind.CONTEXT;
            case "invalid_api_key", "authentication_error" -> Kind.AUTH;
            case "insufficient_quota", "billing_hard_limit_reached", "usage_not_included" ->
                    Kind.QUOTA;
            case "model_not_found", "DeploymentNotFound" -> Kind.NOT_FOUND;
            case "rate_limit_exceeded", "rate_limit_error", "RateLimitReached" -> Kind.RATE_LIMIT;
            case "content_filter", "content_policy_violation" -> Kind.POLICY;
            case "invalid_prompt" -> Kind.INVALID;
            case "overloaded", "server_is_overloaded", "slow_down" -> Kind.OVERLOADED;
            case "server_error" -> Kind.SERVER;
            case null, default -> null;
        };
    }
}
