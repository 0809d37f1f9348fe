package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.CacheHint;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.MediaSource;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the parts of a message as content blocks. Empty texts are left out, since Anthropic
/// refuses them.
final class AnthropicBlocks {

    private final Losses losses;

    AnthropicBlocks(Losses losses) {
        this.losses = losses;
    }

    List<ObjectNode> of(List<Part> parts) throws UnsayableException {
        List<ObjectNode> blocks = new ArrayList<>();
        for (Part part : parts) {
            ObjectNode block = block(part);
            if (block != null) {
                blocks.add(block);
            }
        }
        return blocks;
    }

    /// Thoughts come first.
    List<ObjectNode> ofAssistant(List<Part> parts) throws UnsayableException {
        List<ObjectNode> blocks = of(parts);
        blocks.sort((one, other) -> Boolean.compare(!isThought(one), !isThought(other)));
        return blocks;
    }

    private static boolean isThought(ObjectNode block) {
        return block.path("type").asText().endsWith("thinking");
    }

    private @Nullable ObjectNode block(Part part) throws UnsayableException {
        return switch (part) {
            case Part.Text(var text, var cache, var _) -> text(text, cache);
            case Part.Refusal(var text) -> {
                losses.approximated("refusal");
                yield text(text, null);
            }
            case Part.Data(var json) -> text(Json.text(json), null);
            case Part.Image(var source, var _, var cache) -> media("image", source, cache);
            case Part.Document(var source, var name, var title, var cache) -> {
                ObjectNode document = media("document", source, cache);
                String shown = title == null ? name : title;
                yield shown == null ? document : document.put("title", shown);
            }
            case Part.Audio _ ->
                    throw new UnsayableException(
                            "input_audio: the model takes no sound; send a transcript instead");
            case Part.ToolCall call -> call(call);
            case Part.ToolResult result -> result(result);
            case Part.Thinking(var text, var _, var seal) -> thought(text, seal);
            case Part.Opaque(var dialect, var json) -> {
                if (dialect.equals(AnthropicDialect.NAME)) {
                    yield json;
                }
                losses.dropped("content of type " + json.path("type").asText("unknown"));
                yield null;
            }
        };
    }

    private static @Nullable ObjectNode text(String text, @Nullable CacheHint cache) {
        if (text.isBlank()) {
            return null;
        }
        ObjectNode block = Json.object().put("type", "text").put("text", text);
        AnthropicCache.mark(block, cache);
        return block;
    }

    private static ObjectNode media(String type, MediaSource source, @Nullable CacheHint cache)
            throws UnsayableException {
        ObjectNode block = Json.object().put("type", type);
        ObjectNode from = block.putObject("source");
        switch (source) {
            case MediaSource.Url(var url) -> from.put("type", "url").put("url", url);
            case MediaSource.Bytes(var mime, var base64) ->
                    from.put("type", "base64").put("media_type", mime).put("data", base64);
            case MediaSource.FileId(var dialect, var id) -> {
                if (!dialect.equals(AnthropicDialect.NAME)) {
                    throw new UnsayableException(
                            "file_id: the file lies with another provider; send its content"
                                    + " instead");
                }
                from.put("type", "file").put("file_id", id);
            }
        }
        AnthropicCache.mark(block, cache);
        return block;
    }

    private ObjectNode call(Part.ToolCall call) {
        ObjectNode block =
                Json.object().put("type", "tool_use").put("id", call.id()).put("name", call.name());
        block.set("input", input(call));
        return block;
    }

    private ObjectNode input(Part.ToolCall call) {
        if (call.custom()) {
            return Json.object().put("input", call.arguments());
        }
        if (call.arguments().isBlank()) {
            return Json.object();
        }
        ObjectNode parsed = Fields.parsed(call.arguments());
        if (parsed != null) {
            return parsed;
        }
        losses.approximated("tool call arguments");
        return Json.object().put("input", call.arguments());
    }

    private ObjectNode result(Part.ToolResult result) throws UnsayableException {
        ObjectNode block =
                Json.object().put("type", "tool_result").put("tool_use_id", result.callId());
        ArrayNode content = block.putArray("content");
        of(result.parts()).forEach(content::add);
        if (result.error()) {
            block.put("is_error", true);
        }
        AnthropicCache.mark(block, result.cache());
        return block;
    }

    static String textOfResult(ObjectNode block) {
        StringBuilder text = new StringBuilder();
        for (JsonNode part : block.path("content")) {
            text.append(part.path("text").asText());
        }
        return text.toString();
    }

    /// Anthropic takes up none but its own thoughts.
    private @Nullable ObjectNode thought(String text, @Nullable Seal seal) {
        if (seal == null || !AnthropicSeals.isOwn(seal)) {
            losses.dropped("thinking");
            return null;
        }
        return switch (seal.kind()) {
            case SIGNATURE ->
                    Json.object()
                            .put("type", "thinking")
                            .put("thinking", text)
                            .put("signature", seal.value());
            case ENCRYPTED ->
                    Json.object().put("type", "redacted_thinking").put("data", seal.value());
        };
    }
}
