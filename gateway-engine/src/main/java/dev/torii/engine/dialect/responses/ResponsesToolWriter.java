package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.OfferedTools;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.CacheHint;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Tool;
import dev.torii.model.llm.ToolChoice;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Writes `tools`, `tool_choice` and `parallel_tool_calls`.
final class ResponsesToolWriter {

    private final LlmRequest request;
    private final ArrayNode tools = Json.array();
    private final Set<String> custom = new HashSet<>();

    ResponsesToolWriter(LlmRequest request, Losses losses) throws UnsayableException {
        this.request = request;
        for (Tool tool : request.tools()) {
            switch (tool) {
                case Tool.Function function -> {
                    tools.add(function(function));
                    CacheHint cache = function.cache();
                    losses.droppedIf(cache != null, "cache_control");
                }
                case Tool.Custom free -> {
                    custom.add(free.name());
                    tools.add(custom(free));
                }
                case Tool.Server(var dialect, var type, var raw) -> {
                    if (dialect.equals(ResponsesDialect.NAME)) {
                        tools.add(raw);
                    } else {
                        losses.dropped("tools[" + type + "]");
                    }
                }
            }
        }
        if (tools.isEmpty() && !request.tools().isEmpty()) {
            OfferedTools.refuseIfForced(request);
        }
    }

    /// Strict unless it says otherwise, says OpenAI, and then refuses most schemas.
    private static ObjectNode function(Tool.Function function) {
        ObjectNode json = Json.object().put("type", "function").put("name", function.name());
        if (function.description() != null) {
            json.put("description", function.description());
        }
        ObjectNode schema = function.parameters();
        if (schema == null) {
            schema = Json.object().put("type", "object");
            schema.putObject("properties");
        }
        json.set("parameters", schema);
        return json.put("strict", Boolean.TRUE.equals(function.strict()));
    }

    private static ObjectNode custom(Tool.Custom custom) {
        ObjectNode json = Json.object().put("type", "custom").put("name", custom.name());
        if (custom.description() != null) {
            json.put("description", custom.description());
        }
        if (custom.format() != null) {
            json.set("format", ResponsesGrammar.json(custom.format()));
        }
        return json;
    }

    void writeTo(ObjectNode json) {
        if (tools.isEmpty()) {
            return;
        }
        json.set("tools", tools);
        switch (request.toolChoice()) {
            case ToolChoice.None _ -> json.put("tool_choice", "none");
            case ToolChoice.Auto _ -> json.put("tool_choice", "auto");
            case ToolChoice.Required _ -> json.put("tool_choice", "required");
            case ToolChoice.Named(var name, var _) -> json.set("tool_choice", named(name));
            case ToolChoice.Allowed(var names, var required) ->
                    json.set("tool_choice", allowed(names, required));
            case null -> {}
        }
        if (request.parallelToolCalls() != null) {
            json.put("parallel_tool_calls", request.parallelToolCalls());
        }
    }

    private ObjectNode named(String name) {
        return Json.object()
                .put("type", custom.contains(name) ? "custom" : "function")
                .put("name", name);
    }

    private ObjectNode allowed(List<String> names, boolean required) {
        ObjectNode choice =
                Json.object()
                        .put("type", "allowed_tools")
                        .put("mode", required ? "required" : "auto");
        ArrayNode allowed = choice.putArray("tools");
        names.forEach(name -> allowed.add(named(name)));
        return choice;
    }
}
