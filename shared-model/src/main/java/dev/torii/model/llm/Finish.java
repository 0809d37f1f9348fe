package dev.torii.model.llm;

import org.jspecify.annotations.Nullable;

/// Why an answer ended.
///
/// @param stopSequence the one that ended it, where the provider says
public record Finish(Kind kind, @Nullable String stopSequence) {

    public enum Kind {
        STOP,
        STOP_SEQUENCE,
        /// The request's own limit was reached.
        LENGTH,
        /// The model can take no more.
        CONTEXT_FULL,
        TOOL_CALLS,
        CONTENT_FILTER,
        REFUSAL,
        /// The provider wants to be asked to go on.
        PAUSE,
        ERROR,
        /// The provider gave no reason, or one that is not known.
        UNKNOWN
    }

    public static Finish of(Kind kind) {
        return new Finish(kind, null);
    }

    /// The same, seen that tools were called: some providers say that an answer just stopped.
    public Finish withToolCalls() {
        return switch (kind) {
            case STOP, UNKNOWN -> of(Kind.TOOL_CALLS);
            default -> this;
        };
    }
}
