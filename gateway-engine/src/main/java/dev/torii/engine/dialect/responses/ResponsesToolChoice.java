package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.llm.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `tool_choice`. To have to use a tool that OpenAI runs is refused: no other model can.
final class ResponsesToolChoice {

    private ResponsesToolChoice() {}

    static @Nullable ToolChoice read(ObjectNode body) throws UnsayableException {
        ToolChoice choice = choice(body.path("tool_choice"));
        boolean forced =
                choice instanceof ToolChoice.Required
                        || (choice instanceof ToolChoice.Allowed(var _, var required) && required);
        if (forced && !body.path("tools").isEmpty() && onlyHosted(body)) {
            throw new UnsayableException(
                    "tool_choice: required, but all the tools are OpenAI's own");
        }
        return choice;
    }

    private static boolean onlyHosted(ObjectNode body) {
        return ResponsesNames.tools(body).stream()
                .map(tool -> Fields.textOrEmpty(tool, "type"))
                .noneMatch(List.of("function", "custom", "namespace")::contains);
    }

    private static @Nullable ToolChoice choice(JsonNode choice) throws UnsayableException {
        if (choice.isTextual()) {
            return switch (choice.textValue()) {
                case "none" -> new ToolChoice.None();
                case "required" -> new ToolChoice.Required();
                default -> new ToolChoice.Auto();
            };
        }
        return switch (Fields.text(choice, "type")) {
            case null -> null;
            case "function" -> new ToolChoice.Named(ResponsesNames.flat(choice), false);
            case "custom" -> new ToolChoice.Named(ResponsesNames.flat(choice), true);
            case "allowed_tools" -> allowed(choice);
            default ->
                    throw new UnsayableException(
                            "tool_choice: %s is a tool of OpenAI's own, which no other model can use"
                                    .formatted(Fields.text(choice, "type")));
        };
    }

    private static ToolChoice allowed(JsonNode choice) throws UnsayableException {
        List<String> names = new ArrayList<>();
        for (JsonNode tool : choice.path("tools")) {
            if (tool.hasNonNull("name") && !"mcp".equals(Fields.text(tool, "type"))) {
                names.add(ResponsesNames.flat(tool));
            }
        }
        boolean required = "required".equals(Fields.text(choice, "mode"));
        if (names.isEmpty()) {
            if (required) {
                throw new UnsayableException(
                        "tool_choice.tools: all of them are OpenAI's own, which no other model can"
                                + " use");
            }
            return new ToolChoice.None();
        }
        return new ToolChoice.Allowed(names, required);
    }
}
