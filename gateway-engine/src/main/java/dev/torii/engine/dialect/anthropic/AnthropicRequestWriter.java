package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.OutputFormat;
import dev.torii.model.llm.Sampling;
import dev.torii.model.llm.Session;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the body of `POST /v1/messages`: model, system, tools and tool choice first, then the
/// messages, then the rest, since the prompt cache goes by what a body begins with.
final class AnthropicRequestWriter {

    /// Anthropic wants a limit in each request.
    private static final int DEFAULT_LIMIT = 4096;

    private final LlmRequest request;
    private final Losses losses;

    AnthropicRequestWriter(LlmRequest request, Losses losses) {
        this.request = request;
        this.losses = losses;
    }

    ObjectNode json() throws UnsayableException {
        if (request.choices() > 1) {
            throw new UnsayableException(
                    "n: %s gives one answer to a request; ask %d times instead"
                            .formatted(request.model(), request.choices()));
        }
        var turns = new AnthropicTurns(request, losses);
        ArrayNode system = turns.system();
        ArrayNode messages = turns.messages();
        var tools = new AnthropicTools(request, losses);
        var thinking = AnthropicThinking.of(request, losses);
        hint(system);

        ObjectNode json = Json.object().put("model", request.model());
        if (!system.isEmpty()) {
            json.set("system", system);
        }
        tools.writeTo(json);
        json.set("messages", messages);
        json.put("max_tokens", limit(thinking));
        thinking.writeTo(json);
        format(json);
        sampling(json, thinking);
        session(json);
        if (request.stream()) {
            json.put("stream", true);
        }
        extra(json);
        return json;
    }

    private int limit(AnthropicThinking thinking) {
        if (request.limit() != null) {
            return request.limit().tokens();
        }
        losses.approximated("max_tokens");
        return DEFAULT_LIMIT + thinking.budget();
    }

    private void hint(ArrayNode system) {
        String hint =
                switch (request.format()) {
                    case OutputFormat.JsonObject _ ->
                            "Answer with one JSON object and nothing else.";
                    case null, default -> null;
                };
        if (hint != null) {
            losses.approximated("response_format");
            system.addObject().put("type", "text").put("text", hint);
        }
    }

    private void format(ObjectNode json) {
        if (request.format() instanceof OutputFormat.JsonSchema schema) {
            ObjectNode format = json.withObjectProperty("output_config").putObject("format");
            format.put("type", "json_schema");
            format.set("schema", new AnthropicSchema(losses).strict(schema.schema()));
        }
    }

    private void sampling(ObjectNode json, AnthropicThinking thinking) {
        Sampling sampling = request.sampling();
        if (thinking.fixesSampling()) {
            losses.droppedIf(sampling.temperature() != null, "temperature");
            losses.droppedIf(sampling.topP() != null, "top_p");
            losses.droppedIf(sampling.topK() != null, "top_k");
        } else {
            temperature(json, sampling.temperature());
            if (sampling.topP() != null) {
                json.put("top_p", sampling.topP());
            }
            if (sampling.topK() != null) {
                json.put("top_k", sampling.topK());
            }
        }
        List<String> stop = sampling.stop().stream().filter(text -> !text.isBlank()).toList();
        if (!stop.isEmpty()) {
            ArrayNode sequences = json.putArray("stop_sequences");
            stop.forEach(sequences::add);
        }
        losses.droppedIf(stop.size() < sampling.stop().size(), "stop");
        losses.droppedIf(sampling.frequencyPenalty() != null, "frequency_penalty");
        losses.droppedIf(sampling.presencePenalty() != null, "presence_penalty");
        losses.droppedIf(sampling.seed() != null, "seed");
        losses.droppedIf(Boolean.TRUE.equals(sampling.logprobs()), "logprobs");
        losses.droppedIf(sampling.logitBias() != null, "logit_bias");
    }

    private void temperature(ObjectNode json, @Nullable BigDecimal given) {
        if (given != null) {
            if (given.compareTo(BigDecimal.ONE) > 0) {
                losses.approximated("temperature");
            }
            json.put("temperature", given.min(BigDecimal.ONE));
        }
    }

    private void session(ObjectNode json) {
        Session session = request.session();
        if (session.endUser() != null) {
            json.putObject("metadata").put("user_id", session.endUser());
        }
        String tier = session.serviceTier();
        if ("auto".equals(tier)) {
            json.put("service_tier", "auto");
        } else if ("default".equals(tier)) {
            json.put("service_tier", "standard_only");
        } else {
            losses.droppedIf(tier != null, "service_tier");
        }
        losses.droppedIf(session.metadata() != null, "metadata");
        losses.droppedIf(Boolean.TRUE.equals(session.store()), "store");
        losses.droppedIf(session.cacheKey() != null, "prompt_cache_key");
    }

    private void extra(ObjectNode json) {
        if (request.extra().dialect().equals(AnthropicDialect.NAME)) {
            request.extra().writeTo(json, AnthropicDialect.NAME);
        } else {
            request.extra().fields().fieldNames().forEachRemaining(losses::dropped);
        }
    }
}
