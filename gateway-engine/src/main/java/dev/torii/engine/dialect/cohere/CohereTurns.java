package dev.torii.engine.dialect.cohere;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes `messages`, and `documents` of the texts that stand in them.
final class CohereTurns {

    private final Losses losses;
    private final ArrayNode documents = Json.array();

    CohereTurns(Losses losses) {
        this.losses = losses;
    }

    ArrayNode documents() {
        return documents;
    }

    ArrayNode messages(List<Message> messages) throws UnsayableException {
        ArrayNode turns = Json.array();
        for (Message message : ToolTurns.of(messages, losses)) {
            ObjectNode turn =
                    switch (message.role()) {
                        case SYSTEM, DEVELOPER -> spoken("system", message.parts());
                        case USER -> spoken("user", message.parts());
                        case ASSISTANT -> assistant(message.parts());
                        case TOOL -> result((Part.ToolResult) message.parts().getFirst());
                    };
            if (turn != null) {
                turns.add(turn);
            }
        }
        return turns;
    }

    /// Null where nothing is said.
    private @Nullable ObjectNode spoken(String role, List<Part> parts) throws UnsayableException {
        ArrayNode content = content(parts);
        return content.isEmpty() ? null : Json.object().put("role", role).set("content", content);
    }

    private @Nullable ObjectNode assistant(List<Part> parts) throws UnsayableException {
        ObjectNode turn = Json.object().put("role", "assistant");
        ArrayNode calls = Json.array();
        StringBuilder plan = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Part.ToolCall call -> calls.add(call(call));
                case Part.Thinking thought when isOwn(thought) -> plan.append(thought.text());
                default -> {}
            }
        }
        // What the model thought before its calls is its plan.
        boolean planned = !plan.isEmpty() && !calls.isEmpty();
        if (planned) {
            turn.put("tool_plan", plan.toString());
        }
        ArrayNode content =
                content(
                        parts.stream()
                                .filter(part ->
                                        !(planned
                                                && part instanceof Part.Thinking thought
                                                && isOwn(thought)))
                                .toList());
        if (!content.isEmpty()) {
            turn.set("content", content);
        }
        if (!calls.isEmpty()) {
            turn.set("tool_calls", calls);
        }
        return content.isEmpty() && calls.isEmpty() ? null : turn;
    }

    /// Cohere seals no thoughts, and cannot read those that are sealed.
    private static boolean isOwn(Part.Thinking thought) {
        return thought.seal() == null && !thought.text().isEmpty();
    }

    private ObjectNode call(Part.ToolCall call) {
        String arguments =
                call.custom()
                        ? Json.text(OfferedTools.arguments(call, losses))
                        : call.arguments().isBlank() ? "{}" : call.arguments();
        ObjectNode json = Json.object().put("id", call.id()).put("type", "function");
        json.putObject("function").put("name", call.name()).put("arguments", arguments);
        return json;
    }

    private ObjectNode result(Part.ToolResult result) throws UnsayableException {
        PlainText.cached(result.cache(), losses);
        return Json.object()
                .put("role", "tool")
                .put("tool_call_id", result.callId())
                .put("content", PlainText.of(result.parts(), losses));
    }

    private ArrayNode content(List<Part> parts) throws UnsayableException {
        ArrayNode content = Json.array();
        for (Part part : parts) {
            ObjectNode block = block(part);
            if (block != null) {
                content.add(block);
            }
        }
        return content;
    }

    private @Nullable ObjectNode block(Part part) throws UnsayableException {
        return switch (part) {
            case Part.Image(var source, var detail, var cache) -> {
                PlainText.cached(cache, losses);
                ObjectNode block = Json.object().put("type", "image_url");
                ObjectNode image = block.putObject("image_url").put("url", url(source));
                if (detail != null) {
                    image.put("detail", detail);
                }
                yield block;
            }
            case Part.Thinking thought -> {
                if (!isOwn(thought)) {
                    losses.dropped("thinking");
                    yield null;
                }
                yield Json.object().put("type", "thinking").put("thinking", thought.text());
            }
            case Part.Document(var source, var name, var title, var cache) -> {
                PlainText.cached(cache, losses);
                ObjectNode data = documents.addObject().putObject("data");
                String shown = title == null ? name : title;
                if (shown != null) {
                    data.put("title", shown);
                }
                data.put("text", PlainText.document(source));
                yield null;
            }
            default -> {
                String text = PlainText.of(part, losses);
                yield text == null || text.isEmpty()
                        ? null
                        : Json.object().put("type", "text").put("text", text);
            }
        };
    }

    private static String url(MediaSource source) throws UnsayableException {
        return switch (source) {
            case MediaSource.Url(var url) -> url;
            case MediaSource.Bytes bytes -> bytes.dataUrl();
            case MediaSource.FileId _ ->
                    throw new UnsayableException(
                            "file_id: the file lies with another provider; send its content"
                                    + " instead");
        };
    }
}
