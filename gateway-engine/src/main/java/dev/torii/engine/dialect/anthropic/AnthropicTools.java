package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Tool;
import dev.torii.model.llm.ToolChoice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes `tools` and `tool_choice`.
final class AnthropicTools {

    private final ArrayNode tools = Json.array();
    private final @Nullable ObjectNode choice;

    AnthropicTools(LlmRequest request, Losses losses) {
        List<String> allowed =
                request.toolChoice() instanceof ToolChoice.Allowed(var names, var _)
                        ? names
                        : List.of();
        for (Tool tool : request.tools()) {
            switch (tool) {
                case Tool.Function function -> {
                    if (allowed.isEmpty() || allowed.contains(function.name())) {
                        tools.add(json(function));
                    } else {
                        losses.approximated("tool_choice.allowed_tools");
                    }
                }
                case Tool.Custom custom -> {
                    losses.approximated("tools[custom]");
                    tools.add(json(asFunction(custom)));
                }
                case Tool.Server(var dialect, var type, var raw) -> {
                    if (dialect.equals(AnthropicDialect.NAME)) {
                        tools.add(raw);
                    } else {
                        losses.dropped("tools[" + type + "]");
                    }
                }
            }
        }
        this.choice = tools.isEmpty() ? null : choice(request);
    }

    /// The schema has to be there, and has to be an object's.
    private static ObjectNode json(Tool.Function function) {
        ObjectNode json = Json.object().put("name", function.name());
        if (function.description() != null) {
            json.put("description", function.description());
        }
        ObjectNode schema =
                function.parameters() == null ? Json.object() : function.parameters().deepCopy();
        if (!schema.has("type")) {
            schema.put("type", "object");
            schema.withObjectProperty("properties");
        }
        json.set("input_schema", schema);
        if (Boolean.TRUE.equals(function.strict())) {
            json.put("strict", true);
        }
        AnthropicCache.mark(json, function.cache());
        return json;
    }

    /// A tool that takes free text, as one that takes it under the name `input`.
    private static Tool.Function asFunction(Tool.Custom custom) {
        ObjectNode schema = Json.object().put("type", "object");
        schema.putObject("properties").putObject("input").put("type", "string");
        schema.putArray("required").add("input");
        String description = custom.description() == null ? "" : custom.description();
        if (custom.format() != null) {
            description += "\n\nThe input has to fit this: " + Json.text(custom.format());
        }
        return new Tool.Function(custom.name(), description.strip(), schema, null, null);
    }

    private static @Nullable ObjectNode choice(LlmRequest request) {
        ObjectNode choice =
                switch (request.toolChoice()) {
                    case ToolChoice.None _ -> type("none");
                    case ToolChoice.Required _ -> type("any");
                    case ToolChoice.Named(var name, var _) -> type("tool").put("name", name);
                    case ToolChoice.Allowed(var _, var required) -> type(required ? "any" : "auto");
                    case ToolChoice.Auto _ -> type("auto");
                    case null ->
                            Boolean.FALSE.equals(request.parallelToolCalls()) ? type("auto") : null;
                };
        if (choice != null
                && Boolean.FALSE.equals(request.parallelToolCalls())
                && !(request.toolChoice() instanceof ToolChoice.None)) {
            choice.put("disable_parallel_tool_use", true);
        }
        return choice;
    }

    private static ObjectNode type(String type) {
        return Json.object().put("type", type);
    }

    void writeTo(ObjectNode json) {
        if (!tools.isEmpty()) {
            json.set("tools", tools);
        }
        if (choice != null) {
            json.set("tool_choice", choice);
        }
    }
}
