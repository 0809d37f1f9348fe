package dev.torii.engine.dialect.bedrock;

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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes `toolConfig`. A history in which tools are used needs one, even where no tool is offered.
final class BedrockTools {

    private final Losses losses;
    private final BedrockCache cache;
    private final ArrayNode tools = Json.array();

    BedrockTools(Losses losses, BedrockCache cache) {
        this.losses = losses;
        this.cache = cache;
    }

    /// @param called names of the tools that the history uses
    /// @throws UnsayableException when a tool has to be used that is none of Bedrock's
    @Nullable ObjectNode config(LlmRequest request, Set<String> called) throws UnsayableException {
        losses.droppedIf(Boolean.FALSE.equals(request.parallelToolCalls()), "parallel_tool_calls");
        boolean none = request.toolChoice() instanceof ToolChoice.None;
        if (none && called.isEmpty()) {
            return null;
        }
        offer(request);
        if (tools.isEmpty() && OfferedTools.forced(request)) {
            throw new UnsayableException(
                    "tool_choice: %s has no such tool; it runs at another provider"
                            .formatted(request.model()));
        }
        if (none) {
            losses.dropped("tool_choice");
        }
        if (tools.isEmpty()) {
            for (String name : called) {
                losses.approximated("tools");
                add(new Tool.Function(name, null, null, null, null), request.model());
            }
            return tools.isEmpty() ? null : config(null);
        }
        return config(choice(request.toolChoice()));
    }

    private ObjectNode config(@Nullable ObjectNode choice) {
        ObjectNode config = Json.object();
        config.set("tools", tools);
        if (choice != null) {
            config.set("toolChoice", choice);
        }
        return config;
    }

    private void offer(LlmRequest request) {
        List<String> allowed =
                request.toolChoice() instanceof ToolChoice.Allowed(var names, var _)
                        ? names
                        : List.of();
        for (Tool tool : request.tools()) {
            switch (tool) {
                case Tool.Function function -> offer(function, allowed, request.model());
                case Tool.Custom custom -> {
                    losses.approximated("tools[custom]");
                    offer(OfferedTools.asFunction(custom), allowed, request.model());
                }
                case Tool.Server(var dialect, var type, var raw) -> {
                    if (dialect.equals(BedrockDialect.NAME)) {
                        tools.add(raw);
                    } else {
                        losses.dropped("tools[" + type + "]");
                    }
                }
            }
        }
    }

    private void offer(Tool.Function function, List<String> allowed, @Nullable String model) {
        if (allowed.isEmpty() || allowed.contains(function.name())) {
            add(function, model);
        } else {
            losses.approximated("tool_choice.allowed_tools");
        }
    }

    /// A description may not be empty.
    private void add(Tool.Function function, @Nullable String model) {
        ObjectNode spec = tools.addObject().putObject("toolSpec").put("name", function.name());
        if (function.description() != null && !function.description().isBlank()) {
            spec.put("description", function.description());
        }
        ObjectNode schema = OfferedTools.schema(function);
        ObjectNode held = StrictSchema.ofTool(function, schema, model, losses);
        spec.putObject("inputSchema").set("json", held == null ? schema : held);
        if (held != null) {
            spec.put("strict", true);
        }
        cache.mark(tools, function.cache(), true);
    }

    private static @Nullable ObjectNode choice(@Nullable ToolChoice choice) {
        return switch (choice) {
            case ToolChoice.Auto _ -> of("auto");
            case ToolChoice.Required _ -> of("any");
            case ToolChoice.Allowed(var _, var required) -> of(required ? "any" : "auto");
            case ToolChoice.Named(var name, var _) -> {
                ObjectNode named = Json.object();
                named.putObject("tool").put("name", name);
                yield named;
            }
            case ToolChoice.None _ -> null;
            case null -> null;
        };
    }

    private static ObjectNode of(String kind) {
        ObjectNode choice = Json.object();
        choice.putObject(kind);
        return choice;
    }
}
