package dev.torii.engine.dialect.anthropic;

import static dev.torii.engine.dialect.Fields.textOrEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.llm.CacheHint;
import dev.torii.model.llm.Tool;
import dev.torii.model.llm.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `tools` and `tool_choice`.
final class AnthropicToolReader {

    static final String TOOLS = "tools";

    private static final Set<String> KNOWN =
            Set.of("type", "name", "description", "input_schema", "strict", "cache_control");

    private AnthropicToolReader() {}

    static List<Tool> read(JsonNode tools, AnthropicExtras extras) throws UnsayableException {
        List<Tool> read = new ArrayList<>();
        for (JsonNode tool : tools) {
            String where = "tools[" + read.size() + "]";
            if (!(tool instanceof ObjectNode object)) {
                throw new UnsayableException(where + ": expected an object");
            }
            String type = Fields.text(object, "type");
            if (type == null || type.equals("custom")) {
                extras.keepOthers(TOOLS, Integer.toString(read.size()), object, KNOWN);
                read.add(function(object, where));
            } else {
                read.add(new Tool.Server(AnthropicDialect.NAME, type, object));
            }
        }
        return read;
    }

    private static Tool function(ObjectNode tool, String where) throws UnsayableException {
        String name = Fields.text(tool, "name");
        if (name == null) {
            throw new UnsayableException(where + ".name: expected a string");
        }
        ObjectNode cache = Fields.object(tool, "cache_control");
        return new Tool.Function(
                name,
                Fields.text(tool, "description"),
                Fields.object(tool, "input_schema"),
                Fields.flag(tool, "strict"),
                cache == null ? null : new CacheHint(Fields.text(cache, "ttl")));
    }

    static @Nullable ToolChoice choice(JsonNode choice) {
        return switch (Fields.text(choice, "type")) {
            case "auto" -> new ToolChoice.Auto();
            case "any" -> new ToolChoice.Required();
            case "none" -> new ToolChoice.None();
            case "tool" -> new ToolChoice.Named(textOrEmpty(choice, "name"), false);
            case null, default -> null;
        };
    }

    /// Null where nothing is said of it.
    static @Nullable Boolean parallel(JsonNode choice) {
        Boolean disabled = Fields.flag(choice, "disable_parallel_tool_use");
        return disabled == null ? null : !disabled;
    }
}
