package dev.torii.engine.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.Extra;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Sampling;
import dev.torii.model.llm.Session;
import java.util.Set;

/// What OpenAI's dialect can say and few others can.
public final class Unsaid {

    private Unsaid() {}

    /// Refuses what only several requests could do.
    ///
    /// @throws UnsayableException when more than one answer is wanted
    public static void severalAnswers(LlmRequest request) throws UnsayableException {
        if (request.choices() > 1) {
            throw new UnsayableException(
                    "n: %s gives one answer to a request; ask %d times instead"
                            .formatted(request.model(), request.choices()));
        }
    }

    /// Counts what is said of the user, of storing and of billing.
    public static void session(Session session, Losses losses) {
        losses.droppedIf(session.endUser() != null, "user");
        losses.droppedIf(session.metadata() != null, "metadata");
        losses.droppedIf(session.serviceTier() != null, "service_tier");
        losses.droppedIf(Boolean.TRUE.equals(session.store()), "store");
        losses.droppedIf(session.cacheKey() != null, "prompt_cache_key");
    }

    /// Counts what is said of single tokens.
    public static void tokens(Sampling sampling, Losses losses) {
        losses.droppedIf(Boolean.TRUE.equals(sampling.logprobs()), "logprobs");
        losses.droppedIf(sampling.topLogprobs() != null, "top_logprobs");
        losses.droppedIf(sampling.logitBias() != null, "logit_bias");
    }

    /// Writes the fields that the client's dialect does not know where they are the provider's:
    /// those that came in its dialect, and those that it alone has. The others are counted.
    public static void extra(
            ObjectNode json, Extra extra, String dialect, Set<String> own, Losses losses) {
        for (var field : extra.fields().properties()) {
            if (extra.dialect().equals(dialect) || own.contains(field.getKey())) {
                json.set(field.getKey(), field.getValue());
            } else {
                losses.dropped(field.getKey());
            }
        }
    }
}
