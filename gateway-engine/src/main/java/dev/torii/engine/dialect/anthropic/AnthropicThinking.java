package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ClaudeModel;
import dev.torii.engine.dialect.ThinkingBudget;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Reasoning;
import dev.torii.model.llm.Sampling;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// How a request asks a Claude to think: with a budget, or, from Opus 4.7 on, as it sees fit, with
/// an effort. Both exclude a chosen temperature.
///
/// @param mode null for not said
/// @param budget in tokens; 0 where there is none
/// @param effort null for the model's usual one
/// @param told whether thoughts are to be told by a model that by itself keeps them
/// @param fixed whether the model takes no sampling of the client's choice
record AnthropicThinking(
        @Nullable Mode mode, int budget, @Nullable String effort, boolean told, boolean fixed) {

    /// From here on a share of the tokens can be chosen even while thinking.
    private static final BigDecimal LEAST_TOP_P = new BigDecimal("0.95");

    enum Mode {
        ENABLED,
        ADAPTIVE,
        DISABLED
    }

    /// How the request asks.
    ///
    /// @param longest answer of the model; null where it is not known
    static AnthropicThinking of(LlmRequest request, @Nullable Integer longest, Losses losses) {
        Reasoning asked = request.reasoning();
        ClaudeModel model = ClaudeModel.of(request.model());
        boolean own = AnthropicExtras.isOwn(request.extra());
        // In Anthropic's words an effort alone is no wish for thoughts.
        boolean wanted =
                asked.on() != null
                        ? asked.on()
                        : asked.budget() != null || (asked.effort() != null && !own);
        if (!own && Boolean.FALSE.equals(asked.on()) && model.thinksAlways()) {
            losses.approximated("reasoning_effort");
            return new AnthropicThinking(Mode.ADAPTIVE, 0, "low", false, true);
        }
        if (!wanted) {
            Mode mode = asked.on() == null ? null : Mode.DISABLED;
            return new AnthropicThinking(
                    mode, 0, own ? asked.effort() : null, false, model.onlyAdaptive());
        }
        if (model.onlyAdaptive() || (model.adaptive() && asked.budget() == null)) {
            boolean told = !own && asked.summary() != null;
            String effort = effort(asked);
            if (!own && "xhigh".equals(effort) && !model.onlyAdaptive()) {
                losses.approximated("reasoning_effort");
                effort = "high";
            }
            return new AnthropicThinking(Mode.ADAPTIVE, 0, effort, told, true);
        }
        Integer limit =
                request.limit() == null ? longest : Integer.valueOf(request.limit().tokens());
        int budget = ThinkingBudget.of(request, limit, AnthropicDialect.NAME);
        if (budget == 0) {
            losses.dropped("reasoning_effort");
            return new AnthropicThinking(null, 0, own ? asked.effort() : null, false, false);
        }
        return new AnthropicThinking(
                Mode.ENABLED, budget, own ? asked.effort() : null, false, true);
    }

    private static @Nullable String effort(Reasoning asked) {
        if (asked.effort() != null) {
            return asked.effort().equals("minimal") ? "low" : asked.effort();
        }
        Integer budget = asked.budget();
        if (budget == null) {
            return null;
        }
        return budget <= 4096 ? "low" : budget <= 12_288 ? "medium" : "high";
    }

    void writeTo(ObjectNode json) {
        switch (mode) {
            case ENABLED ->
                    json.putObject("thinking").put("type", "enabled").put("budget_tokens", budget);
            case ADAPTIVE -> {
                ObjectNode thinking = json.putObject("thinking").put("type", "adaptive");
                if (told) {
                    thinking.put("display", "summarized");
                }
            }
            case DISABLED -> json.putObject("thinking").put("type", "disabled");
            case null -> {}
        }
        if (effort != null) {
            json.withObjectProperty("output_config").put("effort", effort);
        }
    }

    /// Writes of the sampling what may be chosen, which is little beside thoughts.
    void writeTo(ObjectNode json, Sampling sampling, Losses losses) {
        BigDecimal temperature = sampling.temperature();
        BigDecimal topP = sampling.topP();
        if (temperature != null) {
            if (fixed && temperature.compareTo(BigDecimal.ONE) != 0) {
                losses.dropped("temperature");
            } else {
                if (temperature.compareTo(BigDecimal.ONE) > 0) {
                    losses.approximated("temperature");
                }
                json.put("temperature", temperature.min(BigDecimal.ONE));
            }
        }
        if (topP != null) {
            if (fixed && topP.compareTo(mode == Mode.ENABLED ? LEAST_TOP_P : BigDecimal.ONE) < 0) {
                losses.dropped("top_p");
            } else {
                json.put("top_p", topP);
            }
        }
        if (sampling.topK() != null) {
            if (fixed) {
                losses.dropped("top_k");
            } else {
                json.put("top_k", sampling.topK());
            }
        }
    }
}
