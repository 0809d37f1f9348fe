package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Extra;
import java.util.Set;

/// What only this dialect knows of a request. The request itself is kept, since an answer repeats
/// much of it.
final class ResponsesExtra {

    static final String ENCRYPTED = "reasoning.encrypted_content";
    static final String LOGPROBS = "message.output_text.logprobs";

    private static final Set<String> KNOWN =
            Set.of(
                    "model",
                    "input",
                    "instructions",
                    "tools",
                    "tool_choice",
                    "parallel_tool_calls",
                    "temperature",
                    "top_p",
                    "top_logprobs",
                    "max_output_tokens",
                    "text",
                    "reasoning",
                    "include",
                    "user",
                    "safety_identifier",
                    "metadata",
                    "service_tier",
                    "store",
                    "prompt_cache_key",
                    "stream",
                    "stream_options",
                    "previous_response_id",
                    "conversation",
                    "prompt",
                    "background");

    private ResponsesExtra() {}

    static Extra of(ObjectNode body) {
        ObjectNode fields = Json.object();
        for (var field : body.properties()) {
            if (!KNOWN.contains(field.getKey()) && !isUsual(field.getKey(), field.getValue())) {
                fields.set(field.getKey(), field.getValue());
            }
        }
        nested(body, "text", Set.of("format", "verbosity"), fields);
        nested(body, "reasoning", Set.of("effort", "summary", "generate_summary"), fields);
        include(body, fields);
        return new Extra(ResponsesDialect.NAME, fields, body);
    }

    /// To say what holds anyhow is to say nothing.
    private static boolean isUsual(String field, JsonNode value) {
        return value.isNull()
                || (field.equals("truncation") && "disabled".equals(value.textValue()));
    }

    private static void nested(
            ObjectNode body, String field, Set<String> known, ObjectNode fields) {
        for (var inner : body.path(field).properties()) {
            if (!known.contains(inner.getKey()) && !inner.getValue().isNull()) {
                fields.withObjectProperty(field).set(inner.getKey(), inner.getValue());
            }
        }
    }

    private static void include(ObjectNode body, ObjectNode fields) {
        ArrayNode others = Json.array();
        for (String included : Fields.texts(body, "include")) {
            if (!included.equals(ENCRYPTED) && !included.equals(LOGPROBS)) {
                others.add(included);
            }
        }
        if (!others.isEmpty()) {
            fields.set("include", others);
        }
    }

    /// Puts the fields where they were, beside what is there already.
    static void write(Extra extra, ObjectNode json) {
        for (var field : extra.fields().properties()) {
            JsonNode value = field.getValue();
            if (json.get(field.getKey()) instanceof ObjectNode present
                    && value instanceof ObjectNode more) {
                present.setAll(more);
            } else if (json.get(field.getKey()) instanceof ArrayNode present
                    && value instanceof ArrayNode more) {
                present.addAll(more);
            } else {
                json.set(field.getKey(), value.deepCopy());
            }
        }
    }
}
