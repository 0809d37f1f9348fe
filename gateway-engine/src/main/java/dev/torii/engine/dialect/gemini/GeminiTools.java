package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.OfferedTools;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Tool;
import dev.torii.model.llm.ToolChoice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes `tools` and `toolConfig`.
final class GeminiTools {

    private final GeminiModel model;
    private final Losses losses;
    private final ArrayNode functions = Json.array();
    private final ArrayNode own = Json.array();
    private final @Nullable ObjectNode calling;

    GeminiTools(LlmRequest request, GeminiModel model, Losses losses) throws UnsayableException {
        this.model = model;
        this.losses = losses;
        List<String> allowed =
                request.toolChoice() instanceof ToolChoice.Allowed(var names, var required)
                                && !required
                        ? names
                        : List.of();
        for (Tool tool : request.tools()) {
            add(tool, allowed);
        }
        losses.droppedIf(Boolean.FALSE.equals(request.parallelToolCalls()), "parallel_tool_calls");
        this.calling = functions.isEmpty() ? null : calling(request.toolChoice());
        if (functions.isEmpty() && OfferedTools.forced(request)) {
            throw new UnsayableException(
                    "tool_choice: a tool has to be used, but %s can be told of none of these tools"
                            .formatted(request.model()));
        }
    }

    private void add(Tool tool, List<String> allowed) {
        switch (tool) {
            case Tool.Function function -> offer(function, allowed);
            case Tool.Custom custom -> {
                losses.approximated("tools[custom]");
                offer(OfferedTools.asFunction(custom), allowed);
            }
            case Tool.Server(var dialect, var type, var raw) -> {
                if (dialect.equals(GeminiDialect.NAME)) {
                    own.add(raw);
                } else {
                    losses.dropped("tools[" + type + "]");
                }
            }
        }
    }

    private void offer(Tool.Function function, List<String> allowed) {
        if (allowed.isEmpty() || allowed.contains(function.name())) {
            functions.add(json(function));
        } else {
            losses.approximated("tool_choice.allowed_tools");
        }
    }

    private ObjectNode json(Tool.Function function) {
        ObjectNode json = Json.object().put("name", function.name());
        if (function.description() != null) {
            json.put("description", function.description());
        }
        losses.droppedIf(Boolean.TRUE.equals(function.strict()), "tools.strict");
        losses.droppedIf(function.cache() != null, "cache_control");
        if (function.parameters() != null) {
            String where = "tools.parameters";
            ObjectNode schema =
                    model.readsJsonSchema()
                            ? GeminiSchema.json(function.parameters(), where, losses)
                            : GeminiSchema.openApi(function.parameters(), where, losses);
            if (schema != null) {
                json.set(model.readsJsonSchema() ? "parametersJsonSchema" : "parameters", schema);
            }
        }
        return json;
    }

    private static @Nullable ObjectNode calling(@Nullable ToolChoice choice) {
        return switch (choice) {
            case null -> null;
            case ToolChoice.Auto _ -> mode("AUTO", List.of());
            case ToolChoice.None _ -> mode("NONE", List.of());
            case ToolChoice.Required _ -> mode("ANY", List.of());
            case ToolChoice.Named(var name, var _) -> mode("ANY", List.of(name));
            case ToolChoice.Allowed(var names, var required) ->
                    required ? mode("ANY", names) : mode("AUTO", List.of());
        };
    }

    private static ObjectNode mode(String mode, List<String> names) {
        ObjectNode calling = Json.object().put("mode", mode);
        if (!names.isEmpty()) {
            ArrayNode allowed = calling.putArray("allowedFunctionNames");
            names.forEach(allowed::add);
        }
        return calling;
    }

    boolean hasFunctions() {
        return !functions.isEmpty();
    }

    void writeTo(ObjectNode json) {
        if (!functions.isEmpty() || !own.isEmpty()) {
            ArrayNode tools = json.putArray("tools");
            if (!functions.isEmpty()) {
                tools.addObject().set("functionDeclarations", functions);
            }
            tools.addAll(own);
        }
        if (calling != null) {
            json.putObject("toolConfig").set("functionCallingConfig", calling);
        }
    }
}
