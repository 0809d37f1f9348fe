package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.Unsaid;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Extra;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.OutputFormat;
import dev.torii.model.llm.Reasoning;
import dev.torii.model.llm.Sampling;
import dev.torii.model.llm.Session;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes the body of `POST /v1/responses`: model, tools and tool choice first, then the input,
/// then the rest, since prompt caches go by what a body begins with.
final class ResponsesRequestWriter {

    /// OpenAI refuses a lower limit.
    private static final int LEAST_LIMIT = 16;

    /// Models that think unasked, and can hand out what they thought.
    private static final Pattern REASONING_MODEL = Pattern.compile("(?:o\\d|gpt-5).*");

    private final LlmRequest request;
    private final Losses losses;

    ResponsesRequestWriter(LlmRequest request, Losses losses) {
        this.request = request;
        this.losses = losses;
    }

    ObjectNode json() throws UnsayableException {
        Unsaid.severalAnswers(request);
        ObjectNode json = Json.object().put("model", request.model());
        new ResponsesToolWriter(request, losses).writeTo(json);
        json.set("input", new ResponsesInputWriter(losses).items(request.messages()));
        limit(json);
        reasoning(json);
        format(json);
        sampling(json);
        session(json);
        if (request.stream()) {
            json.put("stream", true);
        }
        extra(json);
        return json;
    }

    private void limit(ObjectNode json) {
        if (request.limit() != null) {
            int tokens = request.limit().tokens();
            if (tokens < LEAST_LIMIT) {
                losses.approximated(request.limit().field());
            }
            json.put("max_output_tokens", Math.max(tokens, LEAST_LIMIT));
        }
    }

    private void reasoning(ObjectNode json) {
        Reasoning asked = request.reasoning();
        String effort = effort(asked);
        if (effort != null) {
            json.withObjectProperty("reasoning").put("effort", effort);
        }
        if (asked.summary() != null) {
            json.withObjectProperty("reasoning").put("summary", asked.summary());
        }
    }

    private @Nullable String effort(Reasoning asked) {
        if (Boolean.FALSE.equals(asked.on())) {
            return "none";
        }
        if (asked.effort() != null) {
            return asked.effort();
        }
        Integer budget = asked.budget();
        if (budget == null) {
            return null;
        }
        losses.approximated("budget_tokens");
        if (budget <= 1024) {
            return "minimal";
        }
        return budget <= 4096 ? "low" : budget <= 12_288 ? "medium" : "high";
    }

    private void format(ObjectNode json) {
        switch (request.format()) {
            case OutputFormat.JsonSchema(var name, var schema, var strict, var description) -> {
                ObjectNode format = json.putObject("text").putObject("format");
                format.put("type", "json_schema").put("name", name);
                if (description != null) {
                    format.put("description", description);
                }
                format.set("schema", schema);
                if (strict != null) {
                    format.put("strict", strict);
                }
            }
            case OutputFormat.JsonObject _ ->
                    json.putObject("text").putObject("format").put("type", "json_object");
            case OutputFormat.Text _ ->
                    json.putObject("text").putObject("format").put("type", "text");
            case null -> {}
        }
        if (request.verbosity() != null) {
            json.withObjectProperty("text").put("verbosity", request.verbosity());
        }
    }

    private void sampling(ObjectNode json) {
        Sampling sampling = request.sampling();
        if (sampling.temperature() != null) {
            json.put("temperature", sampling.temperature());
        }
        if (sampling.topP() != null) {
            json.put("top_p", sampling.topP());
        }
        losses.droppedIf(sampling.topK() != null, "top_k");
        losses.droppedIf(!sampling.stop().isEmpty(), "stop");
        losses.droppedIf(sampling.frequencyPenalty() != null, "frequency_penalty");
        losses.droppedIf(sampling.presencePenalty() != null, "presence_penalty");
        losses.droppedIf(sampling.seed() != null, "seed");
        if (Boolean.TRUE.equals(sampling.logprobs())) {
            json.withArrayProperty("include").add(ResponsesExtra.LOGPROBS);
        }
        if (sampling.topLogprobs() != null) {
            json.put("top_logprobs", sampling.topLogprobs());
        }
        losses.droppedIf(sampling.logitBias() != null, "logit_bias");
    }

    private void session(ObjectNode json) {
        Session session = request.session();
        if (session.endUser() != null) {
            json.put("safety_identifier", session.endUser());
        }
        if (session.metadata() != null) {
            json.set("metadata", session.metadata());
        }
        if (session.serviceTier() != null) {
            json.put("service_tier", session.serviceTier());
        }
        if (session.cacheKey() != null) {
            json.put("prompt_cache_key", session.cacheKey());
        }
        store(json, session.store());
    }

    /// OpenAI keeps what it answers here unless told not to, and other dialects keep nothing unless
    /// told to. Thoughts that are not kept have to be carried by the client.
    private void store(ObjectNode json, @Nullable Boolean asked) {
        boolean own = request.extra().dialect().equals(ResponsesDialect.NAME);
        Boolean store = (asked != null || own) ? asked : Boolean.FALSE;
        if (store != null) {
            json.put("store", store);
        }
        boolean encrypted =
                own
                        ? Fields.texts(request.extra().kept(), "include")
                                .contains(ResponsesExtra.ENCRYPTED)
                        : Boolean.FALSE.equals(store) && mayThink();
        if (encrypted) {
            json.withArrayProperty("include").add(ResponsesExtra.ENCRYPTED);
        }
    }

    /// Other models refuse to be asked for thoughts.
    private boolean mayThink() {
        Reasoning asked = request.reasoning();
        boolean wanted =
                asked.effort() != null || asked.budget() != null || asked.summary() != null;
        String model = request.model();
        return wanted || (model != null && REASONING_MODEL.matcher(model).matches());
    }

    private void extra(ObjectNode json) {
        Extra extra = request.extra();
        if (extra.dialect().equals(ResponsesDialect.NAME)) {
            ResponsesExtra.write(extra, json);
        } else {
            extra.fields().fieldNames().forEachRemaining(losses::dropped);
        }
    }
}
