package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.llm.CacheHint;
import dev.torii.model.llm.Tool;
import dev.torii.model.llm.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `tools` and `tool_choice`, and `functions` and `function_call`, which they had been
/// before.
final class ChatTools {

    private ChatTools() {}

    static List<Tool> read(ObjectNode body) throws UnsayableException {
        List<Tool> tools = new ArrayList<>();
        for (JsonNode tool : body.path("tools")) {
            String where = "tools[" + tools.size() + "]";
            tools.add(
                    switch (Fields.text(tool, "type")) {
                        case "function" -> function(tool, tool.path("function"), where);
                        case "custom" -> custom(tool.path("custom"), where);
                        case null ->
                                throw new UnsayableException(
                                        where + ".type: expected function or custom");
                        // Some servers that copy OpenAI have tools that they run themselves.
                        default ->
                                new Tool.Server(
                                        ChatDialect.NAME,
                                        tool.path("type").textValue(),
                                        (ObjectNode) tool);
                    });
        }
        for (JsonNode function : body.path("functions")) {
            tools.add(function(function, function, "functions[" + tools.size() + "]"));
        }
        return tools;
    }

    private static Tool function(JsonNode tool, JsonNode function, String where)
            throws UnsayableException {
        ObjectNode cache = Fields.object(tool, "cache_control");
        return new Tool.Function(
                name(function, where),
                Fields.text(function, "description"),
                Fields.object(function, "parameters"),
                Fields.flag(function, "strict"),
                cache == null ? null : new CacheHint(Fields.text(cache, "ttl")));
    }

    private static Tool custom(JsonNode custom, String where) throws UnsayableException {
        return new Tool.Custom(
                name(custom, where),
                Fields.text(custom, "description"),
                Fields.object(custom, "format"));
    }

    private static String name(JsonNode tool, String where) throws UnsayableException {
        String name = Fields.text(tool, "name");
        if (name == null || name.isEmpty()) {
            throw new UnsayableException(where + ": expected a tool with a name");
        }
        return name;
    }

    static @Nullable ToolChoice choice(ObjectNode body) {
        JsonNode choice =
                body.has("tool_choice") ? body.path("tool_choice") : body.path("function_call");
        if (choice.isTextual()) {
            return switch (choice.textValue()) {
                case "none" -> new ToolChoice.None();
                case "required" -> new ToolChoice.Required();
                default -> new ToolChoice.Auto();
            };
        }
        return choice instanceof ObjectNode object ? chosen(object) : null;
    }

    private static @Nullable ToolChoice chosen(ObjectNode choice) {
        return switch (Fields.text(choice, "type")) {
            case "function" -> named(choice.path("function"), false);
            case "custom" -> named(choice.path("custom"), true);
            case "allowed_tools" -> allowed(choice.path("allowed_tools"));
            case null, default -> named(choice, false);
        };
    }

    private static @Nullable ToolChoice named(JsonNode tool, boolean custom) {
        String name = Fields.text(tool, "name");
        return name == null ? null : new ToolChoice.Named(name, custom);
    }

    private static ToolChoice allowed(JsonNode allowed) {
        List<String> names = new ArrayList<>();
        for (JsonNode tool : allowed.path("tools")) {
            String type = Fields.text(tool, "type");
            String name = Fields.text(tool.path(type == null ? "function" : type), "name");
            if (name != null) {
                names.add(name);
            }
        }
        return new ToolChoice.Allowed(names, "required".equals(Fields.text(allowed, "mode")));
    }
}
