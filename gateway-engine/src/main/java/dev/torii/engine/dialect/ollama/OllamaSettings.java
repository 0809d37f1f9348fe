package dev.torii.engine.dialect.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Unsaid;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.OutputFormat;
import dev.torii.model.llm.Reasoning;
import dev.torii.model.llm.Sampling;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes what chats and completions have in common: `format`, `think`, `options`, `stream` and
/// fields of Ollama's own.
final class OllamaSettings {

    private OllamaSettings() {}

    static void write(
            ObjectNode json, LlmRequest request, String dialect, Set<String> own, Losses losses) {
        format(json, request.format());
        JsonNode think = think(request, losses);
        if (think != null) {
            json.set("think", think);
        }
        ObjectNode options = options(request, losses);
        // Ollama streams unless it is told not to.
        json.put("stream", request.stream());
        losses.droppedIf(request.verbosity() != null, "verbosity");
        Unsaid.session(request.session(), losses);
        Unsaid.extra(json, request.extra(), dialect, own, losses);
        ObjectNode merged = merged(json.path("options"), options);
        if (!merged.isEmpty()) {
            json.set("options", merged);
        }
    }

    private static void format(ObjectNode json, @Nullable OutputFormat format) {
        switch (format) {
            case OutputFormat.JsonObject _ -> json.put("format", "json");
            case OutputFormat.JsonSchema schema -> json.set("format", schema.schema());
            case OutputFormat.Text _ -> {}
            case null -> {}
        }
    }

    /// On or off; only gpt-oss knows degrees.
    private static @Nullable JsonNode think(LlmRequest request, Losses losses) {
        Reasoning asked = request.reasoning();
        var nodes = Json.MAPPER.getNodeFactory();
        if (Boolean.FALSE.equals(asked.on())) {
            return nodes.booleanNode(false);
        }
        losses.approximatedIf(asked.budget() != null, "thinking budget");
        if (asked.effort() == null) {
            boolean on = Boolean.TRUE.equals(asked.on()) || asked.budget() != null;
            return on ? nodes.booleanNode(true) : null;
        }
        String model = request.model() == null ? "" : request.model();
        if (!model.toLowerCase(Locale.ROOT).contains("gpt-oss")) {
            losses.approximated("reasoning_effort");
            return nodes.booleanNode(true);
        }
        return switch (asked.effort()) {
            case "low", "medium", "high" -> nodes.textNode(asked.effort());
            case "minimal" -> {
                losses.approximated("reasoning_effort");
                yield nodes.textNode("low");
            }
            default -> {
                losses.approximated("reasoning_effort");
                yield nodes.textNode("high");
            }
        };
    }

    private static ObjectNode options(LlmRequest request, Losses losses) {
        Sampling sampling = request.sampling();
        ObjectNode options = Json.object();
        if (request.limit() != null) {
            options.put("num_predict", request.limit().tokens());
        }
        if (sampling.temperature() != null) {
            options.put("temperature", sampling.temperature());
        }
        if (sampling.topP() != null) {
            options.put("top_p", sampling.topP());
        }
        if (sampling.topK() != null) {
            options.put("top_k", sampling.topK());
        }
        if (sampling.frequencyPenalty() != null) {
            options.put("frequency_penalty", sampling.frequencyPenalty());
        }
        if (sampling.presencePenalty() != null) {
            options.put("presence_penalty", sampling.presencePenalty());
        }
        if (sampling.seed() != null) {
            options.put("seed", sampling.seed());
        }
        if (!sampling.stop().isEmpty()) {
            ArrayNode stop = options.putArray("stop");
            sampling.stop().forEach(stop::add);
        }
        Unsaid.tokens(sampling, losses);
        return options;
    }

    /// Options that the client named by Ollama's names, and over them what it said in its own.
    private static ObjectNode merged(JsonNode given, ObjectNode said) {
        ObjectNode merged = Json.object();
        var names = new LinkedHashSet<String>();
        said.fieldNames().forEachRemaining(names::add);
        given.fieldNames().forEachRemaining(names::add);
        names.forEach(name -> merged.set(name, said.has(name) ? said.get(name) : given.get(name)));
        return merged;
    }
}
