package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Part;
import java.util.ArrayList;
import java.util.List;

/// Writes `functionCall` and `functionResponse`.
final class GeminiCalls {

    private final GeminiModel model;
    private final Losses losses;

    GeminiCalls(GeminiModel model, Losses losses) {
        this.model = model;
        this.losses = losses;
    }

    ObjectNode call(Part.ToolCall call) {
        if (!call.custom() && !call.arguments().isBlank() && !isObject(call.arguments())) {
            losses.approximated("tool call arguments");
        }
        return json(call);
    }

    static ObjectNode json(Part.ToolCall call) {
        ObjectNode part = Json.object();
        ObjectNode json = part.putObject("functionCall");
        if (!GeminiIds.isMadeUp(call.id())) {
            json.put("id", call.id());
        }
        json.put("name", call.name()).set("args", arguments(call.arguments(), call.custom()));
        return part;
    }

    private static boolean isObject(String arguments) {
        return Fields.parsed(arguments) != null;
    }

    /// Gemini takes an object; a text that is none goes under a name.
    static ObjectNode arguments(String text, boolean custom) {
        if (!custom && text.isBlank()) {
            return Json.object();
        }
        ObjectNode parsed = custom ? null : Fields.parsed(text);
        return parsed == null ? Json.object().put("input", text) : parsed;
    }

    /// The result, and behind it the pictures that this model does not take within.
    List<ObjectNode> result(Part.ToolResult result, String name) throws UnsayableException {
        List<ObjectNode> media = new ArrayList<>();
        for (Part part : result.parts()) {
            switch (part) {
                case Part.Image(var source, var _, var _) ->
                        media.add(GeminiMedia.json(source, "image/jpeg"));
                case Part.Document(var source, var _, var _, var _) ->
                        media.add(GeminiMedia.json(source, "application/pdf"));
                case Part.Audio(var source, var format) ->
                        media.add(GeminiMedia.json(source, "audio/" + format));
                case Part.Text _, Part.Data _, Part.Refusal _ -> {}
                default -> losses.dropped("content of a tool result");
            }
        }
        losses.droppedIf(result.cache() != null, "cache_control");
        ObjectNode part = Json.object();
        ObjectNode json = part.putObject("functionResponse");
        if (!GeminiIds.isMadeUp(result.callId())) {
            json.put("id", result.callId());
        }
        json.put("name", name).set("response", response(result));
        List<ObjectNode> written = new ArrayList<>();
        written.add(part);
        if (model.readsMediaOfTools() && !media.isEmpty()) {
            ArrayNode within = json.putArray("parts");
            media.forEach(within::add);
        } else if (!media.isEmpty()) {
            losses.approximated("image of a tool result");
            written.addAll(media);
        }
        return written;
    }

    private static JsonNode response(Part.ToolResult result) {
        if (!result.error()
                && result.parts().size() == 1
                && result.parts().getFirst() instanceof Part.Data(var json)) {
            return json.isObject() ? json : Json.object().set("result", json);
        }
        String text = text(result);
        if (result.error()) {
            return Json.object().put("error", text);
        }
        ObjectNode parsed = Fields.parsed(text);
        return parsed == null ? Json.object().put("result", text) : parsed;
    }

    static String text(Part.ToolResult result) {
        List<String> texts = new ArrayList<>();
        for (Part part : result.parts()) {
            switch (part) {
                case Part.Text(var text, var _, var _) -> texts.add(text);
                case Part.Refusal(var text) -> texts.add(text);
                case Part.Data(var json) -> texts.add(Json.text(json));
                default -> {}
            }
        }
        return String.join("\n", texts);
    }
}
