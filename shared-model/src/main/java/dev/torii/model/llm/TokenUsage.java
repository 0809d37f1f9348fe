package dev.torii.model.llm;

/// Tokens of one answer. Input counts are disjoint, as providers bill them; `reasoning` is a part
/// of `output`.
///
/// @param inputFresh input tokens that no cache held
/// @param cacheRead input tokens read from the provider's prompt cache
/// @param cacheWrite input tokens written to that cache
/// @param output all tokens generated, reasoning included
/// @param reasoning of which reasoning
/// @param source who counted
public record TokenUsage(
        long inputFresh,
        long cacheRead,
        long cacheWrite,
        long output,
        long reasoning,
        Source source) {

    public enum Source {
        /// The provider's own final count.
        FINAL,
        /// The provider's count up to where a stream broke.
        PARTIAL,
        /// Counted here with a tokenizer, since the provider said nothing.
        ESTIMATED
    }

    /// All input tokens: `prompt_tokens` in OpenAI's words.
    public long promptTokens() {
        return inputFresh + cacheRead + cacheWrite;
    }

    /// All output tokens: `completion_tokens` in OpenAI's words.
    public long completionTokens() {
        return output;
    }

    public long totalTokens() {
        return promptTokens() + output;
    }

    public boolean estimated() {
        return source == Source.ESTIMATED;
    }
}
