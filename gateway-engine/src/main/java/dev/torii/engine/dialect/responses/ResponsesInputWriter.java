package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Role;
import dev.torii.model.llm.Seal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes `input`: what a message says is one item, each thought, each call and each result is one
/// of its own, all in their order. A call that has no result gets one, since OpenAI insists.
final class ResponsesInputWriter {

    private static final String NO_RESULT = "[no result recorded]";

    private final Losses losses;
    private final ResponsesContent content;
    private final ArrayNode items = Json.array();
    private final Set<String> custom = new HashSet<>();
    private final Set<String> called = new HashSet<>();
    private final Set<String> answered = new HashSet<>();
    private @Nullable ArrayNode open;

    ResponsesInputWriter(Losses losses) {
        this.losses = losses;
        this.content = new ResponsesContent(losses);
    }

    ArrayNode items(List<Message> messages) throws UnsayableException {
        for (Message message : messages) {
            for (Part part : message.parts()) {
                if (part instanceof Part.ToolResult result) {
                    answered.add(result.callId());
                }
            }
        }
        for (Message message : messages) {
            open = null;
            write(message);
        }
        return items;
    }

    private void write(Message message) throws UnsayableException {
        losses.droppedIf(message.name() != null && message.role() != Role.TOOL, "name");
        if (!message.extra().dialect().equals(ResponsesDialect.NAME)) {
            message.extra().fields().fieldNames().forEachRemaining(losses::dropped);
        }
        for (Part part : message.parts()) {
            switch (part) {
                case Part.Thinking(var text, var abridged, var seal) ->
                        thought(text, abridged, seal);
                case Part.ToolCall call -> call(call);
                case Part.ToolResult result -> result(result);
                case Part.Opaque(var dialect, var json) when isItem(message, dialect) -> add(json);
                default -> {
                    ObjectNode written = content.part(part, message.role() == Role.ASSISTANT);
                    if (written != null) {
                        content(message).add(written);
                    }
                }
            }
        }
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolCall call && !answered.contains(call.id())) {
                losses.approximated("tool result");
                output(call.id()).put("output", NO_RESULT);
            }
        }
    }

    /// Items of the model's that are OpenAI's alone; those of a user are parts of the content.
    private static boolean isItem(Message message, String dialect) {
        return message.role() == Role.ASSISTANT && dialect.equals(ResponsesDialect.NAME);
    }

    private ArrayNode content(Message message) {
        ArrayNode present = open;
        if (present != null) {
            return present;
        }
        ObjectNode item = items.addObject().put("type", "message");
        item.put(
                "role",
                switch (message.role()) {
                    case SYSTEM -> "system";
                    case DEVELOPER -> "developer";
                    case ASSISTANT -> "assistant";
                    case USER, TOOL -> "user";
                });
        message.extra().writeTo(item, ResponsesDialect.NAME);
        present = item.putArray("content");
        open = present;
        return present;
    }

    private void add(ObjectNode item) {
        open = null;
        items.add(item);
    }

    /// OpenAI takes up none but its own thoughts.
    private void thought(String text, boolean abridged, @Nullable Seal seal) {
        if (seal == null || !ResponsesSeals.isOwn(seal)) {
            losses.dropped("thinking");
            return;
        }
        ObjectNode item = Json.object().put("type", "reasoning");
        ArrayNode summary = item.putArray("summary");
        if (abridged && !text.isEmpty()) {
            summary.add(ResponsesItems.summary(text));
        }
        add(item.put("encrypted_content", seal.value()));
    }

    private void call(Part.ToolCall call) {
        called.add(call.id());
        if (call.custom()) {
            custom.add(call.id());
        }
        ObjectNode item =
                Json.object()
                        .put("type", call.custom() ? "custom_tool_call" : "function_call")
                        .put("call_id", call.id())
                        .put("name", call.name());
        add(item.put(call.custom() ? "input" : "arguments", arguments(call)));
    }

    private static String arguments(Part.ToolCall call) {
        return !call.custom() && call.arguments().isBlank() ? "{}" : call.arguments();
    }

    private void result(Part.ToolResult result) throws UnsayableException {
        losses.droppedIf(result.error(), "is_error");
        losses.droppedIf(result.cache() != null, "cache_control");
        if (!called.contains(result.callId())) {
            orphan(result);
            return;
        }
        ObjectNode item = output(result.callId());
        if (result.parts().size() == 1 && result.parts().getFirst() instanceof Part.Text text) {
            content.part(text, false);
            item.put("output", text.text());
            return;
        }
        ArrayNode output = item.putArray("output");
        for (Part part : result.parts()) {
            ObjectNode written = content.part(part, false);
            if (written != null) {
                output.add(written);
            }
        }
        if (output.isEmpty()) {
            item.put("output", "");
        }
    }

    private ObjectNode output(String callId) {
        ObjectNode item =
                Json.object()
                        .put(
                                "type",
                                custom.contains(callId)
                                        ? "custom_tool_call_output"
                                        : "function_call_output")
                        .put("call_id", callId);
        add(item);
        return item;
    }

    /// A result of a call that is not there, as the user's words.
    private void orphan(Part.ToolResult result) throws UnsayableException {
        losses.approximated("tool result");
        open = null;
        ArrayNode said = content(new Message(Role.USER, List.of()));
        said.add(ResponsesContent.text("Result of a tool:", false));
        for (Part part : result.parts()) {
            ObjectNode written = content.part(part, false);
            if (written != null) {
                said.add(written);
            }
        }
        open = null;
    }
}
