package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import org.jspecify.annotations.Nullable;

/// The `format` of a custom tool. A grammar's syntax and definition stand beside its type here, and
/// under `grammar` in the canonical model, as in Chat Completions.
final class ResponsesGrammar {

    private ResponsesGrammar() {}

    static @Nullable ObjectNode read(@Nullable ObjectNode format) {
        if (format == null || !"grammar".equals(Fields.text(format, "type"))) {
            return format;
        }
        ObjectNode canonical = Json.object().put("type", "grammar");
        ObjectNode grammar = canonical.putObject("grammar");
        grammar.setAll(format);
        grammar.remove("type");
        return canonical;
    }

    static ObjectNode json(ObjectNode canonical) {
        ObjectNode grammar = Fields.object(canonical, "grammar");
        if (grammar == null) {
            return canonical;
        }
        ObjectNode format = Json.object().put("type", "grammar");
        format.setAll(grammar);
        return format;
    }
}
