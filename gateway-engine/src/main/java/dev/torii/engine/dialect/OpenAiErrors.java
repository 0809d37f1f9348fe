package dev.torii.engine.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmError;
import org.jspecify.annotations.Nullable;

/// OpenAI's error object. Its SDKs choose the class of an exception by the status, and show `code`.
public final class OpenAiErrors {

    private OpenAiErrors() {}

    public static ObjectNode json(LlmError error) {
        ObjectNode json = Json.object();
        json.set("error", object(error));
        return json;
    }

    /// The object itself, without what holds it.
    public static ObjectNode object(LlmError error) {
        return Json.object()
                .put("message", error.message())
                .put("type", type(error.kind()))
                .put("param", error.param())
                .put("code", code(error));
    }

    private static String type(LlmError.Kind kind) {
        return switch (kind) {
            case INVALID, CONTEXT, AUTH, NOT_FOUND, TOO_LARGE, POLICY -> "invalid_request_error";
            case BILLING, QUOTA -> "insufficient_quota";
            case PERMISSION -> "permission_error";
            case RATE_LIMIT -> "rate_limit_error";
            case TIMEOUT -> "timeout";
            case SERVER, OVERLOADED -> "server_error";
        };
    }

    /// OpenAI's word for what went wrong; the provider's where OpenAI has none.
    public static @Nullable String code(LlmError error) {
        return switch (error.kind()) {
            case CONTEXT -> "context_length_exceeded";
            case AUTH -> "invalid_api_key";
            case NOT_FOUND -> "model_not_found";
            case RATE_LIMIT -> "rate_limit_exceeded";
            case BILLING, QUOTA -> "insufficient_quota";
            case POLICY -> "content_filter";
            case OVERLOADED -> "overloaded";
            default -> error.code();
        };
    }
}
