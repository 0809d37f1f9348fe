package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.OutputFormat;
import dev.torii.model.llm.Sampling;
import dev.torii.model.llm.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the body of `generateContent`: what stays the same from request to request first, since
/// caches go by what a body begins with.
final class GeminiRequestWriter {

    private static final int MOST_STOPS = 5;

    private final LlmRequest request;
    private final GeminiModel model;
    private final Losses losses;

    GeminiRequestWriter(LlmRequest request, Losses losses) {
        this.request = request;
        this.model = GeminiModel.of(request.model());
        this.losses = losses;
    }

    ObjectNode json() throws UnsayableException {
        var contents = new GeminiContents(request, model, losses);
        ArrayNode system = contents.system();
        ArrayNode turns = contents.contents();
        var tools = new GeminiTools(request, model, losses);
        ObjectNode generation = generation(tools, system);

        ObjectNode json = Json.object();
        if (!system.isEmpty()) {
            json.putObject("systemInstruction").set("parts", system);
        }
        tools.writeTo(json);
        json.set("contents", turns);
        if (!generation.isEmpty()) {
            json.set("generationConfig", generation);
        }
        losses.droppedIf(request.verbosity() != null, "verbosity");
        session(json);
        extra(json);
        return json;
    }

    private ObjectNode generation(GeminiTools tools, ArrayNode system) {
        ObjectNode generation = Json.object();
        if (request.limit() != null) {
            generation.put("maxOutputTokens", request.limit().tokens());
        }
        sampling(generation);
        if (request.choices() > 1) {
            generation.put("candidateCount", request.choices());
        }
        format(generation, tools, system);
        GeminiThinking.write(request, model, generation, losses);
        return generation;
    }

    private void sampling(ObjectNode generation) {
        Sampling sampling = request.sampling();
        put(generation, "temperature", sampling.temperature());
        put(generation, "topP", sampling.topP());
        put(generation, "topK", sampling.topK());
        put(generation, "frequencyPenalty", sampling.frequencyPenalty());
        put(generation, "presencePenalty", sampling.presencePenalty());
        put(generation, "seed", sampling.seed());
        List<String> stop = sampling.stop().stream().filter(text -> !text.isEmpty()).toList();
        if (stop.size() > MOST_STOPS) {
            losses.approximated("stop");
        }
        if (!stop.isEmpty()) {
            ArrayNode sequences = generation.putArray("stopSequences");
            stop.stream().limit(MOST_STOPS).forEach(sequences::add);
        }
        // Nobody could be told what comes back.
        losses.droppedIf(Boolean.TRUE.equals(sampling.logprobs()), "logprobs");
        losses.droppedIf(sampling.logitBias() != null, "logit_bias");
    }

    private static void put(ObjectNode generation, String field, @Nullable Number value) {
        if (value != null) {
            generation.set(field, Json.MAPPER.valueToTree(value));
        }
    }

    private void format(ObjectNode generation, GeminiTools tools, ArrayNode system) {
        ObjectNode schema =
                switch (request.format()) {
                    case OutputFormat.JsonSchema(var _, var given, var _, var _) -> given;
                    case OutputFormat.JsonObject _ -> null;
                    case OutputFormat.Text _ -> null;
                    case null -> null;
                };
        if (request.format() == null || request.format() instanceof OutputFormat.Text) {
            return;
        }
        if (tools.hasFunctions() && !model.formatsBesideTools()) {
            losses.approximated("response_format");
            String wanted =
                    schema == null ? "." : " that fits this JSON Schema: " + Json.text(schema);
            system.addObject().put("text", "Answer with one JSON object and nothing else" + wanted);
            return;
        }
        generation.put("responseMimeType", "application/json");
        if (schema != null) {
            String where = "response_format.json_schema";
            ObjectNode known =
                    model.readsJsonSchema()
                            ? GeminiSchema.json(schema, where, losses)
                            : GeminiSchema.openApi(schema, where, losses);
            if (known != null) {
                generation.set(
                        model.readsJsonSchema() ? "responseJsonSchema" : "responseSchema", known);
            }
        }
    }

    private void session(ObjectNode json) {
        Session session = request.session();
        switch (session.serviceTier()) {
            case "default", "standard" -> json.put("serviceTier", "standard");
            case "flex", "priority" -> json.put("serviceTier", session.serviceTier());
            case null, default ->
                    losses.droppedIf(
                            session.serviceTier() != null && !session.serviceTier().equals("auto"),
                            "service_tier");
        }
        losses.droppedIf(session.endUser() != null, "user");
        losses.droppedIf(session.metadata() != null, "metadata");
        losses.droppedIf(Boolean.TRUE.equals(session.store()), "store");
        losses.droppedIf(session.cacheKey() != null, "prompt_cache_key");
    }

    /// Fields below another are named with a dot, such as `generationConfig.speechConfig`.
    private void extra(ObjectNode json) {
        for (var field : request.extra().fields().properties()) {
            if (!request.extra().dialect().equals(GeminiDialect.NAME)) {
                losses.dropped(field.getKey());
                continue;
            }
            String[] path = field.getKey().split("\\.", 2);
            JsonNode value = field.getValue();
            if (path.length == 2) {
                json.withObjectProperty(path[0]).set(path[1], value);
            } else {
                json.set(path[0], value);
            }
        }
    }
}
