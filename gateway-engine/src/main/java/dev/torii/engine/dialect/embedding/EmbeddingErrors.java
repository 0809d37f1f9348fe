package dev.torii.engine.dialect.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ErrorText;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmError.Kind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads refusals. What the providers say differs in where the sentence stands: `error.message`
/// (OpenAI, Google), `error` (Ollama, Hugging Face), `message` (Cohere), `detail` (Mistral), or no
/// JSON at all.
final class EmbeddingErrors {

    private EmbeddingErrors() {}

    static LlmError read(int status, byte[] body) {
        ObjectNode json = Json.parseObjectOrNull(body);
        if (json == null) {
            return new LlmError(
                    ErrorText.kind(status), status, ErrorText.of(status, body), null, null);
        }
        JsonNode error = json.path("error");
        String message = ErrorText.of(status, sentence(json, error));
        String code = code(error);
        return new LlmError(
                kind(status, code, message), status, message, code, Fields.text(error, "param"));
    }

    private static @Nullable String sentence(ObjectNode json, JsonNode error) {
        if (error.isObject()) {
            return Fields.text(error, "message");
        }
        if (error.isTextual()) {
            return error.textValue();
        }
        if (json.path("message").isTextual()) {
            return json.path("message").textValue();
        }
        JsonNode detail = json.path("detail");
        return detail.isTextual() ? detail.textValue() : Fields.text(detail.path(0), "msg");
    }

    private static @Nullable String code(JsonNode error) {
        for (String field : new String[] {"code", "status", "type"}) {
            String code = Fields.text(error, field);
            if (code != null) {
                return code;
            }
        }
        return null;
    }

    private static Kind kind(int status, @Nullable String code, String message) {
        String said = message.toLowerCase(Locale.ROOT);
        if (status == 400 && said.contains("api key not valid")) {
            return Kind.AUTH;
        }
        if ("insufficient_quota".equals(code)) {
            return Kind.QUOTA;
        }
        boolean tooLong =
                said.contains("maximum context length")
                        || said.contains("too many tokens")
                        || said.contains("input length exceeds")
                        || "context_length_exceeded".equals(code);
        // Who asks too often is told of too many tokens, too.
        return tooLong && status < 429 ? Kind.CONTEXT : ErrorText.kind(status);
    }
}
