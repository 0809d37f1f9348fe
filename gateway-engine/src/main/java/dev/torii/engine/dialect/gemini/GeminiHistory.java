package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Finds for each answer of a function the call that it answers. Few clients send ids; without one
/// it is the first call of that name that has no answer yet.
final class GeminiHistory {

    private record Open(String id, String name) {}

    private final List<Open> open = new ArrayList<>();
    private int calls;

    Part.ToolCall call(ObjectNode json, @Nullable Seal seal) {
        String name = textOrEmpty(json, "name");
        ObjectNode args = GeminiFields.object(json, "args");
        String arguments = args == null ? "{}" : Json.text(args);
        String id = textOrEmpty(json, "id");
        if (id.isEmpty()) {
            id = GeminiIds.of("history", Integer.toString(calls), name);
        }
        calls++;
        open.add(new Open(id, name));
        return new Part.ToolCall(id, name, arguments, false, seal);
    }

    Part.ToolResult result(ObjectNode json) {
        String name = textOrEmpty(json, "name");
        String id = textOrEmpty(json, "id");
        Open answered = answered(id, name);
        open.remove(answered);
        ObjectNode response = GeminiFields.object(json, "response");
        List<Part> parts = new ArrayList<>();
        boolean error = read(response == null ? Json.object() : response, parts);
        for (JsonNode part : GeminiFields.of(json, "parts")) {
            if (part instanceof ObjectNode object) {
                Part media = GeminiMediaReader.read(object);
                parts.add(media == null ? new Part.Opaque(GeminiDialect.NAME, object) : media);
            }
        }
        return new Part.ToolResult(answered.id, name, parts, error, null);
    }

    private Open answered(String id, String name) {
        for (Open call : open) {
            if (id.isEmpty() ? call.name.equals(name) : call.id.equals(id)) {
                return call;
            }
        }
        if (!id.isEmpty()) {
            // The client has an id of its own for a call that came without one.
            for (Open call : open) {
                if (GeminiIds.isMadeUp(call.id) && call.name.equals(name)) {
                    return call;
                }
            }
        }
        return new Open(id.isEmpty() ? GeminiIds.of("orphan", name) : id, name);
    }

    /// Google's own clients put a plain answer under `output`, others under `result`, and what went
    /// wrong under `error`.
    ///
    /// @return whether the function failed
    private static boolean read(ObjectNode response, List<Part> parts) {
        if (response.size() == 1) {
            for (String field : List.of("output", "result", "error")) {
                if (response.path(field).isTextual()) {
                    parts.add(new Part.Text(response.path(field).textValue()));
                    return field.equals("error");
                }
            }
        }
        parts.add(new Part.Data(response));
        return false;
    }

    private static String textOrEmpty(JsonNode json, String field) {
        return Objects.requireNonNullElse(GeminiFields.text(json, field), "");
    }
}
