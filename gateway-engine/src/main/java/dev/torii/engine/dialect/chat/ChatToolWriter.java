package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.OfferedTools;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.dialect.chat.ChatProfile.Feature;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Tool;
import dev.torii.model.llm.ToolChoice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes `tools`, `tool_choice` and `parallel_tool_calls`.
final class ChatToolWriter {

    private final LlmRequest request;
    private final ChatProfile profile;
    private final Losses losses;

    ChatToolWriter(LlmRequest request, ChatProfile profile, Losses losses) {
        this.request = request;
        this.profile = profile;
        this.losses = losses;
    }

    /// @throws UnsayableException when a tool has to be used that the server does not know
    void writeTo(ObjectNode json) throws UnsayableException {
        ArrayNode tools = Json.array();
        for (Tool tool : request.tools()) {
            ObjectNode written = written(tool);
            if (written != null) {
                tools.add(written);
            }
        }
        if (tools.isEmpty()) {
            if (!request.tools().isEmpty()) {
                OfferedTools.refuseIfForced(request);
            }
            // Without tools, OpenAI refuses what is said about them.
            losses.droppedIf(OfferedTools.forced(request), "tool_choice");
            return;
        }
        json.set("tools", tools);
        choice(json);
        if (request.parallelToolCalls() != null) {
            json.put("parallel_tool_calls", request.parallelToolCalls());
        }
    }

    private @Nullable ObjectNode written(Tool tool) {
        return switch (tool) {
            case Tool.Function function -> allowed(function.name()) ? json(function) : null;
            case Tool.Custom custom -> allowed(custom.name()) ? json(custom) : null;
            case Tool.Server(var dialect, var type, var raw) -> {
                if (dialect.equals(ChatDialect.NAME)) {
                    yield raw;
                }
                losses.dropped("tools[" + type + "]");
                yield null;
            }
        };
    }

    /// Where a choice of several tools cannot be said, the others are not told of.
    private boolean allowed(String name) {
        if (profile.has(Feature.ALLOWED_TOOLS)
                || !(request.toolChoice() instanceof ToolChoice.Allowed(var names, var _))
                || names.contains(name)) {
            return true;
        }
        losses.approximated("tool_choice.allowed_tools");
        return false;
    }

    private ObjectNode json(Tool.Function function) {
        ObjectNode json = Json.object().put("type", "function");
        ObjectNode written = json.putObject("function").put("name", function.name());
        if (function.description() != null) {
            written.put("description", function.description());
        }
        if (function.parameters() != null) {
            written.set("parameters", function.parameters());
        }
        if (function.strict() != null) {
            if (profile.has(Feature.STRICT)) {
                written.put("strict", function.strict());
            } else {
                losses.droppedIf(function.strict(), "strict");
            }
        }
        ChatContent.mark(json, function.cache(), profile, losses);
        return json;
    }

    private ObjectNode json(Tool.Custom custom) {
        if (!profile.has(Feature.CUSTOM_TOOLS)) {
            losses.approximated("tools[custom]");
            return json(OfferedTools.asFunction(custom));
        }
        ObjectNode json = Json.object().put("type", "custom");
        ObjectNode written = json.putObject("custom").put("name", custom.name());
        if (custom.description() != null) {
            written.put("description", custom.description());
        }
        if (custom.format() != null) {
            written.set("format", custom.format());
        }
        return json;
    }

    private void choice(ObjectNode json) {
        switch (request.toolChoice()) {
            case ToolChoice.None _ -> json.put("tool_choice", "none");
            case ToolChoice.Auto _ -> json.put("tool_choice", "auto");
            case ToolChoice.Required _ -> json.put("tool_choice", "required");
            case ToolChoice.Named(var name, var custom) ->
                    named(json.putObject("tool_choice"), name, custom);
            case ToolChoice.Allowed(var names, var required) -> {
                if (profile.has(Feature.ALLOWED_TOOLS)) {
                    allowed(json.putObject("tool_choice"), names, required);
                } else {
                    json.put("tool_choice", required ? "required" : "auto");
                }
            }
            case null -> {}
        }
    }

    private void named(ObjectNode json, String name, boolean custom) {
        String type = custom && profile.has(Feature.CUSTOM_TOOLS) ? "custom" : "function";
        json.put("type", type).putObject(type).put("name", name);
    }

    private void allowed(ObjectNode json, List<String> names, boolean required) {
        ObjectNode allowed = json.put("type", "allowed_tools").putObject("allowed_tools");
        allowed.put("mode", required ? "required" : "auto");
        ArrayNode tools = allowed.putArray("tools");
        for (String name : names) {
            boolean custom =
                    request.tools().stream()
                            .anyMatch(tool ->
                                    tool instanceof Tool.Custom own && own.name().equals(name));
            named(tools.addObject(), name, custom);
        }
    }
}
