package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.OfferedTools;
import dev.torii.engine.dialect.SealWrap;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a `message`. Empty texts are left out: Anthropic would refuse them when they come back.
final class AnthropicAnswerWriter {

    private AnthropicAnswerWriter() {}

    static ObjectNode json(LlmAnswer answer, LlmRequest request) {
        List<Part> parts =
                answer.choices().isEmpty() ? List.of() : answer.choices().getFirst().parts();
        Finish finish =
                answer.choices().isEmpty()
                        ? Finish.of(Finish.Kind.UNKNOWN)
                        : answer.choices().getFirst().finish();
        ObjectNode json = message(answer.id(), answer.model(), request);
        ArrayNode content = json.putArray("content");
        for (Part part : parts) {
            write(part, content);
        }
        boolean calls = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
        AnthropicFinish.write(calls ? finish.withToolCalls() : finish, json);
        json.set("usage", AnthropicUsage.jsonOfMessage(answer.usage()));
        return json;
    }

    /// What a message begins with, whole or streamed.
    static ObjectNode message(@Nullable String id, @Nullable String model, LlmRequest request) {
        return Json.object()
                .put("id", AnthropicIds.ofMessage(id))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", model == null ? request.model() : model);
    }

    private static void write(Part part, ArrayNode content) {
        switch (part) {
            case Part.Text(var text, _, _) -> text(text, content);
            case Part.Refusal(var text) -> text(text, content);
            case Part.Thinking(var text, _, var seal) -> {
                if (seal != null || !text.isEmpty()) {
                    content.add(thought(text, seal));
                }
            }
            case Part.ToolCall call -> {
                if (call.seal() != null) {
                    content.add(carrier(call.seal(), AnthropicIds.ofCall(call.id())));
                }
                content.add(call(call));
            }
            case Part.Opaque(var dialect, var json) -> {
                if (dialect.equals(AnthropicDialect.NAME)) {
                    content.add(json);
                }
            }
            case Part.Data(var json) -> text(Json.text(json), content);
            // Models of this dialect's kind answer in words; what else comes has no block.
            case Part.Image _, Part.Audio _, Part.Document _, Part.ToolResult _ -> {}
        }
    }

    private static void text(String text, ArrayNode content) {
        if (!text.isEmpty()) {
            content.add(AnthropicBlocks.plain(text));
        }
    }

    /// A seal of another vendor is wrapped, and one that is not there is empty.
    private static ObjectNode thought(String text, @Nullable Seal seal) {
        if (seal != null && AnthropicSeals.isOwn(seal)) {
            return AnthropicBlocks.json(text, seal);
        }
        return thinking(text, seal == null ? "" : SealWrap.wrap(seal, null));
    }

    /// A thought without words, which carries the seal of the call behind it.
    private static ObjectNode carrier(Seal seal, String callId) {
        return thinking("", SealWrap.wrap(seal, callId));
    }

    private static ObjectNode thinking(String text, String signature) {
        return Json.object()
                .put("type", "thinking")
                .put("thinking", text)
                .put("signature", signature);
    }

    /// Arguments that are no object, as those that a limit has cut, stand under `input`.
    private static ObjectNode call(Part.ToolCall call) {
        ObjectNode block =
                Json.object()
                        .put("type", "tool_use")
                        .put("id", AnthropicIds.ofCall(call.id()))
                        .put("name", call.name());
        block.set("input", OfferedTools.arguments(call, new Losses()));
        return block;
    }
}
