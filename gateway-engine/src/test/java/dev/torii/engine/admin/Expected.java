package dev.torii.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.admin.AdminApi.Reply;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The answers of the Admin API, whole, in words of the tests' own.
final class Expected {

    static final JsonNode NOT_FOUND = Json.object().put("message", "Not found");
    static final JsonNode NOT_ALLOWED = Json.object().put("message", "Method not allowed");

    private Expected() {}

    /// The answer's entity, when it has this status.
    static ObjectNode answered(Reply reply, int status) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        return (ObjectNode) reply.json();
    }

    static void assertAnswer(Reply reply, int status, JsonNode body) {
        assertThat(reply.json()).isEqualTo(parsed(Json.text(body)));
        assertThat(reply.status()).isEqualTo(status);
    }

    static void assertEmpty(Reply reply, int status) {
        assertThat(reply.text()).isEmpty();
        assertThat(reply.status()).isEqualTo(status);
    }

    static ObjectNode problem(int code, String name, String message, @Nullable JsonNode fields) {
        ObjectNode body = Json.object().put("code", code).put("name", name).put("message", message);
        if (fields != null) {
            body.set("fields", fields);
        }
        return body;
    }

    static ObjectNode schemaViolation(String message, JsonNode fields) {
        return problem(2, "schema violation", message, fields);
    }

    static ObjectNode noSuchEntity(String what, ObjectNode key) {
        return problem(
                6, "not found", "could not find the entity with " + what + lua(key) + "'", key);
    }

    static void assertList(Reply reply, List<ObjectNode> data) {
        ObjectNode list = Json.object();
        list.putArray("data").addAll(data);
        assertAnswer(reply, 200, list.set("next", NullNode.getInstance()));
    }

    static JsonNode parsed(String json) {
        try {
            return Json.parse(json);
        } catch (MalformedJsonException e) {
            throw new AssertionError(json, e);
        }
    }

    /// A value as Kong writes it into messages.
    static String lua(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> {
                Map<String, String> entries = new TreeMap<>();
                object.properties().forEach(e -> entries.put(e.getKey(), lua(e.getValue())));
                yield entries.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining(",", "{", "}"));
            }
            case ArrayNode array -> throw new IllegalArgumentException(array.toString());
            default -> value.isTextual() ? '"' + value.textValue() + '"' : value.asText();
        };
    }
}
