package dev.torii.engine.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The bodies of refusals, the same wherever they come from.
final class Refusals {

    private enum Refusal {
        BAD_REQUEST(400, "What was sent is not right; the body says what.", "problem"),
        FORBIDDEN(403, "The request came from a web page of another site.", "message"),
        NOT_FOUND(404, "There is no such thing.", "problem"),
        METHOD_NOT_ALLOWED(405, "Not here, or not as the gateway is set up now.", "problem"),
        CONFLICT(409, "Something else has this already.", "problem"),
        PRECONDITION_FAILED(412, "It is not as it was when it was read.", "message"),
        TOO_LARGE(413, "The body is larger than what is taken.", "message"),
        UNSUPPORTED_MEDIA_TYPE(415, "The body is of a type that is not read.", null),
        SERVER_ERROR(500, "The gateway is at fault; its log says more.", "message"),
        UNAVAILABLE(503, "What is asked for cannot be read now; the body says why.", "message");

        private final int status;
        private final String description;
        private final @Nullable String schema;

        Refusal(int status, String description, @Nullable String schema) {
            this.status = status;
            this.description = description;
            this.schema = schema;
        }
    }

    private static final String MESSAGE =
            """
            {"type": "object", "required": ["message"], "properties": {
              "message": {"type": "string", "description": "What went wrong, for people."},
              "detail": {"type": "string", "description": "Where to look."}}}
            """;

    private static final String PROBLEM =
            """
            {"type": "object", "required": ["message"], "properties": {
              "message": {"type": "string", "description": "What went wrong, for people."},
              "detail": {"type": "string", "description": "Where to look."},
              "code": {"type": "integer", "minimum": 1, "maximum": 21,
                "description": "Kong's number of the error; absent in plain errors."},
              "name": {"type": "string", "description": "Kong's name of the error."},
              "fields": {"type": "object",
                "description": "What is wrong with which field, nested like what was sent; \
            errors of the whole under @entity."},
              "options": {"type": "object",
                "description": "What is wrong with which query parameter."}},
              "dependentRequired": {"code": ["name"], "name": ["code"], "fields": ["code"], "options": ["code"]}}
            """;

    private Refusals() {}

    static String name(int status) {
        for (Refusal refusal : Refusal.values()) {
            if (refusal.status == status) {
                return refusal.name().toLowerCase(Locale.ROOT);
            }
        }
        throw new IllegalArgumentException("no refusal has the status " + status);
    }

    static ObjectNode responses(ApiDocument api) {
        ObjectNode responses = Json.object();
        for (Refusal refusal : Refusal.values()) {
            ObjectNode response =
                    responses
                            .putObject(name(refusal.status))
                            .put("description", refusal.description);
            if (refusal.schema != null) {
                String text = refusal.schema.equals("message") ? MESSAGE : PROBLEM;
                response.putObject("content")
                        .putObject("application/json")
                        .set("schema", api.schema(refusal.schema, () -> parsed(text)));
            }
        }
        return responses;
    }

    private static ObjectNode parsed(String text) {
        try {
            return (ObjectNode) Json.parse(text);
        } catch (MalformedJsonException e) {
            throw new IllegalStateException(e);
        }
    }
}
