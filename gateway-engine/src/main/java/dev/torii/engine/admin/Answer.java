package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.model.json.Json;
import org.jspecify.annotations.Nullable;

/// What the Admin API says to a request.
///
/// @param body null for an answer without one
record Answer(int status, @Nullable JsonNode body) {

    static final Answer NO_CONTENT = new Answer(204, null);

    static Answer ok(JsonNode body) {
        return new Answer(200, body);
    }

    static Answer created(JsonNode body) {
        return new Answer(201, body);
    }

    static Answer message(int status, String message) {
        return new Answer(status, Json.object().put("message", message));
    }
}
