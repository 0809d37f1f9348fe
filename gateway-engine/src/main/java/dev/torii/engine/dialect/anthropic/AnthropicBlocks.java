package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.OfferedTools;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.CacheHint;
import dev.torii.model.llm.Extra;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the parts of a message as content blocks. Empty texts are left out, since Anthropic
/// refuses them.
final class AnthropicBlocks {

    private final Losses losses;
    private final AnthropicMedia media;

    AnthropicBlocks(Losses losses, AnthropicHost host) {
        this.losses = losses;
        this.media = new AnthropicMedia(host);
    }

    List<ObjectNode> of(Message message) throws UnsayableException {
        return of(message.parts(), message.extra(), "");
    }

    /// Thoughts come first; in a client's own words of Anthropic's dialect they stand where they
    /// stood, for their signatures are good for nothing elsewhere.
    List<ObjectNode> ofAssistant(Message message, boolean own) throws UnsayableException {
        List<ObjectNode> blocks = of(message);
        if (!own) {
            blocks.sort((one, other) -> Boolean.compare(!isThought(one), !isThought(other)));
        }
        return blocks;
    }

    private List<ObjectNode> of(List<Part> parts, Extra extra, String within)
            throws UnsayableException {
        List<ObjectNode> blocks = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            ObjectNode block = block(parts.get(i), extra, within + i);
            if (block != null) {
                AnthropicExtras.restore(extra, within + i, block);
                blocks.add(block);
            }
        }
        return blocks;
    }

    private static boolean isThought(ObjectNode block) {
        return block.path("type").asText().endsWith("thinking");
    }

    private @Nullable ObjectNode block(Part part, Extra extra, String place)
            throws UnsayableException {
        return switch (part) {
            case Part.Text(var text, var cache, var _) -> text(text, cache);
            case Part.Refusal(var text) -> {
                losses.approximated("refusal");
                yield text(text, null);
            }
            case Part.Data(var json) -> text(Json.text(json), null);
            case Part.Image(var source, var _, var cache) -> media.block("image", source, cache);
            case Part.Document(var source, var name, var title, var cache) -> {
                ObjectNode document = media.block("document", source, cache);
                String shown = title == null ? name : title;
                yield shown == null ? document : document.put("title", shown);
            }
            case Part.Audio _ ->
                    throw new UnsayableException(
                            "input_audio: the model takes no sound; send a transcript instead");
            case Part.ToolCall call -> call(call);
            case Part.ToolResult result -> result(result, extra, place);
            case Part.Thinking(var text, var _, var seal) -> thought(text, seal);
            case Part.Opaque(var dialect, var json) -> {
                if (dialect.equals(AnthropicDialect.NAME)) {
                    // Its marks may be taken away; the client's own stay as they are.
                    yield Json.object().setAll(json);
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
        ObjectNode block = plain(text);
        AnthropicCache.mark(block, cache);
        return block;
    }

    static ObjectNode plain(String text) {
        return Json.object().put("type", "text").put("text", text);
    }

    private ObjectNode call(Part.ToolCall call) {
        ObjectNode block =
                Json.object()
                        .put("type", "tool_use")
                        .put("id", AnthropicIds.ofCall(call.id()))
                        .put("name", call.name());
        block.set("input", OfferedTools.arguments(call, losses));
        return block;
    }

    private ObjectNode result(Part.ToolResult result, Extra extra, String place)
            throws UnsayableException {
        ObjectNode block =
                Json.object()
                        .put("type", "tool_result")
                        .put("tool_use_id", AnthropicIds.ofCall(result.callId()));
        List<ObjectNode> content = of(result.parts(), extra, place + ".");
        if (!content.isEmpty()) {
            ArrayNode blocks = block.putArray("content");
            content.forEach(blocks::add);
        }
        if (result.error()) {
            block.put("is_error", true);
        }
        AnthropicCache.mark(block, result.cache());
        return block;
    }

    /// The result of a call that is not there, in blocks that a user may say.
    static List<ObjectNode> ofStrayResult(ObjectNode result) {
        StringBuilder text = new StringBuilder("Result of a tool: ");
        List<ObjectNode> blocks = new ArrayList<>();
        for (JsonNode part : result.path("content")) {
            switch (part.path("type").asText()) {
                case "text" -> text.append(part.path("text").asText());
                case "image", "document" -> blocks.add((ObjectNode) part);
                default -> {}
            }
        }
        blocks.addFirst(plain(text.toString()));
        AnthropicCache.move(result, blocks.getLast());
        return blocks;
    }

    /// Anthropic takes up none but its own thoughts.
    private @Nullable ObjectNode thought(String text, @Nullable Seal seal) {
        if (seal == null || !AnthropicSeals.isOwn(seal)) {
            losses.dropped("thinking");
            return null;
        }
        return json(text, seal);
    }

    /// A thought with Anthropic's own seal.
    static ObjectNode json(String text, Seal seal) {
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
