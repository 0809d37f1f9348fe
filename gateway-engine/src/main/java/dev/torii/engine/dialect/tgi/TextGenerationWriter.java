package dev.torii.engine.dialect.tgi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Unsaid;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.OutputFormat;
import dev.torii.model.llm.Sampling;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes `{"inputs":"…","parameters":{…}}`.
final class TextGenerationWriter {

    private TextGenerationWriter() {}

    static ObjectNode json(String inputs, LlmRequest request, String dialect, Losses losses)
            throws UnsayableException {
        Unsaid.severalAnswers(request);
        ObjectNode json = Json.object().put("inputs", inputs);
        ObjectNode parameters = Json.object();
        if (request.limit() != null) {
            parameters.put("max_new_tokens", request.limit().tokens());
        }
        sampling(parameters, request.sampling(), losses);
        format(parameters, request.format());
        if (!parameters.isEmpty()) {
            json.set("parameters", parameters);
        }
        if (request.stream()) {
            json.put("stream", true);
        }
        var reasoning = request.reasoning();
        losses.droppedIf(
                reasoning.effort() != null || reasoning.budget() != null, "reasoning_effort");
        losses.droppedIf(request.verbosity() != null, "verbosity");
        Unsaid.session(request.session(), losses);
        Unsaid.extra(json, request.extra(), dialect, Set.of(), losses);
        return json;
    }

    private static void sampling(ObjectNode parameters, Sampling sampling, Losses losses) {
        temperature(parameters, sampling.temperature());
        BigDecimal topP = sampling.topP();
        // 1 means all tokens, and so does silence; the server takes less than 1 only.
        if (topP != null && topP.compareTo(BigDecimal.ONE) < 0) {
            parameters.put("top_p", topP);
        }
        if (sampling.topK() != null && sampling.topK() > 0) {
            parameters.put("top_k", sampling.topK());
        }
        if (sampling.frequencyPenalty() != null) {
            parameters.put("frequency_penalty", sampling.frequencyPenalty());
        }
        losses.droppedIf(sampling.presencePenalty() != null, "presence_penalty");
        if (sampling.seed() != null) {
            parameters.put("seed", sampling.seed());
        }
        if (!sampling.stop().isEmpty()) {
            ArrayNode stop = parameters.putArray("stop");
            sampling.stop().forEach(stop::add);
        }
        Unsaid.tokens(sampling, losses);
    }

    /// The server refuses 0, which means to choose nothing at random.
    private static void temperature(ObjectNode parameters, @Nullable BigDecimal temperature) {
        if (temperature == null) {
            return;
        }
        if (temperature.signum() > 0) {
            parameters.put("temperature", temperature);
        } else {
            parameters.put("do_sample", false);
        }
    }

    private static void format(ObjectNode parameters, @Nullable OutputFormat format) {
        switch (format) {
            case OutputFormat.JsonSchema schema -> grammar(parameters, schema.schema());
            case OutputFormat.JsonObject _ ->
                    grammar(parameters, Json.object().put("type", "object"));
            case OutputFormat.Text _ -> {}
            case null -> {}
        }
    }

    private static void grammar(ObjectNode parameters, ObjectNode schema) {
        parameters.putObject("grammar").put("type", "json").set("value", schema);
    }
}
