package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ErrorText;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmError.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Google's `{"error":{"code","message","status","details"}}`, which stands in an array where a
/// stream was asked for as one. Source: Google's API design guide, "Errors".
final class GeminiErrors {

    private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";
    private static final String ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo";

    private GeminiErrors() {}

    static LlmError read(int status, byte[] body) {
        ObjectNode error = error(body);
        return error == null
                ? new LlmError(
                        ErrorText.kind(status), status, ErrorText.of(status, body), null, null)
                : read(status, error);
    }

    private static @Nullable ObjectNode error(byte[] body) {
        JsonNode json = Json.parseOrNull(body);
        return json == null ? null : Fields.object(json.isArray() ? json.path(0) : json, "error");
    }

    /// @param status of the HTTP answer
    static LlmError read(int status, ObjectNode error) {
        String message = ErrorText.of(status, Fields.text(error, "message"));
        String word = Fields.text(error, "status");
        int code = status >= 400 ? status : error.path("code").asInt(status);
        return new LlmError(
                kind(word, code, message, reason(error.path("details"))),
                status,
                message,
                word,
                null,
                retryAfter(error.path("details")));
    }

    private static @Nullable String reason(JsonNode details) {
        for (JsonNode detail : details) {
            String reason = Fields.text(detail, "reason");
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }

    private static Kind kind(
            @Nullable String word, int code, String message, @Nullable String reason) {
        if ("API_KEY_INVALID".equals(reason) || "ACCESS_TOKEN_EXPIRED".equals(reason)) {
            return Kind.AUTH;
        }
        return switch (word) {
            case "INVALID_ARGUMENT" ->
                    message.contains("input token count") && message.contains("exceeds")
                            ? Kind.CONTEXT
                            : Kind.INVALID;
            case "FAILED_PRECONDITION", "OUT_OF_RANGE" -> Kind.INVALID;
            case "UNAUTHENTICATED" -> Kind.AUTH;
            case "PERMISSION_DENIED" -> Kind.PERMISSION;
            case "NOT_FOUND" -> Kind.NOT_FOUND;
            case "RESOURCE_EXHAUSTED" -> Kind.RATE_LIMIT;
            case "DEADLINE_EXCEEDED" -> Kind.TIMEOUT;
            case "UNAVAILABLE" -> Kind.OVERLOADED;
            case "INTERNAL", "UNKNOWN" -> Kind.SERVER;
            case null, default -> code < 400 ? Kind.SERVER : ErrorText.kind(code);
        };
    }

    /// What Google has no header for.
    private static @Nullable Duration retryAfter(JsonNode details) {
        for (JsonNode detail : details) {
            String delay = Fields.text(detail, "retryDelay");
            if (delay != null && delay.matches("\\d{1,9}(\\.\\d{1,9})?s")) {
                BigDecimal seconds = new BigDecimal(delay.substring(0, delay.length() - 1));
                return Duration.ofNanos(seconds.movePointRight(9).longValue());
            }
        }
        return null;
    }

    static ObjectNode json(LlmError error) {
        ObjectNode json = Json.object();
        ObjectNode what =
                json.putObject("error")
                        .put("code", error.kind().status())
                        .put("message", error.message())
                        .put("status", word(error.kind()));
        ArrayNode details = Json.array();
        if (error.kind() == Kind.AUTH) {
            details.addObject()
                    .put("@type", ERROR_INFO)
                    .put("reason", "API_KEY_INVALID")
                    .put("domain", "googleapis.com");
        }
        if (error.retryAfter() != null) {
            details.addObject()
                    .put("@type", RETRY_INFO)
                    .put("retryDelay", seconds(error.retryAfter()));
        }
        if (!details.isEmpty()) {
            what.set("details", details);
        }
        return json;
    }

    private static String seconds(Duration delay) {
        return BigDecimal.valueOf(delay.toNanos(), 9).stripTrailingZeros().toPlainString() + "s";
    }

    private static String word(Kind kind) {
        return switch (kind) {
            case INVALID, CONTEXT, TOO_LARGE, POLICY -> "INVALID_ARGUMENT";
            case AUTH -> "UNAUTHENTICATED";
            case PERMISSION -> "PERMISSION_DENIED";
            case NOT_FOUND -> "NOT_FOUND";
            case BILLING, RATE_LIMIT, QUOTA -> "RESOURCE_EXHAUSTED";
            case TIMEOUT -> "DEADLINE_EXCEEDED";
            case SERVER -> "INTERNAL";
            case OVERLOADED -> "UNAVAILABLE";
        };
    }
}
