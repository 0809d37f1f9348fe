package dev.torii.engine.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;

/// A provider's dialect in which one can ask how many tokens a request would be.
public interface CountingProvider {

    /// Writes the question; as [ProviderDialect#writeRequest].
    ObjectNode writeCount(LlmRequest request, Losses losses) throws UnsayableException;

    /// Input tokens.
    ///
    /// @throws UnreadableAnswerException when the answer is no count
    long readCount(byte[] body) throws UnreadableAnswerException;
}
