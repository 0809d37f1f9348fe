package dev.torii.engine.dialect.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ErrorText;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmError.Kind;
import java.util.Locale;

/// Reads `{"error":"…"}`; in a stream it may be a line like the others.
final class OllamaErrors {

    private OllamaErrors() {}

    static LlmError read(int status, byte[] body) {
        ObjectNode json = Json.parseObjectOrNull(body);
        return json == null
                ? error(status, ErrorText.of(status, body))
                : error(status, ErrorText.of(status, Fields.text(json, "error")));
    }

    static LlmError inStream(ObjectNode line) {
        return error(200, ErrorText.of(200, Fields.text(line, "error")));
    }

    private static LlmError error(int status, String message) {
        return new LlmError(kind(status, message), status, message, null, null);
    }

    private static Kind kind(int status, String message) {
        String said = message.toLowerCase(Locale.ROOT);
        if (said.contains("prompt too long") || said.contains("exceeds the context")) {
            return Kind.CONTEXT;
        }
        // Of an error inside of a stream nothing else is known.
        return status == 200 ? Kind.SERVER : ErrorText.kind(status);
    }
}
