package dev.torii.engine.dialect.cohere;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ErrorText;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmError.Kind;
import org.jspecify.annotations.Nullable;

/// Reads `{"id","message","error_type"}`. Source: Cohere's API reference, "Errors".
final class CohereErrors {

    private CohereErrors() {}

    static LlmError read(int status, byte[] body) {
        ObjectNode json = Json.parseObjectOrNull(body);
        return json == null
                ? new LlmError(
                        ErrorText.kind(status), status, ErrorText.of(status, body), null, null)
                : read(status, json);
    }

    static LlmError read(int status, ObjectNode json) {
        String message = ErrorText.of(status, Fields.text(json, "message"));
        String type = Fields.text(json, "error_type");
        return new LlmError(kind(type, status, message), status, message, type, null);
    }

    private static Kind kind(@Nullable String type, int status, String message) {
        if ("TOO_MANY_TOKENS".equals(type) || message.startsWith("too many tokens")) {
            return Kind.CONTEXT;
        }
        return switch (status) {
            // Of an error inside of a stream nothing else is known.
            case 200 -> Kind.SERVER;
            case 429 -> message.contains("/ month") ? Kind.QUOTA : Kind.RATE_LIMIT;
            case 498 -> Kind.AUTH;
            case 499 -> Kind.TIMEOUT;
            default -> ErrorText.kind(status);
        };
    }
}
