package dev.torii.model.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A whole answer, whatever the words it came in.
///
/// @param id the provider's
/// @param created seconds since 1970; 0 where the provider does not say
/// @param model the one that answered, as it named itself
/// @param usage null where the provider counts nothing
public record LlmAnswer(
        @Nullable String id,
        long created,
        @Nullable String model,
        List<Choice> choices,
        @Nullable TokenUsage usage) {

    public LlmAnswer {
        choices = List.copyOf(choices);
    }

    /// One of the answers that were asked for.
    ///
    /// @param logprobs how likely each token of its text was, in the shape that OpenAI's dialects
    ///   share; empty where that is not said
    public record Choice(int index, List<Part> parts, Finish finish, List<ObjectNode> logprobs) {

        public Choice {
            parts = List.copyOf(parts);
            logprobs = List.copyOf(logprobs);
        }

        public Choice(int index, List<Part> parts, Finish finish) {
            this(index, parts, finish, List.of());
        }

        /// The same, made of other parts.
        public Choice with(List<Part> others) {
            return new Choice(index, others, finish, logprobs);
        }
    }
}
