package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.llm.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `tools`. Tools that the model would have to search for first are offered like all others;
/// those that OpenAI runs itself stay as they are, for OpenAI alone.
final class ResponsesTools {

    private final Map<String, Tool> byName = new LinkedHashMap<>();
    private final List<Tool> hosted = new ArrayList<>();

    private ResponsesTools() {}

    static List<Tool> read(ObjectNode body) throws UnsayableException {
        var tools = new ResponsesTools();
        int index = 0;
        for (JsonNode tool : ResponsesNames.tools(body)) {
            tools.add(tool, "tools[" + index++ + "]");
        }
        List<Tool> all = new ArrayList<>(tools.byName.values());
        all.addAll(tools.hosted);
        return all;
    }

    private void add(JsonNode tool, String where) throws UnsayableException {
        if (!(tool instanceof ObjectNode object)) {
            throw new UnsayableException(where + ": expected an object with a type");
        }
        String type = Fields.text(object, "type");
        switch (type) {
            case "function", "custom" -> add(null, object, where);
            case "namespace" -> {
                String namespace = name(object, where);
                for (JsonNode inner : object.path("tools")) {
                    add(namespace, inner, where + ".tools");
                }
            }
            case null ->
                    throw new UnsayableException(where + ".type: expected function, custom, …");
            default -> hosted.add(new Tool.Server(ResponsesDialect.NAME, type, object));
        }
    }

    private void add(@Nullable String namespace, JsonNode tool, String where)
            throws UnsayableException {
        String name = ResponsesNames.flat(namespace, name(tool, where));
        String description = Fields.text(tool, "description");
        byName.put(
                name,
                "custom".equals(Fields.text(tool, "type"))
                        ? new Tool.Custom(
                                name,
                                description,
                                ResponsesGrammar.read(Fields.object(tool, "format")))
                        : new Tool.Function(
                                name,
                                description,
                                Fields.object(tool, "parameters"),
                                Fields.flag(tool, "strict"),
                                null));
    }

    private static String name(JsonNode tool, String where) throws UnsayableException {
        String name = Fields.text(tool, "name");
        if (name == null || name.isEmpty()) {
            throw new UnsayableException(where + ": expected a tool with a name");
        }
        return name;
    }
}
