package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ErrorText;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmError.Kind;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads errors in the many shapes that servers of this dialect give them.
///
/// | shape | whose |
/// | --- | --- |
/// | `{"error":{"message","type","param","code"}}` | OpenAI; the code is a number at OpenRouter and Perplexity, a status as text at Azure |
/// | `{"error":{…,"metadata":{"raw"}}}` | OpenRouter, for the provider behind it |
/// | `{"error":"…"}`, `{"code":"…","error":"…"}` | Hugging Face, xAI |
/// | `{"detail":"…"}`, `{"detail":[{"loc","msg"}]}` | Mistral, and what is made with FastAPI |
/// | `{"object":"error","message","type","code"}` | Mistral, vLLM |
/// | `{"code":…,"msg":"…"}` | Z.ai |
/// | `[{"error":{…}}]` | Gemini |
/// | a text, or a page | whatever stands before a server |
final class ChatErrorReader {

    private static final Pattern TOO_LONG =
            Pattern.compile(
                    "context (?:length|window|size)|maximum context|prompt (?:is )?too long",
                    Pattern.CASE_INSENSITIVE);

    private ChatErrorReader() {}

    static LlmError read(int status, byte[] body) {
        JsonNode json;
        try {
            json = Json.parse(body);
        } catch (MalformedJsonException e) {
            return new LlmError(
                    ErrorText.kind(status), status, ErrorText.of(status, body), null, null);
        }
        return read(status, json.isArray() ? json.path(0) : json);
    }

    /// An error as a body has it, or a chunk of a stream.
    static LlmError read(int status, JsonNode body) {
        JsonNode error = body.path("error").isObject() ? body.path("error") : body;
        String message = ErrorText.of(status, message(error));
        String type = Fields.text(error, "type");
        String code = word(error.path("code"));
        return new LlmError(
                kind(code, type, effective(status, error), message),
                status,
                message,
                code == null ? type : code,
                Fields.text(error, "param"),
                ErrorText.retryAfter(message));
    }

    private static @Nullable String message(JsonNode error) {
        if (error.path("error").isTextual()) {
            return error.path("error").textValue();
        }
        JsonNode detail = error.path("detail");
        if (detail.isTextual()) {
            return detail.textValue();
        }
        if (detail.isArray()) {
            return places(detail);
        }
        JsonNode message = error.path("message");
        String said = message.isContainerNode() ? Json.text(message) : message.textValue();
        said = said == null ? Fields.text(error, "msg") : said;
        String raw = Fields.text(error.path("metadata"), "raw");
        if (raw == null || raw.isBlank()) {
            return said;
        }
        return said == null ? behind(raw) : said + ": " + behind(raw);
    }

    /// What the provider behind OpenRouter said, which may be JSON again.
    private static String behind(String raw) {
        ObjectNode json = Fields.parsed(raw);
        String message = json == null ? raw : message(json.path("error"));
        return message == null ? raw : message;
    }

    private static String places(JsonNode detail) {
        var all = new StringJoiner("; ");
        for (JsonNode one : detail) {
            var place = new StringJoiner(".");
            one.path("loc").forEach(step -> place.add(step.asText()));
            all.add(place + ": " + one.path("msg").asText());
        }
        return all.toString();
    }

    private static @Nullable String word(JsonNode code) {
        return code.isTextual() ? code.textValue() : null;
    }

    /// The status that an error names itself, which is all that there is within a stream.
    private static int effective(int status, JsonNode error) {
        if (status >= 400) {
            return status;
        }
        for (String field : new String[] {"code", "status_code", "raw_status_code"}) {
            int own = error.path(field).asInt();
            if (own >= 400) {
                return own;
            }
        }
        return 0;
    }

    private static Kind kind(
            @Nullable String code, @Nullable String type, int status, String message) {
        Kind named = named(code);
        if (named == null) {
            named = named(type);
        }
        if (named != null) {
            return named;
        }
        if (status < 500 && TOO_LONG.matcher(message).find()) {
            return Kind.CONTEXT;
        }
        // xAI's status for a wrong key is 400.
        if (status == 400 && message.toLowerCase(Locale.ROOT).startsWith("incorrect api key")) {
            return Kind.AUTH;
        }
        if (status > 0) {
            return ErrorText.kind(status);
        }
        return "invalid_request_error".equals(type) ? Kind.INVALID : Kind.SERVER;
    }

    private static @Nullable Kind named(@Nullable String word) {
        return switch (word) {
            case "context_length_exceeded" -> Kind.CONTEXT;
            case "invalid_api_key", "authentication_error", "401" -> Kind.AUTH;
            case "insufficient_quota" -> Kind.QUOTA;
            case "model_not_found", "DeploymentNotFound" -> Kind.NOT_FOUND;
            case "rate_limit_exceeded", "rate_limit_error", "RateLimitReached", "429" ->
                    Kind.RATE_LIMIT;
            case "content_policy_violation", "content_filter" -> Kind.POLICY;
            case "overloaded", "overloaded_error", "engine_overloaded" -> Kind.OVERLOADED;
            case null, default -> null;
        };
    }
}
