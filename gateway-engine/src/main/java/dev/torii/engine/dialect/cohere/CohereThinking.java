package dev.torii.engine.dialect.cohere;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Reasoning;
import org.jspecify.annotations.Nullable;

/// Writes `thinking`, which knows on, off and a budget.
final class CohereThinking {

    private CohereThinking() {}

    static void write(ObjectNode json, LlmRequest request, Losses losses) {
        Reasoning asked = request.reasoning();
        if (Boolean.FALSE.equals(asked.on())) {
            json.putObject("thinking").put("type", "disabled");
            return;
        }
        Integer budget = budget(asked, losses);
        if (budget == null && !Boolean.TRUE.equals(asked.on())) {
            return;
        }
        ObjectNode thinking = json.putObject("thinking").put("type", "enabled");
        if (budget != null && request.limit() != null && budget >= request.limit().tokens()) {
            // Something has to be left for the answer.
            losses.approximated("reasoning_effort");
            budget = request.limit().tokens() - 1;
        }
        if (budget != null && budget > 0) {
            thinking.put("token_budget", budget);
        }
    }

    private static @Nullable Integer budget(Reasoning asked, Losses losses) {
        if (asked.budget() != null || asked.effort() == null) {
            return asked.budget();
        }
        losses.approximated("reasoning_effort");
        return switch (asked.effort()) {
            case "minimal" -> 1024;
            case "low" -> 2048;
            case "high" -> 16384;
            case "xhigh" -> 24576;
            case "max" -> 32768;
            default -> 8192;
        };
    }
}
