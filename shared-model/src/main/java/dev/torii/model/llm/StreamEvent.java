package dev.torii.model.llm;

import org.jspecify.annotations.Nullable;

/// A step of a streamed answer. A stream is one [Start], then parts, then one [Finished] for each
/// choice or one [Failed], with [Counted] anywhere between, and [Ended] last. A part begins before
/// its pieces come and ends before its choice does; in a choice one part is open at a time.
public sealed interface StreamEvent {

    /// The answer begins.
    ///
    /// @param created seconds since 1970; 0 where the provider does not say
    record Start(@Nullable String id, @Nullable String model, long created)
            implements StreamEvent {}

    /// A part begins.
    ///
    /// @param part counts the parts of the choice from 0
    record PartStart(int choice, int part, Opening opening) implements StreamEvent {}

    /// A part goes on.
    ///
    /// @param text a piece of what the part is made of: text, thought, or a call's arguments
    record PartDelta(int choice, int part, String text) implements StreamEvent {}

    /// A part ends.
    ///
    /// @param seal what came with a thought or a call
    record PartEnd(int choice, int part, @Nullable Seal seal) implements StreamEvent {}

    /// What is known of the usage by now, in place of what was before.
    record Counted(TokenUsage usage) implements StreamEvent {}

    record Finished(int choice, Finish finish) implements StreamEvent {}

    record Failed(LlmError error) implements StreamEvent {}

    /// The provider is still there.
    record Tick() implements StreamEvent {}

    record Ended() implements StreamEvent {}

    /// What kind of part begins.
    sealed interface Opening {

        record Text() implements Opening {}

        record Thinking(boolean summary) implements Opening {}

        record Refusal() implements Opening {}

        record ToolCall(String id, String name, boolean custom) implements Opening {}
    }
}
