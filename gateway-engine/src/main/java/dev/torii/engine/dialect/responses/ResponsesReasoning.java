package dev.torii.engine.dialect.responses;

import dev.torii.model.llm.LlmRequest;

/// Where the words of a thought stand.
final class ResponsesReasoning {

    private ResponsesReasoning() {}

    /// Whether a thought is told in `summary` or in `content`. Whoever asks for summaries looks for
    /// thoughts there, and sends them back from there alone.
    static boolean abridged(boolean abridged, LlmRequest request) {
        String asked = request.reasoning().summary();
        return abridged || (asked != null && !asked.equals("none"));
    }
}
