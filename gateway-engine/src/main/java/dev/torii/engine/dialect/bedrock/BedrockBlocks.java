package dev.torii.engine.dialect.bedrock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.OfferedTools;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.CacheHint;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes the parts of a message as content blocks. Empty texts are left out, since Bedrock refuses
/// them.
final class BedrockBlocks {

    private static final Pattern CALL_ID = Pattern.compile("[a-zA-Z0-9_.:-]{1,64}");

    /// A block, and whether the prompt up to here is to be cached.
    record Block(ObjectNode json, @Nullable CacheHint cache) {

        boolean is(String kind) {
            return json.has(kind);
        }

        /// Whether it is a call that the client answers; the provider's own tools need no answer.
        boolean isCall() {
            return is("toolUse")
                    && !BedrockAnswerReader.SERVER_TOOL.equals(
                            json.at("/toolUse/type").textValue());
        }

        /// The id of the call that it is, or is the result of.
        String callId() {
            return json.at("/toolUse/toolUseId").asText(json.at("/toolResult/toolUseId").asText());
        }
    }

    private final Losses losses;
    private final BedrockMedia media = new BedrockMedia();

    BedrockBlocks(Losses losses) {
        this.losses = losses;
    }

    List<Block> of(List<Part> parts) throws UnsayableException {
        List<Block> blocks = new ArrayList<>();
        for (Part part : parts) {
            ObjectNode json = json(part);
            if (json != null) {
                blocks.add(new Block(json, cache(part)));
            }
        }
        return blocks;
    }

    private @Nullable ObjectNode json(Part part) throws UnsayableException {
        return switch (part) {
            case Part.Text(var text, var cache, var _) -> text(text, cache);
            case Part.Refusal(var text) -> {
                losses.approximated("refusal");
                yield text(text, null);
            }
            case Part.Data(var json) -> text(Json.text(json), null);
            case Part.Image(var source, var detail, var _) -> {
                losses.droppedIf(detail != null && !detail.equals("auto"), "image_url.detail");
                yield BedrockMedia.image(source);
            }
            case Part.Document document -> media.document(document);
            case Part.Audio audio -> BedrockMedia.audio(audio);
            case Part.ToolCall call -> call(call);
            case Part.ToolResult result -> result(result);
            case Part.Thinking(var text, var _, var seal) -> thought(text, seal);
            case Part.Opaque(var dialect, var json) -> {
                if (dialect.equals(BedrockDialect.NAME)) {
                    yield json;
                }
                losses.dropped("content of type " + json.path("type").asText("unknown"));
                yield null;
            }
        };
    }

    private static @Nullable CacheHint cache(Part part) {
        return switch (part) {
            case Part.Text(var _, var cache, var _) -> cache;
            case Part.Image(var _, var _, var cache) -> cache;
            case Part.Document(var _, var _, var _, var cache) -> cache;
            case Part.ToolResult result -> {
                CacheHint within = null;
                for (Part inner : result.parts()) {
                    CacheHint own = cache(inner);
                    within = own == null ? within : own;
                }
                yield result.cache() == null ? within : result.cache();
            }
            default -> null;
        };
    }

    private @Nullable ObjectNode text(String text, @Nullable CacheHint cache) {
        if (text.isBlank()) {
            losses.droppedIf(cache != null, "cache_control");
            return null;
        }
        return Json.object().put("text", text);
    }

    private ObjectNode call(Part.ToolCall call) {
        ObjectNode block = Json.object();
        ObjectNode json =
                block.putObject("toolUse")
                        .put("toolUseId", callId(call.id()))
                        .put("name", call.name());
        json.set("input", OfferedTools.arguments(call, losses));
        return block;
    }

    /// The id itself where Bedrock takes it, else always the same other one.
    private static String callId(String id) {
        return CALL_ID.matcher(id).matches()
                ? id
                : "call_" + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
    }

    /// JSON of a result has to be an object; any other is told as text.
    private ObjectNode result(Part.ToolResult result) throws UnsayableException {
        ObjectNode block = Json.object();
        ObjectNode json = block.putObject("toolResult").put("toolUseId", callId(result.callId()));
        ArrayNode content = json.putArray("content");
        for (Part part : result.parts()) {
            if (part instanceof Part.Data(var data) && data.isObject()) {
                content.addObject().set("json", data);
            } else {
                ObjectNode inner = json(part);
                if (inner != null) {
                    content.add(inner);
                }
            }
        }
        if (result.error()) {
            json.put("status", "error");
        }
        return block;
    }

    /// Bedrock takes up none but the thoughts of its own models, sealed.
    private @Nullable ObjectNode thought(String text, @Nullable Seal seal) {
        if (seal == null || !BedrockSeals.isOwn(seal)) {
            losses.dropped("thinking");
            return null;
        }
        ObjectNode block = Json.object();
        ObjectNode thought = block.putObject("reasoningContent");
        switch (seal.kind()) {
            case SIGNATURE ->
                    thought.putObject("reasoningText")
                            .put("text", text)
                            .put("signature", seal.value());
            case ENCRYPTED -> thought.put("redactedContent", seal.value());
        }
        return block;
    }
}
