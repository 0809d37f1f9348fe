package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Tool;
import dev.torii.model.llm.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads `tools` and `toolConfig`.
final class GeminiToolReader {

    private GeminiToolReader() {}

    static List<Tool> tools(ObjectNode body) throws UnsayableException {
        List<Tool> read = new ArrayList<>();
        for (JsonNode tool : GeminiFields.each(body, "tools")) {
            for (var field : tool.properties()) {
                if (GeminiFields.camelCase(field.getKey()).equals("functionDeclarations")) {
                    for (JsonNode function : GeminiFields.each(tool, "functionDeclarations")) {
                        read.add(function(function, read.size()));
                    }
                } else {
                    ObjectNode own = Json.object();
                    own.set(field.getKey(), field.getValue());
                    read.add(new Tool.Server(GeminiDialect.NAME, field.getKey(), own));
                }
            }
        }
        return read;
    }

    private static Tool function(JsonNode function, int position) throws UnsayableException {
        String name = GeminiFields.text(function, "name");
        if (name == null || name.isEmpty()) {
            throw new UnsayableException(
                    "tools.functionDeclarations["
                            + position
                            + "].name: expected the name of a function");
        }
        return new Tool.Function(
                name, GeminiFields.text(function, "description"), parameters(function), null, null);
    }

    private static @Nullable ObjectNode parameters(JsonNode function) {
        ObjectNode schema = GeminiFields.object(function, "parametersJsonSchema");
        if (schema != null) {
            return schema;
        }
        ObjectNode openApi = GeminiFields.object(function, "parameters");
        return openApi == null ? null : GeminiOpenApi.jsonSchema(openApi);
    }

    static @Nullable ToolChoice choice(JsonNode config) {
        JsonNode calling = GeminiFields.of(config, "functionCallingConfig");
        String mode = GeminiFields.text(calling, "mode");
        List<String> names = GeminiFields.texts(calling, "allowedFunctionNames");
        return switch (mode == null ? null : mode.toUpperCase(Locale.ROOT)) {
            case "NONE" -> new ToolChoice.None();
            case "ANY" ->
                    switch (names.size()) {
                        case 0 -> new ToolChoice.Required();
                        case 1 -> new ToolChoice.Named(names.getFirst(), false);
                        default -> new ToolChoice.Allowed(names, true);
                    };
            case "AUTO", "VALIDATED" ->
                    names.isEmpty() ? new ToolChoice.Auto() : new ToolChoice.Allowed(names, false);
            case null, default -> null;
        };
    }
}
