package dev.torii.engine.dialect.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.AnswerForm;
import dev.torii.engine.dialect.ClaudeModel;
import dev.torii.engine.dialect.Unsaid;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.OutputFormat;
import dev.torii.model.llm.Sampling;
import dev.torii.model.llm.Session;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes the body of Converse and ConverseStream: tools, system and messages first, then the rest.
final class BedrockRequestWriter {

    /// Fields that only Converse has: whoever says them means Bedrock, in whatever dialect.
    private static final Set<String> OWN =
            Set.of(
                    "guardrailConfig",
                    "performanceConfig",
                    "requestMetadata",
                    "additionalModelRequestFields",
                    "additionalModelResponseFieldPaths");

    private static final Pattern METADATA = Pattern.compile("[a-zA-Z0-9\\s:_@$#=/+,.-]{0,256}");
    private static final int MOST_METADATA = 16;

    private final LlmRequest request;
    private final Losses losses;
    private final ModelFamily family;

    BedrockRequestWriter(LlmRequest request, Losses losses) {
        this.request = request;
        this.losses = losses;
        this.family = ModelFamily.of(request.model());
    }

    ObjectNode json() throws UnsayableException {
        Unsaid.severalAnswers(request);
        var cache = new BedrockCache(family, losses);
        var turns = new BedrockTurns(request, losses);
        ObjectNode json = Json.object();
        ObjectNode tools = new BedrockTools(losses, cache).config(request, turns.calledTools());
        if (tools != null) {
            json.set("toolConfig", tools);
        }
        ArrayNode system = turns.system(cache);
        AnswerForm form = AnswerForm.of(request, losses);
        if (form.hint() != null) {
            system.addObject().put("text", form.hint());
        }
        if (!system.isEmpty()) {
            json.set("system", system);
        }
        json.set("messages", turns.messages(cache));
        cache.dropSurplus();
        ObjectNode fields = Json.object();
        var thinking = new BedrockThinking(request, losses);
        thinking.writeTo(fields);
        inference(json, fields, thinking);
        format(json, form.schema());
        losses.droppedIf(request.verbosity() != null, "verbosity");
        session(json);
        extra(json, fields);
        if (!fields.isEmpty()) {
            json.set("additionalModelRequestFields", fields);
        }
        return json;
    }

    private void inference(ObjectNode json, ObjectNode fields, BedrockThinking thinking) {
        Sampling sampling = request.sampling();
        ObjectNode inference = Json.object();
        if (request.limit() != null && thinking.fixesLimit()) {
            losses.dropped(request.limit().field());
        } else if (request.limit() != null) {
            inference.put("maxTokens", request.limit().tokens());
        }
        if (thinking.fixesSampling()) {
            losses.droppedIf(sampling.temperature() != null, "temperature");
            losses.droppedIf(sampling.topP() != null, "top_p");
            losses.droppedIf(sampling.topK() != null, "top_k");
        } else {
            temperature(inference, sampling.temperature());
            if (sampling.topP() != null) {
                inference.put("topP", sampling.topP());
            }
            ClaudeModel.of(request.model()).chooseOne(inference, "temperature", "topP", losses);
            topK(fields, sampling.topK());
        }
        // A Claude refuses blanks; other models stop at a line break.
        List<String> stop =
                sampling.stop().stream()
                        .filter(text ->
                                family == ModelFamily.CLAUDE ? !text.isBlank() : !text.isEmpty())
                        .toList();
        if (!stop.isEmpty()) {
            stop.forEach(inference.putArray("stopSequences")::add);
        }
        losses.droppedIf(stop.size() < sampling.stop().size(), "stop");
        losses.droppedIf(sampling.frequencyPenalty() != null, "frequency_penalty");
        losses.droppedIf(sampling.presencePenalty() != null, "presence_penalty");
        losses.droppedIf(sampling.seed() != null, "seed");
        Unsaid.tokens(sampling, losses);
        if (!inference.isEmpty()) {
            json.set("inferenceConfig", inference);
        }
    }

    private void temperature(ObjectNode inference, @Nullable BigDecimal given) {
        if (given != null) {
            if (given.compareTo(BigDecimal.ONE) > 0) {
                losses.approximated("temperature");
            }
            inference.put("temperature", given.min(BigDecimal.ONE));
        }
    }

    private void topK(ObjectNode fields, @Nullable Integer topK) {
        if (topK == null) {
            return;
        }
        switch (family) {
            case CLAUDE, MISTRAL -> fields.put("top_k", topK);
            case NOVA -> fields.putObject("inferenceConfig").put("topK", topK);
            case COHERE -> fields.put("k", topK);
            case GPT, OTHER, UNSAID -> losses.dropped("top_k");
        }
    }

    private void format(ObjectNode json, @Nullable ObjectNode held) {
        if (held != null && request.format() instanceof OutputFormat.JsonSchema asked) {
            ObjectNode schema = Json.object();
            schema.put("schema", Json.text(held));
            schema.put("name", asked.name());
            if (asked.description() != null) {
                schema.put("description", asked.description());
            }
            ObjectNode format = json.putObject("outputConfig").putObject("textFormat");
            format.put("type", "json_schema").putObject("structure").set("jsonSchema", schema);
        }
    }

    private void session(ObjectNode json) {
        Session session = request.session();
        metadata(json, session.metadata());
        switch (session.serviceTier()) {
            case "default", "flex", "priority", "reserved" ->
                    json.putObject("serviceTier").put("type", session.serviceTier());
            case "standard_only" -> json.putObject("serviceTier").put("type", "default");
            case "auto" -> {}
            case null -> {}
            default -> losses.dropped("service_tier");
        }
        losses.droppedIf(session.endUser() != null, "user");
        losses.droppedIf(Boolean.TRUE.equals(session.store()), "store");
        losses.droppedIf(session.cacheKey() != null, "prompt_cache_key");
    }

    /// Bedrock takes sixteen short texts, which it keeps in its logs.
    private void metadata(ObjectNode json, @Nullable ObjectNode given) {
        if (given == null) {
            return;
        }
        ObjectNode metadata = Json.object();
        given.properties()
                .forEach(entry -> {
                    JsonNode value = entry.getValue();
                    if (metadata.size() < MOST_METADATA
                            && value.isTextual()
                            && METADATA.matcher(entry.getKey()).matches()
                            && METADATA.matcher(value.textValue()).matches()) {
                        metadata.set(entry.getKey(), value);
                    } else {
                        losses.dropped("metadata");
                    }
                });
        if (!metadata.isEmpty()) {
            json.set("requestMetadata", metadata);
        }
    }

    private void extra(ObjectNode json, ObjectNode fields) {
        request.extra()
                .fields()
                .properties()
                .forEach(entry -> {
                    if (!OWN.contains(entry.getKey())) {
                        losses.dropped(entry.getKey());
                    } else if (entry.getKey().equals("additionalModelRequestFields")
                            && entry.getValue() instanceof ObjectNode given) {
                        fields.setAll(given);
                    } else {
                        json.set(entry.getKey(), entry.getValue());
                    }
                });
    }
}
