package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names of tools. Other dialects have no namespaces, so a tool of one is called `namespace__tool`
/// there; what the model calls by that name gets its own back.
final class ResponsesNames {

    private static final int LONGEST = 64;

    /// A tool as the client calls it.
    record Declared(@Nullable String namespace, String name) {}

    private final Map<String, Declared> declared = new HashMap<>();

    /// @param body the request; empty when it came in another dialect
    ResponsesNames(ObjectNode body) {
        for (JsonNode tool : tools(body)) {
            String type = Fields.textOrEmpty(tool, "type");
            if (type.equals("namespace")) {
                String namespace = Fields.textOrEmpty(tool, "name");
                tool.path("tools").forEach(inner -> declare(namespace, inner));
            } else {
                declare(null, tool);
            }
        }
    }

    private void declare(@Nullable String namespace, JsonNode tool) {
        String type = Fields.text(tool, "type");
        String name = Fields.text(tool, "name");
        if (name != null && ("function".equals(type) || "custom".equals(type))) {
            declared.put(flat(namespace, name), new Declared(namespace, name));
        }
    }

    /// All tools that the request declares: in `tools`, and those that were found or added on the
    /// way, which other dialects have to be told of from the beginning.
    static List<JsonNode> tools(ObjectNode body) {
        List<JsonNode> tools = new ArrayList<>();
        body.path("tools").forEach(tools::add);
        for (JsonNode item : body.path("input")) {
            String type = Fields.text(item, "type");
            if ("tool_search_output".equals(type) || "additional_tools".equals(type)) {
                item.path("tools").forEach(tools::add);
            }
        }
        return tools;
    }

    /// How the tool is called where there are no namespaces; the same tool always the same.
    static String flat(@Nullable String namespace, String name) {
        if (namespace == null || namespace.isEmpty()) {
            return name;
        }
        String flat = namespace + (namespace.endsWith("__") ? "" : "__") + name;
        return flat.length() <= LONGEST
                ? flat
                : "%s_%06x".formatted(flat.substring(0, LONGEST - 7), flat.hashCode() & 0xffffff);
    }

    /// The tool of a call or a choice, as it is called where there are no namespaces.
    static String flat(JsonNode object) {
        return flat(Fields.text(object, "namespace"), Fields.textOrEmpty(object, "name"));
    }

    /// The tool that the model called.
    Declared find(String flat) {
        Declared found = declared.get(flat);
        return found == null ? new Declared(null, flat) : found;
    }
}
