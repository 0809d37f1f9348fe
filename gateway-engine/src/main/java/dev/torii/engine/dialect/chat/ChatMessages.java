package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Reads `messages`.
final class ChatMessages {

    private static final Set<String> KNOWN =
            Set.of(
                    "role",
                    "content",
                    "name",
                    "tool_calls",
                    "tool_call_id",
                    "function_call",
                    "refusal",
                    "annotations",
                    "audio",
                    "reasoning",
                    ChatThinking.TEXT,
                    ChatThinking.DETAILS);

    private ChatMessages() {}

    static List<Message> read(JsonNode messages) throws UnsayableException {
        List<Message> read = new ArrayList<>();
        for (JsonNode message : messages) {
            String where = "messages[" + read.size() + "]";
            if (!(message instanceof ObjectNode object)) {
                throw new UnsayableException(where + ": expected an object");
            }
            Role role = role(object, where);
            read.add(
                    new Message(
                            role,
                            parts(object, role, where),
                            Fields.text(object, "name"),
                            Fields.others(object, KNOWN, ChatDialect.NAME)));
        }
        return read;
    }

    private static Role role(ObjectNode message, String where) throws UnsayableException {
        return switch (Fields.text(message, "role")) {
            case "system" -> Role.SYSTEM;
            case "developer" -> Role.DEVELOPER;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "tool", "function" -> Role.TOOL;
            case null, default ->
                    throw new UnsayableException(
                            where
                                    + ".role: expected one of system, developer, user, assistant,"
                                    + " tool");
        };
    }

    private static List<Part> parts(ObjectNode message, Role role, String where)
            throws UnsayableException {
        List<Part> content = content(message.path("content"), where);
        return switch (role) {
            case ASSISTANT -> assistant(message, content);
            case TOOL ->
                    List.of(
                            new Part.ToolResult(
                                    callId(message),
                                    Fields.text(message, "name"),
                                    content,
                                    false,
                                    null));
            default -> content;
        };
    }

    private static String callId(ObjectNode message) {
        String id = Fields.text(message, "tool_call_id");
        return Objects.requireNonNullElse(id == null ? Fields.text(message, "name") : id, "");
    }

    private static List<Part> assistant(ObjectNode message, List<Part> content) {
        List<Part> parts = new ArrayList<>(ChatThinking.read(message));
        parts.addAll(content);
        String refusal = Fields.text(message, "refusal");
        if (refusal != null && !refusal.isEmpty()) {
            parts.add(new Part.Refusal(refusal));
        }
        for (JsonNode call : message.path("tool_calls")) {
            parts.add(ChatCalls.read(call));
        }
        ObjectNode function = Fields.object(message, "function_call");
        if (function != null) {
            String name = Fields.textOrEmpty(function, "name");
            // The old form has no ids; its result names the function.
            parts.add(
                    new Part.ToolCall(
                            name, name, Fields.textOrEmpty(function, "arguments"), false, null));
        }
        return parts;
    }

    private static List<Part> content(JsonNode content, String where) throws UnsayableException {
        if (content.isMissingNode() || content.isNull()) {
            return List.of();
        }
        if (content.isTextual()) {
            return List.of(new Part.Text(content.textValue()));
        }
        if (!content.isArray()) {
            throw new UnsayableException(
                    where + ".content: expected a string or an array of parts");
        }
        List<Part> parts = new ArrayList<>();
        for (JsonNode part : content) {
            parts.add(ChatParts.read(part, where + ".content[" + parts.size() + "]"));
        }
        return parts;
    }
}
