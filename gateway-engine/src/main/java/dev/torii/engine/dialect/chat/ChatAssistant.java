package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.dialect.chat.ChatProfile.Feature;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes what the model said before.
final class ChatAssistant {

    private final ChatProfile profile;
    private final ChatContent content;
    private final ChatCallIds ids;
    private final Losses losses;

    ChatAssistant(ChatProfile profile, ChatContent content, ChatCallIds ids, Losses losses) {
        this.profile = profile;
        this.content = content;
        this.ids = ids;
        this.losses = losses;
    }

    /// Null where nothing is left to say.
    @Nullable ObjectNode message(Message message) throws UnsayableException {
        List<Part> said = new ArrayList<>();
        List<Part.Thinking> thoughts = new ArrayList<>();
        StringBuilder refusal = new StringBuilder();
        ArrayNode calls = Json.array();
        for (Part part : message.parts()) {
            switch (part) {
                case Part.ToolCall call -> calls.add(call(call));
                case Part.Thinking thought -> thoughts.add(thought);
                case Part.Refusal(var text) -> {
                    if (profile.has(Feature.REFUSAL)) {
                        refusal.append(text);
                    } else {
                        losses.approximated("refusal");
                        said.add(new Part.Text(text));
                    }
                }
                case Part.ToolResult _ -> losses.dropped("tool result");
                default -> said.add(part);
            }
        }
        ObjectNode json = Json.object().put("role", "assistant");
        JsonNode words = content.of(said);
        json.set("content", words == null ? Json.object().nullNode() : words);
        boolean thought = thoughts(thoughts, json);
        if (!refusal.isEmpty()) {
            json.put("refusal", refusal.toString());
        }
        if (!calls.isEmpty()) {
            json.set("tool_calls", calls);
        }
        return words == null && calls.isEmpty() && refusal.isEmpty() && !thought ? null : json;
    }

    private ObjectNode call(Part.ToolCall call) {
        String id = ids.call(call.id());
        if (call.custom() && !profile.has(Feature.CUSTOM_TOOLS)) {
            String input = Json.text(Json.object().put("input", call.arguments()));
            return ChatCalls.json(new Part.ToolCall(id, call.name(), input, false, null));
        }
        boolean bare = !call.custom() && call.arguments().isBlank();
        return ChatCalls.json(
                new Part.ToolCall(
                        id, call.name(), bare ? "{}" : call.arguments(), call.custom(), null));
    }

    /// Whether any of them could be said.
    private boolean thoughts(List<Part.Thinking> thoughts, ObjectNode json) {
        return switch (profile.thoughts()) {
            case NONE -> {
                thoughts.forEach(thought -> losses.dropped("thinking"));
                yield false;
            }
            case REASONING_CONTENT -> text(thoughts, json, ChatThinking.TEXT);
            case REASONING -> text(thoughts, json, ChatThinking.REASONING);
            case DETAILS -> details(thoughts, json);
            case PARTS -> parts(thoughts, json);
        };
    }

    private boolean text(List<Part.Thinking> thoughts, ObjectNode json, String field) {
        String text = textOf(thoughts);
        if (!text.isEmpty()) {
            json.put(field, text);
        }
        return !text.isEmpty();
    }

    private String textOf(List<Part.Thinking> thoughts) {
        StringBuilder text = new StringBuilder();
        for (Part.Thinking thought : thoughts) {
            losses.droppedIf(thought.text().isEmpty(), "thinking");
            text.append(thought.text());
        }
        return text.toString();
    }

    /// Seals of other vendors than those that OpenRouter asked stay behind.
    private boolean details(List<Part.Thinking> thoughts, ObjectNode json) {
        ArrayNode details = Json.array();
        for (Part.Thinking thought : thoughts) {
            ObjectNode detail = ChatThinking.openRouterDetail(thought, details.size());
            if (detail == null) {
                losses.dropped("thinking");
            } else {
                details.add(detail);
            }
        }
        if (!details.isEmpty()) {
            json.set(ChatThinking.DETAILS, details);
        }
        return !details.isEmpty();
    }

    private boolean parts(List<Part.Thinking> thoughts, ObjectNode json) {
        String text = textOf(thoughts);
        if (text.isEmpty()) {
            return false;
        }
        ArrayNode parts = Json.array();
        parts.addObject()
                .put("type", "thinking")
                .putArray("thinking")
                .addObject()
                .put("type", "text")
                .put("text", text);
        JsonNode words = json.path("content");
        if (words.isTextual()) {
            parts.addObject().put("type", "text").put("text", words.textValue());
        } else {
            words.forEach(parts::add);
        }
        json.set("content", parts);
        return true;
    }
}
