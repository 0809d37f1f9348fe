package dev.torii.model.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
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

    /// Where the open text was found.
    ///
    /// @param citation in OpenAI's shape, as in [Part.Text]
    record Cited(int choice, int part, ObjectNode citation) implements StreamEvent {}

    /// How likely tokens of the open text were: those of its next piece, or, where none follows, of
    /// its last.
    ///
    /// @param tokens in OpenAI's shape, as in [LlmAnswer.Choice]
    record Weighed(int choice, int part, List<ObjectNode> tokens) implements StreamEvent {

        public Weighed {
            tokens = List.copyOf(tokens);
        }
    }

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

        /// A picture, which is all there at once: no piece of it follows.
        record Image(MediaSource source) implements Opening {}

        record ToolCall(String id, String name, boolean custom) implements Opening {}
    }
}
