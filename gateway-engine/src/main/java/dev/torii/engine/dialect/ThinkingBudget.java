package dev.torii.engine.dialect;

import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Reasoning;
import dev.torii.model.llm.Role;
import org.jspecify.annotations.Nullable;

/// Tokens for a Claude to think with, whoever runs it. Source: Anthropic's documentation, "Extended
/// thinking".
public final class ThinkingBudget {

    private static final int LEAST = 1024;

    private ThinkingBudget() {}

    /// What a request asks for, less than its answer may be long.
    ///
    /// @param longest answer, in tokens; null where it has no limit
    /// @param dialect whose seals the model takes up
    /// @return 0 where the model cannot think
    public static int of(LlmRequest request, @Nullable Integer longest, String dialect) {
        int asked = asked(request.reasoning());
        int budget = longest == null ? asked : Math.min(asked, longest - 1);
        // Whoever has to use a tool may not think first, says Anthropic.
        return budget < LEAST || OfferedTools.forced(request) || lacksThoughts(request, dialect)
                ? 0
                : budget;
    }

    private static int asked(Reasoning asked) {
        if (asked.budget() != null) {
            return asked.budget();
        }
        return switch (asked.effort()) {
            case "minimal" -> LEAST;
            case "low" -> 2048;
            case "high" -> 16_384;
            case "xhigh" -> 24_576;
            case "max" -> 32_768;
            case null, default -> 8192;
        };
    }

    /// Whether the turn that goes on began without a signed thought, which a Claude would miss. It
    /// goes on behind results of tools, whatever the user says with them.
    private static boolean lacksThoughts(LlmRequest request, String dialect) {
        boolean goesOn = true;
        for (Message message : request.messages().reversed()) {
            if (message.role() == Role.ASSISTANT) {
                return goesOn
                        && message.parts().stream().noneMatch(part -> isSigned(part, dialect));
            }
            goesOn = message.role() == Role.TOOL;
        }
        return false;
    }

    private static boolean isSigned(Part part, String dialect) {
        return part instanceof Part.Thinking(var _, var _, var seal)
                && seal != null
                && seal.dialect().equals(dialect);
    }
}
