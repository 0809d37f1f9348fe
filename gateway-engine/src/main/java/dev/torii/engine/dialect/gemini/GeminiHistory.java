package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Finds for each answer of a function the call that it answers. Few clients send ids; without one
/// it is the first call of that name that has no answer yet.
final class GeminiHistory {

    /// @param number tells calls apart that have the same id and name
    private record Open(int number, String id, String name) {}

    /// Calls without an answer, in their order, by what an answer may name them by.
    private final Map<String, SequencedSet<Open>> byId = new HashMap<>();

    private final Map<String, SequencedSet<Open>> byName = new HashMap<>();

    /// Those to which the client gave no id, by their names.
    private final Map<String, SequencedSet<Open>> withoutId = new HashMap<>();

    private int calls;

    Part.ToolCall call(ObjectNode json, @Nullable Seal seal) {
        String name = textOrEmpty(json, "name");
        ObjectNode args = GeminiFields.object(json, "args");
        String arguments = args == null ? "{}" : Json.text(args);
        String id = textOrEmpty(json, "id");
        if (id.isEmpty()) {
            id = GeminiIds.of("history", Integer.toString(calls), name);
        }
        var call = new Open(calls++, id, name);
        add(byId, id, call);
        add(byName, name, call);
        if (GeminiIds.isMadeUp(id)) {
            add(withoutId, name, call);
        }
        return new Part.ToolCall(id, name, arguments, false, seal);
    }

    Part.ToolResult result(ObjectNode json) {
        String name = textOrEmpty(json, "name");
        String id = textOrEmpty(json, "id");
        String callId = answered(id, name);
        ObjectNode response = GeminiFields.object(json, "response");
        List<Part> parts = new ArrayList<>();
        boolean error = read(response == null ? Json.object() : response, parts);
        for (JsonNode part : GeminiFields.of(json, "parts")) {
            if (part instanceof ObjectNode object) {
                Part media = GeminiMediaReader.read(object);
                parts.add(media == null ? new Part.Opaque(GeminiDialect.NAME, object) : media);
            }
        }
        return new Part.ToolResult(callId, name, parts, error, null);
    }

    /// The id of the call that is answered, which waits no longer.
    private String answered(String id, String name) {
        Open call = id.isEmpty() ? first(byName, name) : first(byId, id);
        if (call == null && !id.isEmpty()) {
            // The client has an id of its own for a call that came without one.
            call = first(withoutId, name);
        }
        if (call == null) {
            return id.isEmpty() ? GeminiIds.of("orphan", name) : id;
        }
        remove(byId, call.id, call);
        remove(byName, call.name, call);
        remove(withoutId, call.name, call);
        return call.id;
    }

    private static void add(Map<String, SequencedSet<Open>> calls, String key, Open call) {
        calls.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(call);
    }

    private static @Nullable Open first(Map<String, SequencedSet<Open>> calls, String key) {
        SequencedSet<Open> found = calls.get(key);
        return found == null || found.isEmpty() ? null : found.getFirst();
    }

    private static void remove(Map<String, SequencedSet<Open>> calls, String key, Open call) {
        SequencedSet<Open> found = calls.get(key);
        if (found != null) {
            found.remove(call);
        }
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
