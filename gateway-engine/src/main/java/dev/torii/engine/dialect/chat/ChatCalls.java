package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Part;
import java.util.List;
import java.util.Objects;

/// Tool calls of a message.
final class ChatCalls {

    private ChatCalls() {}

    /// The calls in a message or in a piece of a stream, of which the older form knows but one.
    static Iterable<JsonNode> of(JsonNode message) {
        ObjectNode function = Fields.object(message, "function_call");
        if (function == null) {
            return message.path("tool_calls");
        }
        ObjectNode call = Json.object().put("index", 0);
        call.set("function", function);
        return List.of(call);
    }

    static Part.ToolCall read(JsonNode call) {
        boolean custom = "custom".equals(Fields.text(call, "type"));
        JsonNode what = call.path(custom ? "custom" : "function");
        String id = Fields.text(call, "id");
        return new Part.ToolCall(
                id == null || id.isEmpty() ? ChatIds.ofCall() : id,
                Fields.textOrEmpty(what, "name"),
                arguments(what.path(custom ? "input" : "arguments")),
                custom,
                null);
    }

    /// Text; some servers send the object itself.
    static String arguments(JsonNode arguments) {
        return arguments.isObject()
                ? Json.text(arguments)
                : Objects.requireNonNullElse(arguments.textValue(), "");
    }

    static ObjectNode json(Part.ToolCall call) {
        ObjectNode json = Json.object().put("id", call.id());
        if (call.custom()) {
            json.put("type", "custom")
                    .putObject("custom")
                    .put("name", call.name())
                    .put("input", call.arguments());
        } else {
            json.put("type", "function")
                    .putObject("function")
                    .put("name", call.name())
                    .put("arguments", call.arguments());
        }
        return json;
    }
}
