package dev.torii.engine.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Tool;
import dev.torii.model.llm.ToolChoice;
import java.util.ArrayList;
import java.util.List;

/// The tools of a request for dialects that know but functions, and cannot choose among them: what
/// may not be used is not offered.
public final class OfferedTools {

    private OfferedTools() {}

    /// What is offered, in its order.
    ///
    /// @throws UnsayableException when a tool has to be used that the dialect does not know
    public static List<Tool.Function> of(LlmRequest request, Losses losses)
            throws UnsayableException {
        List<Tool.Function> functions = new ArrayList<>();
        for (Tool tool : request.tools()) {
            switch (tool) {
                case Tool.Function function -> functions.add(function);
                case Tool.Custom custom -> {
                    losses.approximated("tools[custom]");
                    functions.add(asFunction(custom));
                }
                case Tool.Server(var _, var type, var _) -> losses.dropped("tools[" + type + "]");
            }
        }
        int all = functions.size();
        switch (request.toolChoice()) {
            case ToolChoice.Named(var name, var _) ->
                    functions.removeIf(function -> !function.name().equals(name));
            case ToolChoice.Allowed(var names, var _) -> {
                functions.removeIf(function -> !names.contains(function.name()));
                if (functions.size() < all) {
                    losses.approximated("tool_choice.allowed_tools");
                }
            }
            case null, default -> {}
        }
        if (functions.isEmpty()) {
            refuseIfForced(request);
        }
        return functions;
    }

    /// For requests of whose tools none can be offered.
    ///
    /// @throws UnsayableException when one of them has to be used
    public static void refuseIfForced(LlmRequest request) throws UnsayableException {
        if (forced(request)) {
            throw new UnsayableException(
                    "tool_choice: none of the tools that have to be used is known to %s"
                            .formatted(request.model()));
        }
    }

    /// Whether the model has to use a tool.
    public static boolean forced(LlmRequest request) {
        return switch (request.toolChoice()) {
            case ToolChoice.Required _, ToolChoice.Named _ -> true;
            case ToolChoice.Allowed(var _, var required) -> required;
            case null, default -> false;
        };
    }

    /// A tool that takes free text, as one that takes it under the name `input`.
    public static Tool.Function asFunction(Tool.Custom custom) {
        ObjectNode schema = Json.object().put("type", "object");
        schema.putObject("properties").putObject("input").put("type", "string");
        schema.putArray("required").add("input");
        String description = custom.description() == null ? "" : custom.description();
        if (custom.format() != null) {
            description += "\n\nThe input has to fit this: " + Json.text(custom.format());
        }
        return new Tool.Function(custom.name(), description.strip(), schema, null, null);
    }

    /// What a function takes, where there has to be a schema, and of an object.
    public static ObjectNode schema(Tool.Function function) {
        ObjectNode schema =
                function.parameters() == null ? Json.object() : function.parameters().deepCopy();
        if (!schema.has("type")) {
            schema.put("type", "object");
            if (!schema.path("properties").isObject()) {
                schema.putObject("properties");
            }
        }
        return schema;
    }

    /// `{"type":"function","function":{…}}`, as OpenAI and those after it write it.
    public static ObjectNode json(Tool.Function function, Losses losses) {
        PlainText.cached(function.cache(), losses);
        ObjectNode json = Json.object().put("type", "function");
        ObjectNode inner = json.putObject("function").put("name", function.name());
        if (function.description() != null) {
            inner.put("description", function.description());
        }
        ObjectNode schema = function.parameters();
        if (schema == null) {
            schema = Json.object().put("type", "object");
            schema.putObject("properties");
        }
        inner.set("parameters", schema);
        return json;
    }

    /// The arguments of a call as an object.
    public static ObjectNode arguments(Part.ToolCall call, Losses losses) {
        if (call.custom()) {
            return Json.object().put("input", call.arguments());
        }
        if (call.arguments().isBlank()) {
            return Json.object();
        }
        ObjectNode parsed = Fields.parsed(call.arguments());
        if (parsed != null) {
            return parsed;
        }
        losses.approximated("tool call arguments");
        return Json.object().put("input", call.arguments());
    }
}
