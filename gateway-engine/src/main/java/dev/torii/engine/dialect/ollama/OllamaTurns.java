package dev.torii.engine.dialect.ollama;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.OfferedTools;
import dev.torii.engine.dialect.PlainText;
import dev.torii.engine.dialect.ToolTurns;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.MediaSource;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import java.util.ArrayList;
import java.util.List;

/// Writes `messages`: content is one text, pictures lie beside it as bare base64, and arguments of
/// calls are objects. A result names its tool, and its call for those versions that give calls an
/// id.
final class OllamaTurns {

    private final Losses losses;

    OllamaTurns(Losses losses) {
        this.losses = losses;
    }

    ArrayNode messages(List<Message> messages) throws UnsayableException {
        ArrayNode turns = Json.array();
        for (Message message : ToolTurns.of(messages, losses)) {
            turns.add(
                    switch (message.role()) {
                        case SYSTEM, DEVELOPER -> spoken("system", message.parts());
                        case USER -> spoken("user", message.parts());
                        case ASSISTANT -> assistant(message.parts());
                        case TOOL -> result((Part.ToolResult) message.parts().getFirst());
                    });
        }
        return turns;
    }

    ObjectNode spoken(String role, List<Part> parts) throws UnsayableException {
        List<Part> words = new ArrayList<>();
        ArrayNode images = Json.array();
        for (Part part : parts) {
            if (part instanceof Part.Image image) {
                images.add(base64(image));
            } else {
                words.add(part);
            }
        }
        ObjectNode turn =
                Json.object().put("role", role).put("content", PlainText.of(words, losses));
        if (!images.isEmpty()) {
            turn.set("images", images);
        }
        return turn;
    }

    private String base64(Part.Image image) throws UnsayableException {
        PlainText.cached(image.cache(), losses);
        losses.droppedIf(image.detail() != null, "detail");
        return switch (image.source()) {
            case MediaSource.Bytes(var _, var base64) -> base64;
            case MediaSource.Url _ ->
                    throw new UnsayableException(
                            "image_url: the model takes no addresses; send the picture as a data:"
                                    + " URL");
            case MediaSource.FileId _ ->
                    throw new UnsayableException(
                            "file_id: the file lies with another provider; send its content"
                                    + " instead");
        };
    }

    private ObjectNode assistant(List<Part> parts) throws UnsayableException {
        StringBuilder thoughts = new StringBuilder();
        ArrayNode calls = Json.array();
        for (Part part : parts) {
            switch (part) {
                case Part.Thinking(var text, var _, var seal) -> {
                    if (seal == null) {
                        thoughts.append(text);
                    } else {
                        losses.dropped("thinking");
                    }
                }
                case Part.ToolCall call -> calls.add(call(call));
                default -> {}
            }
        }
        ObjectNode turn = spoken("assistant", parts);
        if (!thoughts.isEmpty()) {
            turn.put("thinking", thoughts.toString());
        }
        if (!calls.isEmpty()) {
            turn.set("tool_calls", calls);
        }
        return turn;
    }

    private ObjectNode call(Part.ToolCall call) {
        ObjectNode json = Json.object();
        if (!call.id().isEmpty()) {
            json.put("id", call.id());
        }
        json.putObject("function")
                .put("name", call.name())
                .set("arguments", OfferedTools.arguments(call, losses));
        return json;
    }

    private ObjectNode result(Part.ToolResult result) throws UnsayableException {
        PlainText.cached(result.cache(), losses);
        ObjectNode turn =
                Json.object()
                        .put("role", "tool")
                        .put("content", PlainText.of(result.parts(), losses));
        if (result.name() != null) {
            turn.put("tool_name", result.name());
        }
        if (!result.callId().isEmpty()) {
            turn.put("tool_call_id", result.callId());
        }
        return turn;
    }
}
