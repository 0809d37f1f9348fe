package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.chat.ChatProfile.Feature;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Sampling;
import dev.torii.model.llm.Session;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes how tokens are chosen, how long the answer is to be, and who asks.
final class ChatOptions {

    /// OpenAI refuses more, and so do its copies.
    private static final int MAX_STOPS = 4;

    private final ChatProfile profile;
    private final Losses losses;

    ChatOptions(ChatProfile profile, Losses losses) {
        this.profile = profile;
        this.losses = losses;
    }

    void write(LlmRequest request, ObjectNode json) {
        sampling(request.sampling(), json);
        if (knows(Feature.VERBOSITY, request.verbosity(), "verbosity")) {
            json.put("verbosity", request.verbosity());
        }
        session(request.session(), json);
    }

    private void sampling(Sampling sampling, ObjectNode json) {
        number("temperature", sampling.temperature(), json);
        number("top_p", sampling.topP(), json);
        if (knows(Feature.TOP_K, sampling.topK(), "top_k")) {
            json.put("top_k", sampling.topK());
        }
        if (knows(Feature.PENALTIES, sampling.frequencyPenalty(), "frequency_penalty")) {
            number("frequency_penalty", sampling.frequencyPenalty(), json);
        }
        if (knows(Feature.PENALTIES, sampling.presencePenalty(), "presence_penalty")) {
            number("presence_penalty", sampling.presencePenalty(), json);
        }
        if (sampling.seed() != null) {
            json.put(profile.seedField(), sampling.seed());
        }
        stop(sampling.stop(), json);
        if (knows(Feature.LOGPROBS, sampling.logprobs(), "logprobs")) {
            json.put("logprobs", sampling.logprobs());
        }
        // Refused where there are none to go beside.
        if (Boolean.TRUE.equals(sampling.logprobs())
                && knows(Feature.LOGPROBS, sampling.topLogprobs(), "top_logprobs")) {
            json.put("top_logprobs", sampling.topLogprobs());
        }
        if (knows(Feature.LOGPROBS, sampling.logitBias(), "logit_bias")) {
            json.set("logit_bias", sampling.logitBias());
        }
    }

    private static void number(String field, @Nullable BigDecimal value, ObjectNode json) {
        if (value != null) {
            json.put(field, value);
        }
    }

    private void stop(List<String> stop, ObjectNode json) {
        if (stop.isEmpty()) {
            return;
        }
        if (stop.size() > MAX_STOPS) {
            losses.approximated("stop");
        }
        ArrayNode written = json.putArray("stop");
        stop.stream().limit(MAX_STOPS).forEach(written::add);
    }

    private void session(Session session, ObjectNode json) {
        if (profile.userField() == null) {
            losses.droppedIf(session.endUser() != null, "user");
        } else if (session.endUser() != null) {
            json.put(profile.userField(), session.endUser());
        }
        if (knows(Feature.TIERS, session.serviceTier(), "service_tier")) {
            json.put("service_tier", session.serviceTier());
        }
        if (knows(Feature.SESSION, session.metadata(), "metadata")) {
            json.set("metadata", session.metadata());
        }
        if (knows(Feature.SESSION, session.store(), "store")) {
            json.put("store", session.store());
        }
        if (knows(Feature.SESSION, session.cacheKey(), "prompt_cache_key")) {
            json.put("prompt_cache_key", session.cacheKey());
        }
    }

    /// Whether something was said, and can be said here.
    private boolean knows(Feature feature, @Nullable Object said, String field) {
        if (said == null) {
            return false;
        }
        if (!profile.has(feature)) {
            losses.dropped(field);
        }
        return profile.has(feature);
    }
}
