package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.OfferedTools;
import dev.torii.engine.dialect.StrictSchema;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Tool;
import dev.torii.model.llm.ToolChoice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes `tools` and `tool_choice`.
final class AnthropicTools {

    private final LlmRequest request;
    private final Losses losses;
    private final boolean own;
    private final ArrayNode tools = Json.array();
    private final @Nullable ObjectNode choice;

    AnthropicTools(LlmRequest request, Losses losses) throws UnsayableException {
        this.request = request;
        this.losses = losses;
        this.own = AnthropicExtras.isOwn(request.extra());
        List<String> allowed =
                request.toolChoice() instanceof ToolChoice.Allowed(var names, var _)
                        ? names
                        : List.of();
        for (int i = 0; i < request.tools().size(); i++) {
            ObjectNode tool = json(request.tools().get(i), allowed);
            if (tool != null) {
                AnthropicExtras.restore(request.extra(), Integer.toString(i), tool);
                tools.add(tool);
            }
        }
        refuseWhatCannotBeForced();
        this.choice = tools.isEmpty() ? null : choice();
    }

    private @Nullable ObjectNode json(Tool tool, List<String> allowed) {
        return switch (tool) {
            case Tool.Function function -> offered(function, allowed);
            case Tool.Custom custom -> {
                losses.approximated("tools[custom]");
                yield offered(OfferedTools.asFunction(custom), allowed);
            }
            case Tool.Server(var dialect, var type, var raw) -> {
                if (dialect.equals(AnthropicDialect.NAME)) {
                    yield Json.object().setAll(raw);
                }
                losses.dropped("tools[" + type + "]");
                yield null;
            }
        };
    }

    private @Nullable ObjectNode offered(Tool.Function function, List<String> allowed) {
        if (allowed.isEmpty() || allowed.contains(function.name())) {
            return json(function);
        }
        losses.approximated("tool_choice.allowed_tools");
        return null;
    }

    private ObjectNode json(Tool.Function function) {
        ObjectNode json = Json.object().put("name", function.name());
        if (function.description() != null) {
            json.put("description", function.description());
        }
        ObjectNode schema = OfferedTools.schema(function);
        ObjectNode held =
                own ? null : StrictSchema.ofTool(function, schema, request.model(), losses);
        json.set("input_schema", held == null ? schema : held);
        if (held != null || (own && function.strict() != null)) {
            json.put("strict", function.strict());
        }
        AnthropicCache.mark(json, function.cache());
        return json;
    }

    /// A tool that has to be used has to be there: without it, it would be another request.
    private void refuseWhatCannotBeForced() throws UnsayableException {
        boolean lost = tools.size() < request.tools().size();
        boolean there =
                request.toolChoice() instanceof ToolChoice.Named(var name, var _)
                        ? has(name)
                        : !tools.isEmpty();
        if (lost && !there && OfferedTools.forced(request)) {
            throw new UnsayableException(
                    "tool_choice: %s has no such tool; it runs at another provider"
                            .formatted(request.model()));
        }
    }

    private boolean has(String name) {
        for (var tool : tools) {
            if (tool.path("name").asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable ObjectNode choice() {
        Boolean parallel = request.parallelToolCalls();
        ObjectNode choice =
                switch (request.toolChoice()) {
                    case ToolChoice.None _ -> type("none");
                    case ToolChoice.Required _ -> type("any");
                    case ToolChoice.Named(var name, var _) -> type("tool").put("name", name);
                    case ToolChoice.Allowed(var _, var required) -> type(required ? "any" : "auto");
                    case ToolChoice.Auto _ -> type("auto");
                    case null -> Boolean.FALSE.equals(parallel) ? type("auto") : null;
                };
        if (choice != null
                && parallel != null
                && (own || !parallel)
                && !(request.toolChoice() instanceof ToolChoice.None)) {
            choice.put("disable_parallel_tool_use", !parallel);
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
