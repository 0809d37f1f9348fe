package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.AnswerForm;
import dev.torii.engine.dialect.ClaudeModel;
import dev.torii.engine.dialect.OutputLimits;
import dev.torii.engine.dialect.Unsaid;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.OutputFormat;
import dev.torii.model.llm.Sampling;
import dev.torii.model.llm.Session;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes the body of `POST /v1/messages`: model, system, tools and tool choice first, then the
/// messages, then the rest, since the prompt cache goes by what a body begins with.
final class AnthropicRequestWriter {

    /// Anthropic wants a limit in each request.
    private static final int DEFAULT_LIMIT = 4096;

    /// Objects that are more than what the rest of a request calls for.
    private static final Set<String> APART = Set.of("output_config", "metadata");

    private final LlmRequest request;
    private final AnthropicHost host;
    private final @Nullable Integer longest;
    private final boolean own;
    private final Losses losses;

    AnthropicRequestWriter(
            LlmRequest request, OutputLimits limits, AnthropicHost host, Losses losses) {
        this.request = request;
        this.host = host;
        this.longest = request.model() == null ? null : limits.of(request.model());
        this.own = AnthropicExtras.isOwn(request.extra());
        this.losses = losses;
    }

    ObjectNode json() throws UnsayableException {
        Unsaid.severalAnswers(request);
        var turns = new AnthropicTurns(request, host, losses);
        ArrayNode system = turns.system();
        ArrayNode messages = turns.messages();
        var tools = new AnthropicTools(request, losses);
        var thinking = AnthropicThinking.of(request, longest, losses);
        AnswerForm form = form();
        ObjectNode schema = form.schema();
        if (form.hint() != null) {
            system.add(AnthropicBlocks.plain(form.hint()));
        }

        ObjectNode json = Json.object().put("model", request.model());
        if (!system.isEmpty()) {
            json.set("system", system);
        }
        tools.writeTo(json);
        json.set("messages", messages);
        json.put("max_tokens", limit(thinking));
        thinking.writeTo(json);
        if (schema != null) {
            json.withObjectProperty("output_config")
                    .putObject("format")
                    .put("type", "json_schema")
                    .set("schema", schema);
        }
        thinking.writeTo(json, request.sampling(), losses);
        if (!own) {
            ClaudeModel.of(request.model()).chooseOne(json, "temperature", "top_p", losses);
        }
        stop(json);
        losses.droppedIf(request.verbosity() != null, "verbosity");
        session(json);
        if (request.stream()) {
            json.put("stream", true);
        }
        extra(json);
        AnthropicCache.limit(json, losses);
        return json;
    }

    private int limit(AnthropicThinking thinking) {
        if (request.limit() != null) {
            return request.limit().tokens();
        }
        if (longest != null) {
            return longest;
        }
        losses.approximated("max_tokens");
        return DEFAULT_LIMIT + thinking.budget();
    }

    /// What a client says in Anthropic's own words is said in them already.
    private AnswerForm form() {
        return own && request.format() instanceof OutputFormat.JsonSchema said
                ? new AnswerForm(said.schema(), null)
                : AnswerForm.of(request, losses);
    }

    private void stop(ObjectNode json) {
        Sampling sampling = request.sampling();
        List<String> stop = sampling.stop().stream().filter(text -> !text.isBlank()).toList();
        if (!stop.isEmpty()) {
            ArrayNode sequences = json.putArray("stop_sequences");
            stop.forEach(sequences::add);
        }
        losses.droppedIf(stop.size() < sampling.stop().size(), "stop");
        losses.droppedIf(sampling.frequencyPenalty() != null, "frequency_penalty");
        losses.droppedIf(sampling.presencePenalty() != null, "presence_penalty");
        losses.droppedIf(sampling.seed() != null, "seed");
        Unsaid.tokens(sampling, losses);
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
        if (!own) {
            request.extra().fields().fieldNames().forEachRemaining(losses::dropped);
            return;
        }
        for (var field : request.extra().fields().properties()) {
            int dot = field.getKey().indexOf('.');
            if (dot < 0) {
                json.set(field.getKey(), field.getValue());
                continue;
            }
            String object = field.getKey().substring(0, dot);
            if (json.path(object).isObject() || APART.contains(object)) {
                json.withObjectProperty(object)
                        .set(field.getKey().substring(dot + 1), field.getValue());
            }
        }
    }
}
