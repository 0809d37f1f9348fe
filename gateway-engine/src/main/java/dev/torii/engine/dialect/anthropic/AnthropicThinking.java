package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Reasoning;
import dev.torii.model.llm.Role;
import dev.torii.model.llm.ToolChoice;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a request asks a Claude to think: with a budget, or, from Opus 4.7 on, as it sees fit, with
/// an effort. Both exclude a chosen temperature.
///
/// @param mode null for not at all
/// @param budget in tokens; 0 where there is none
/// @param effort null for the model's usual one
record AnthropicThinking(@Nullable Mode mode, int budget, @Nullable String effort) {

    private static final int LEAST_BUDGET = 1024;

    /// Models that take no budget and no temperature.
    private static final Pattern ADAPTIVE =
            Pattern.compile(".*claude-(?:opus-4-(?:[7-9]|[1-9]\\d)(?!\\d)|[a-z]+-[5-9](?!\\d)).*");

    enum Mode {
        ENABLED,
        ADAPTIVE
    }

    static AnthropicThinking of(LlmRequest request, Losses losses) {
        Reasoning asked = request.reasoning();
        String model = request.model() == null ? "" : request.model();
        boolean wanted =
                !Boolean.FALSE.equals(asked.on())
                        && (Boolean.TRUE.equals(asked.on())
                                || asked.effort() != null
                                || asked.budget() != null);
        if (ADAPTIVE.matcher(model).matches()) {
            return new AnthropicThinking(
                    wanted ? Mode.ADAPTIVE : null, 0, wanted ? effort(asked) : null);
        }
        if (!wanted) {
            return new AnthropicThinking(null, 0, null);
        }
        if (isForced(request.toolChoice()) || lacksThoughts(request)) {
            losses.dropped("reasoning_effort");
            return new AnthropicThinking(null, 0, null);
        }
        int budget = budget(asked);
        if (request.limit() != null) {
            budget = Math.min(budget, request.limit().tokens() - 1);
        }
        if (budget < LEAST_BUDGET) {
            losses.dropped("reasoning_effort");
            return new AnthropicThinking(null, 0, null);
        }
        return new AnthropicThinking(Mode.ENABLED, budget, null);
    }

    /// Whoever has to use a tool may not think first, says Anthropic.
    private static boolean isForced(@Nullable ToolChoice choice) {
        return choice instanceof ToolChoice.Required
                || choice instanceof ToolChoice.Named
                || (choice instanceof ToolChoice.Allowed(var _, var required) && required);
    }

    /// Whether the turn that goes on began without a signed thought, which Anthropic would miss.
    private static boolean lacksThoughts(LlmRequest request) {
        for (Message message : request.messages().reversed()) {
            if (message.role() == Role.ASSISTANT) {
                return message.parts().stream().noneMatch(AnthropicThinking::isSigned);
            }
            if (message.role() != Role.TOOL) {
                return false;
            }
        }
        return false;
    }

    private static boolean isSigned(Part part) {
        return part instanceof Part.Thinking(var _, var _, var seal) && AnthropicSeals.isOwn(seal);
    }

    private static int budget(Reasoning asked) {
        if (asked.budget() != null) {
            return asked.budget();
        }
        return switch (asked.effort()) {
            case "minimal" -> LEAST_BUDGET;
            case "low" -> 2048;
            case "high" -> 16_384;
            case "xhigh" -> 24_576;
            case "max" -> 32_768;
            case null, default -> 8192;
        };
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

    boolean fixesSampling() {
        return mode != null;
    }

    void writeTo(ObjectNode json) {
        switch (mode) {
            case ENABLED ->
                    json.putObject("thinking").put("type", "enabled").put("budget_tokens", budget);
            case ADAPTIVE -> {
                json.putObject("thinking").put("type", "adaptive");
                if (effort != null) {
                    json.withObjectProperty("output_config").put("effort", effort);
                }
            }
            case null -> {}
        }
    }
}
