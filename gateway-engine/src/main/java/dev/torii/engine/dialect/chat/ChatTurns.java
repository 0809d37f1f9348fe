package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.dialect.chat.ChatProfile.Feature;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes `messages`. Behind the calls of an assistant come the results of all of them and nothing
/// else; pictures among the results, which this dialect has no place for, follow as the user's.
final class ChatTurns {

    private static final String NO_RESULT = "[no result recorded]";
    private static final String SEE_BELOW = "[see the next message of the user]";

    private final ChatProfile profile;
    private final Losses losses;
    private final ChatContent content;
    private final ChatAssistant assistant;
    private final ChatCallIds ids;
    private final ArrayNode messages = Json.array();

    private final ArrayNode pictures = Json.array();

    /// What was said before all results were there.
    private final List<ObjectNode> later = new ArrayList<>();

    ChatTurns(ChatProfile profile, Losses losses) {
        this.profile = profile;
        this.losses = losses;
        this.content = new ChatContent(profile, losses);
        this.ids = new ChatCallIds(profile);
        this.assistant = new ChatAssistant(profile, content, ids, losses);
    }

    ArrayNode of(List<Message> conversation) throws UnsayableException {
        for (Message message : joined(conversation)) {
            if (message.role() == Role.ASSISTANT) {
                settle();
                say(assistant.message(message), message);
            } else {
                other(message);
            }
        }
        settle();
        return messages;
    }

    /// Calls that a dialect keeps as messages of their own belong to one turn.
    private static List<Message> joined(List<Message> conversation) {
        List<Message> joined = new ArrayList<>();
        int next = 0;
        while (next < conversation.size()) {
            Message message = conversation.get(next++);
            if (message.role() != Role.ASSISTANT) {
                joined.add(message);
                continue;
            }
            List<Part> parts = new ArrayList<>(message.parts());
            boolean called = calls(message);
            boolean onlyThought = thinksOnly(message);
            while (next < conversation.size()
                    && conversation.get(next).role() == Role.ASSISTANT
                    && (called || onlyThought || calls(conversation.get(next)))) {
                message = conversation.get(next++);
                parts.addAll(message.parts());
                called |= calls(message);
                onlyThought &= thinksOnly(message);
            }
            joined.add(new Message(Role.ASSISTANT, parts, message.name(), message.extra()));
        }
        return joined;
    }

    private static boolean calls(Message message) {
        return message.parts().stream().anyMatch(Part.ToolCall.class::isInstance);
    }

    private static boolean thinksOnly(Message message) {
        return message.parts().stream().allMatch(Part.Thinking.class::isInstance);
    }

    private void other(Message message) throws UnsayableException {
        List<Part> said = new ArrayList<>();
        for (Part part : message.parts()) {
            if (!(part instanceof Part.ToolResult result)) {
                said.add(part);
                continue;
            }
            String call = ids.answered(result.callId());
            if (call != null) {
                result(result, call);
            } else {
                losses.approximated("tool result");
                said.add(new Part.Text("Result of a tool: " + content.text(result.parts())));
            }
        }
        if (said.isEmpty() && !message.parts().isEmpty()) {
            return;
        }
        JsonNode words = said.isEmpty() ? TextNode.valueOf("") : content.of(said);
        if (words == null) {
            return;
        }
        ObjectNode json = Json.object().put("role", role(message.role()));
        json.set("content", words);
        if (ids.allAnswered()) {
            settle();
            say(json, message);
        } else {
            finish(json, message);
            later.add(json);
        }
    }

    private String role(Role role) {
        return switch (role) {
            case SYSTEM -> "system";
            case DEVELOPER -> profile.has(Feature.DEVELOPER) ? "developer" : "system";
            case USER, TOOL -> "user";
            case ASSISTANT -> "assistant";
        };
    }

    private void result(Part.ToolResult result, String call) throws UnsayableException {
        ObjectNode json = messages.addObject().put("role", "tool").put("tool_call_id", call);
        if (result.name() != null && profile.has(Feature.RESULT_NAMES)) {
            json.put("name", result.name());
        }
        losses.droppedIf(result.error(), "is_error");
        losses.droppedIf(result.cache() != null, "cache_control");
        boolean shown = false;
        for (Part part : result.parts()) {
            if (part instanceof Part.Image || part instanceof Part.Document) {
                losses.approximated("tool result of another type than text");
                ObjectNode picture = content.part(part);
                if (picture != null) {
                    pictures.add(picture);
                    shown = true;
                }
            }
        }
        String text = content.text(result.parts());
        json.put("content", text.isEmpty() && shown ? SEE_BELOW : text);
    }

    private void settle() {
        for (String call : ids.settle()) {
            losses.approximated("tool result");
            messages.addObject()
                    .put("role", "tool")
                    .put("tool_call_id", call)
                    .put("content", NO_RESULT);
        }
        showPictures();
        later.forEach(messages::add);
        later.clear();
    }

    private void showPictures() {
        if (!pictures.isEmpty()) {
            messages.addObject().put("role", "user").set("content", pictures.deepCopy());
            pictures.removeAll();
        }
    }

    private void say(@Nullable ObjectNode json, Message message) {
        if (json != null) {
            finish(json, message);
            messages.add(json);
        }
    }

    private void finish(ObjectNode json, Message message) {
        if (message.name() != null && message.role() != Role.TOOL) {
            json.put("name", message.name());
        }
        if (profile.has(Feature.UNKNOWN_FIELDS)
                && message.extra().dialect().equals(ChatDialect.NAME)) {
            message.extra().writeTo(json, ChatDialect.NAME);
        } else {
            message.extra().fields().fieldNames().forEachRemaining(losses::dropped);
        }
    }
}
