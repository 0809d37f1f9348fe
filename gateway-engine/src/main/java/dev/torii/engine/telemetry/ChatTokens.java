package dev.torii.engine.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Role;
import dev.torii.model.llm.Tool;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts what a chat takes of a model's input.
///
/// @param texts counts a text
record ChatTokens(TextTokens texts, ChatFraming framing) {

    private static final int NAME = 1;

    // What stands around the properties of a tool, and the choices of one, where they are listed.
    private static final int PROPERTIES = 3;
    private static final int PROPERTY = 3;
    private static final int CHOICES = -3;
    private static final int CHOICE = 3;

    long of(LlmRequest request) {
        long around = framing.answer();
        long text = 0;
        for (Message message : request.messages()) {
            around += system(message) ? framing.system() : framing.message();
            if (message.name() != null) {
                around += NAME;
                text += texts.count(message.name());
            }
            for (Part part : message.parts()) {
                around += uses(part) ? framing.call() : 0;
                text += part(part);
            }
        }
        around += request.tools().isEmpty() ? 0 : framing.toolbox();
        for (Tool tool : request.tools()) {
            around += framing.tool();
            text += tool(tool);
        }
        return around + Math.round(text * framing.perText());
    }

    private static boolean system(Message message) {
        return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
    }

    private static boolean uses(Part part) {
        return part instanceof Part.ToolCall || part instanceof Part.ToolResult;
    }

    /// Images, audio and files are not counted: what they cost is each provider's own secret. Nor
    /// is what a model thought, which vendors leave out of the next turn.
    private long part(Part part) {
        return switch (part) {
            case Part.Text text -> texts.count(text.text());
            case Part.Refusal refusal -> texts.count(refusal.text());
            case Part.Data data -> texts.count(Json.text(data.json()));
            case Part.ToolCall call -> texts.count(call.name()) + texts.count(call.arguments());
            case Part.ToolResult result -> result.parts().stream().mapToLong(this::part).sum();
            default -> 0;
        };
    }

    private long tool(Tool tool) {
        return switch (tool) {
            case Tool.Function(var name, var description, var parameters, _, _) ->
                    texts.count(name)
                            + described(description)
                            + (parameters == null ? 0 : schema(parameters));
            case Tool.Custom(var name, var description, _) ->
                    texts.count(name) + described(description);
            case Tool.Server server -> texts.count(Json.text(server.json()));
        };
    }

    private long described(@Nullable String description) {
        return description == null ? 0 : texts.count(description);
    }

    private long schema(JsonNode schema) {
        return switch (framing.schemas()) {
            case JSON -> texts.count(Json.text(schema));
            case LISTED -> listed(schema);
        };
    }

    private long listed(JsonNode schema) {
        JsonNode properties = schema.path("properties");
        long tokens = properties.isEmpty() ? 0 : PROPERTIES;
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            tokens += PROPERTY + property(property.getKey(), property.getValue());
        }
        return tokens;
    }

    private long property(String name, JsonNode schema) {
        String type = schema.path("type").asText();
        String description = schema.path("description").asText();
        JsonNode choices = schema.path("enum");
        long tokens = texts.count(name + ":" + type + ":" + description);
        tokens += choices.isEmpty() ? 0 : CHOICES;
        for (JsonNode choice : choices) {
            tokens += CHOICE + texts.count(choice.asText());
        }
        return tokens + listed(schema) + listed(schema.path("items"));
    }
}
