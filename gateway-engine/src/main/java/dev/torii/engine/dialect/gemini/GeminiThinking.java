package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Reasoning;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `thinkingConfig`: from Gemini 3 on a level, before it a budget, never both. Source: Google's
/// documentation, "Gemini thinking".
final class GeminiThinking {

    private static final String CONFIG = "thinkingConfig";
    private static final String LEVEL = "thinkingLevel";
    private static final String BUDGET = "thinkingBudget";
    private static final String THOUGHTS = "includeThoughts";

    /// As many tokens as the model likes.
    private static final int DYNAMIC = -1;

    private GeminiThinking() {}

    static Reasoning read(JsonNode generation) {
        JsonNode config = GeminiFields.of(generation, CONFIG);
        String level = GeminiFields.text(config, LEVEL);
        JsonNode given = GeminiFields.of(config, BUDGET);
        Integer budget = given.canConvertToInt() && given.isNumber() ? given.intValue() : null;
        Boolean on = budget == null ? null : budget == 0 ? Boolean.FALSE : budget < 0 ? true : null;
        return new Reasoning(
                on,
                level == null ? null : level.toLowerCase(Locale.ROOT),
                budget == null || budget <= 0 ? null : budget,
                GeminiFields.of(config, THOUGHTS).booleanValue() ? "auto" : null);
    }

    static void write(LlmRequest request, GeminiModel model, ObjectNode generation, Losses losses) {
        Reasoning asked = request.reasoning();
        boolean off = Boolean.FALSE.equals(asked.on()) || "none".equals(asked.effort());
        boolean wanted =
                !off
                        && (asked.on() != null
                                || asked.effort() != null
                                || asked.budget() != null
                                || asked.summary() != null);
        if (!off && !wanted) {
            return;
        }
        if (!model.thinks()) {
            losses.droppedIf(wanted, "reasoning_effort");
            return;
        }
        ObjectNode config = generation.putObject(CONFIG);
        if (model.thinksByLevel()) {
            String level = off ? least(model, losses) : level(asked, model, losses);
            if (level != null) {
                config.put(LEVEL, level);
            }
        } else {
            Integer budget = off ? Integer.valueOf(none(model, losses)) : budget(asked, request);
            if (budget != null) {
                config.put(BUDGET, clamped(budget, model));
            }
        }
        if (wanted) {
            config.put(THOUGHTS, true);
        }
    }

    /// These think always.
    private static String least(GeminiModel model, Losses losses) {
        losses.approximated("reasoning_effort");
        return model.isPro() ? "low" : "minimal";
    }

    private static @Nullable String level(Reasoning asked, GeminiModel model, Losses losses) {
        String effort = asked.effort() == null ? effort(asked.budget()) : asked.effort();
        String level =
                switch (effort) {
                    case null -> null;
                    case "minimal" -> model.isPro() ? "low" : "minimal";
                    case "low" -> "low";
                    // The first pro of the third generation knows but two levels.
                    case "medium" -> model.isPro() && model.version() == 30 ? "high" : "medium";
                    default -> "high";
                };
        if (effort != null && !effort.equals(level)) {
            losses.approximated("reasoning_effort");
        }
        return level;
    }

    private static @Nullable String effort(@Nullable Integer budget) {
        if (budget == null) {
            return null;
        }
        return budget <= 1024
                ? "minimal"
                : budget <= 4096 ? "low" : budget <= 12_288 ? "medium" : "high";
    }

    private static int none(GeminiModel model, Losses losses) {
        if (model.isPro()) {
            losses.approximated("reasoning_effort");
            return 128;
        }
        return 0;
    }

    private static @Nullable Integer budget(Reasoning asked, LlmRequest request) {
        if (asked.budget() != null) {
            return asked.budget();
        }
        if (asked.effort() == null) {
            return Boolean.TRUE.equals(asked.on()) ? Integer.valueOf(DYNAMIC) : null;
        }
        int budget =
                switch (asked.effort()) {
                    case "minimal" -> 1024;
                    case "low" -> 2048;
                    case "high" -> 16_384;
                    case "xhigh" -> 24_576;
                    case "max" -> 32_768;
                    default -> 8192;
                };
        // Thoughts count as output.
        return request.limit() == null
                ? budget
                : Integer.valueOf(Math.max(1, Math.min(budget, request.limit().tokens() - 1)));
    }

    private static int clamped(int budget, GeminiModel model) {
        if (budget <= 0) {
            return budget;
        }
        int least = model.isPro() ? 128 : model.isLite() ? 512 : 1;
        return Math.clamp(budget, least, model.isPro() ? 32_768 : 24_576);
    }
}
