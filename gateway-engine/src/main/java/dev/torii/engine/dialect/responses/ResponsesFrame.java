package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.TokenUsage;
import org.jspecify.annotations.Nullable;

/// A `response` object: what it says of the answer, and what it repeats of the request, as the
/// types of OpenAI's SDKs want it.
final class ResponsesFrame {

    private final ObjectNode asked;
    private final String id;
    private final long created;
    private final @Nullable String model;

    ResponsesFrame(LlmRequest request, @Nullable String id, @Nullable String model, long created) {
        this.asked = request.extra().kept();
        this.id = ResponsesIds.of(id);
        this.model = model == null ? request.model() : model;
        this.created = created;
    }

    String id() {
        return id;
    }

    ObjectNode inProgress() {
        return json("in_progress", Json.array(), null);
    }

    ObjectNode failed(ArrayNode output, LlmError error) {
        ObjectNode json = json("failed", output, null);
        json.set("error", ResponsesErrors.ofResponse(error));
        return json;
    }

    /// @param incomplete why the answer is not complete; null where it is
    ObjectNode ended(
            String status,
            ArrayNode output,
            @Nullable String incomplete,
            @Nullable TokenUsage usage) {
        ObjectNode json = json(status, output, ResponsesUsage.json(usage));
        if (incomplete != null) {
            json.putObject("incomplete_details").put("reason", incomplete);
        }
        return json;
    }

    private ObjectNode json(String status, ArrayNode output, @Nullable ObjectNode usage) {
        ObjectNode json =
                Json.object()
                        .put("id", id)
                        .put("object", "response")
                        .put("created_at", created)
                        .put("status", status)
                        .put("background", false)
                        .putNull("error")
                        .putNull("incomplete_details");
        repeat(json, "instructions", "max_output_tokens", "max_tool_calls");
        json.put("model", model);
        json.set("output", output);
        json.put("parallel_tool_calls", asked.path("parallel_tool_calls").asBoolean(true));
        json.putNull("previous_response_id");
        repeat(json, "prompt_cache_key", "prompt_cache_retention");
        json.set("reasoning", reasoning());
        repeat(json, "safety_identifier", "service_tier");
        // Nothing is kept here, whatever was asked.
        json.put("store", false);
        repeat(json, "temperature");
        json.set("text", text());
        json.set("tool_choice", askedOr("tool_choice", Json.MAPPER.valueToTree("auto")));
        json.set("tools", askedOr("tools", Json.array()));
        repeat(json, "top_logprobs", "top_p");
        json.put("truncation", asked.path("truncation").asText("disabled"));
        json.set("usage", usage);
        repeat(json, "user");
        json.set("metadata", askedOr("metadata", Json.object()));
        return json;
    }

    private void repeat(ObjectNode json, String... fields) {
        for (String field : fields) {
            json.set(field, asked.get(field));
        }
    }

    private JsonNode askedOr(String field, JsonNode usual) {
        return asked.hasNonNull(field) ? asked.get(field) : usual;
    }

    private ObjectNode reasoning() {
        ObjectNode reasoning = Json.object();
        reasoning.set("effort", asked.path("reasoning").get("effort"));
        reasoning.set("summary", asked.path("reasoning").get("summary"));
        return reasoning;
    }

    private ObjectNode text() {
        ObjectNode text = Json.object();
        text.putObject("format").put("type", "text");
        if (asked.path("text") instanceof ObjectNode given) {
            text.setAll(given);
        }
        return text;
    }
}
