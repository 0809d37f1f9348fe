package dev.torii.model.llm;

import org.jspecify.annotations.Nullable;

/// How much the model is to think. All null is the model's own way.
///
/// @param on null for not said
/// @param effort one of `minimal`, `low`, `medium`, `high`, `xhigh`, `max`
/// @param budget in tokens
/// @param summary how the thoughts are told, such as `auto`
public record Reasoning(
        @Nullable Boolean on,
        @Nullable String effort,
        @Nullable Integer budget,
        @Nullable String summary) {

    public static final Reasoning UNSAID = new Reasoning(null, null, null, null);
}
