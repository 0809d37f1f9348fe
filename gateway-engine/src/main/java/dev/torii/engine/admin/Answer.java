package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import org.jspecify.annotations.Nullable;

/// What the Admin API says to a request.
///
/// @param body null for an answer without one
/// @param tag the `ETag` of the entity in the body; null when there is none
record Answer(int status, @Nullable JsonNode body, @Nullable String tag) {

    Answer(int status, @Nullable JsonNode body) {
        this(status, body, null);
    }

    static final Answer NO_CONTENT = new Answer(204, null);

    /// An entity as a client sees it, with the tag of what is stored.
    record Entity(ObjectNode shown, String tag) {}

    static Answer ok(Entity entity) {
        return new Answer(200, entity.shown(), entity.tag());
    }

    static Answer created(Entity entity) {
        return new Answer(201, entity.shown(), entity.tag());
    }

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
