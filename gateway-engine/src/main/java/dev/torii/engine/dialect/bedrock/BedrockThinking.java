package dev.torii.engine.dialect.bedrock;

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

/// How a request asks a model to think: each vendor has its own words, which Converse passes on as
/// `additionalModelRequestFields`. Source: Amazon Bedrock's documentation, "Enhance model responses
/// with model reasoning"; Amazon Nova's, "Extended thinking".
final class BedrockThinking {

    private static final int LEAST_BUDGET = 1024;

    /// Claudes that take no budget and no temperature.
    private static final Pattern ADAPTIVE =
            Pattern.compile(".*claude-(?:opus-4-(?:[7-9]|[1-9]\\d)(?!\\d)|[a-z]+-[5-9](?!\\d)).*");

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
        boolean wanted =
                !Boolean.FALSE.equals(asked.on())
                        && (Boolean.TRUE.equals(asked.on())
                                || asked.effort() != null
                                || asked.budget() != null);
        if (!wanted) {
            return;
        }
        String model = request.model() == null ? "" : request.model();
        switch (ModelFamily.of(model)) {
            case CLAUDE -> {
                if (ADAPTIVE.matcher(model).matches()) {
                    adaptive(fields, asked);
                } else {
                    claude(fields, asked);
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

    private void adaptive(ObjectNode fields, Reasoning asked) {
        fixesSampling = true;
        fields.putObject("thinking").put("type", "adaptive");
        if (asked.effort() != null || asked.budget() != null) {
            String effort =
                    "xhigh".equals(asked.effort()) || "max".equals(asked.effort())
                            ? asked.effort()
                            : threeSteps(asked);
            fields.putObject("output_config").put("effort", effort);
        }
    }

    private void claude(ObjectNode fields, Reasoning asked) {
        int tokens = asked.budget() == null ? budget(asked.effort()) : asked.budget();
        if (request.limit() != null) {
            tokens = Math.min(tokens, request.limit().tokens() - 1);
        }
        if (tokens < LEAST_BUDGET || isForced(request.toolChoice()) || lacksThoughts()) {
            losses.dropped("reasoning_effort");
            return;
        }
        fixesSampling = true;
        fields.putObject("reasoning_config").put("type", "enabled").put("budget_tokens", tokens);
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

    private static int budget(@Nullable String effort) {
        return switch (effort) {
            case "minimal" -> LEAST_BUDGET;
            case "low" -> 2048;
            case "high" -> 16_384;
            case "xhigh" -> 24_576;
            case "max" -> 32_768;
            case null, default -> 8192;
        };
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

    /// A Claude that has to use a tool may not think first.
    private static boolean isForced(@Nullable ToolChoice choice) {
        return choice instanceof ToolChoice.Required
                || choice instanceof ToolChoice.Named
                || (choice instanceof ToolChoice.Allowed(var _, var required) && required);
    }

    /// Whether the turn that goes on began without a signed thought, which Claude would miss.
    private boolean lacksThoughts() {
        for (Message message : request.messages().reversed()) {
            if (message.role() == Role.ASSISTANT) {
                return message.parts().stream().noneMatch(BedrockThinking::isSigned);
            }
            if (message.role() != Role.TOOL) {
                return false;
            }
        }
        return false;
    }

    private static boolean isSigned(Part part) {
        return part instanceof Part.Thinking(var _, var _, var seal) && BedrockSeals.isOwn(seal);
    }
}
