package dev.torii.engine.dialect.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ClaudeModel;
import dev.torii.engine.dialect.ThinkingBudget;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Reasoning;
import java.util.regex.Pattern;

/// How a request asks a model to think: each vendor has its own words, which Converse passes on as
/// `additionalModelRequestFields`. Source: Amazon Bedrock's documentation, "Enhance model responses
/// with model reasoning"; Amazon Nova's, "Extended thinking".
final class BedrockThinking {

    private static final Pattern NOVA_2 = Pattern.compile(".*amazon\\.nova-[2-9].*");

    private final LlmRequest request;
    private final Losses losses;
    private boolean fixesSampling;
    private boolean fixesLimit;

    BedrockThinking(LlmRequest request, Losses losses) {
        this.request = request;
        this.losses = losses;
    }

    /// Whether temperature and the like may not be chosen; known once it is written.
    boolean fixesSampling() {
        return fixesSampling;
    }

    /// Whether the answer may not be limited.
    boolean fixesLimit() {
        return fixesLimit;
    }

    void writeTo(ObjectNode fields) {
        Reasoning asked = request.reasoning();
        String model = request.model() == null ? "" : request.model();
        fixesSampling = ClaudeModel.of(model).onlyAdaptive();
        boolean wanted =
                !Boolean.FALSE.equals(asked.on())
                        && (Boolean.TRUE.equals(asked.on())
                                || asked.effort() != null
                                || asked.budget() != null);
        if (!wanted) {
            return;
        }
        switch (ModelFamily.of(model)) {
            case CLAUDE -> {
                if (ClaudeModel.of(model).onlyAdaptive()) {
                    adaptive(fields, asked);
                } else {
                    claude(fields);
                }
            }
            case NOVA -> {
                if (NOVA_2.matcher(model).matches()) {
                    nova(fields, asked);
                } else {
                    losses.dropped("reasoning_effort");
                }
            }
            case GPT -> fields.put("reasoning_effort", threeSteps(asked));
            case MISTRAL, COHERE, OTHER, UNSAID -> losses.dropped("reasoning_effort");
        }
    }

    private static void adaptive(ObjectNode fields, Reasoning asked) {
        fields.putObject("thinking").put("type", "adaptive");
        if (asked.effort() != null || asked.budget() != null) {
            String effort =
                    "xhigh".equals(asked.effort()) || "max".equals(asked.effort())
                            ? asked.effort()
                            : threeSteps(asked);
            fields.putObject("output_config").put("effort", effort);
        }
    }

    private void claude(ObjectNode fields) {
        Integer limit = request.limit() == null ? null : Integer.valueOf(request.limit().tokens());
        int budget = ThinkingBudget.of(request, limit, BedrockDialect.NAME);
        if (budget == 0) {
            losses.dropped("reasoning_effort");
            return;
        }
        fixesSampling = true;
        fields.putObject("reasoning_config").put("type", "enabled").put("budget_tokens", budget);
    }

    /// Nova that thinks with high effort takes no limits and no temperature.
    private void nova(ObjectNode fields, Reasoning asked) {
        String effort = threeSteps(asked);
        fixesSampling = effort.equals("high");
        fixesLimit = fixesSampling;
        fields.putObject("reasoningConfig")
                .put("type", "enabled")
                .put("maxReasoningEffort", effort);
    }

    private static String threeSteps(Reasoning asked) {
        String effort = asked.effort();
        if (effort == null) {
            int tokens = asked.budget() == null ? 8192 : asked.budget();
            return tokens <= 4096 ? "low" : tokens <= 12_288 ? "medium" : "high";
        }
        return switch (effort) {
            case "minimal", "low" -> "low";
            case "high", "xhigh", "max" -> "high";
            default -> "medium";
        };
    }
}
