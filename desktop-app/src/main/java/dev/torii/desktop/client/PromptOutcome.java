package dev.torii.desktop.client;

import org.jspecify.annotations.Nullable;

/// How an answer ended.
public sealed interface PromptOutcome {

    /// All of it came.
    ///
    /// @param promptTokens null when the provider sent no count; likewise the next
    record Finished(@Nullable Long promptTokens, @Nullable Long completionTokens)
            implements PromptOutcome {}

    /// The gateway or the provider said no.
    ///
    /// @param message what the answer's error says; may be empty
    record Refused(int status, String message) implements PromptOutcome {}

    /// The connection was not made, or broke.
    ///
    /// @param begun whether part of the answer had come
    record Broken(boolean begun) implements PromptOutcome {}
}
