package dev.torii.engine.plugin;

import dev.torii.model.json.Json;
import java.util.Map;

/// What a plugin says to a request.
public sealed interface Decision {

    /// Go on to the next plugin, and upstream.
    record Proceed() implements Decision {}

    /// Stop here and answer exactly this (Kong's `response.exit`).
    record Answer(int status, Map<String, String> headers, String body) implements Decision {}

    /// Stop here with an error, written as the client accepts it: JSON, text, HTML or XML (Kong's
    /// `response.error`).
    record Refuse(int status, String message, Map<String, String> headers) implements Decision {}

    /// Stop here with an error in the words of the client's dialect.
    record LlmRefuse(int status, String message) implements Decision {}

    Decision PROCEED = new Proceed();

    static Decision proceed() {
        return PROCEED;
    }

    static Decision answerJson(int status, Object body) {
        return new Answer(
                status, Map.of("Content-Type", "application/json; charset=utf-8"), Json.text(body));
    }

    /// As the AI plugins refuse.
    static Decision llmError(int status, String message) {
        return new LlmRefuse(status, message);
    }

    static Decision refuse(int status, String message) {
        return new Refuse(status, message, Map.of());
    }
}
