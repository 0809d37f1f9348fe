package dev.torii.engine.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.EmbeddingAnswer;
import dev.torii.model.llm.EmbeddingRequest;

/// How a client asks for embeddings.
public interface EmbeddingClient {

    /// As in [dev.torii.model.llm.Extra].
    String name();

    /// Reads a request.
    ///
    /// @throws UnsayableException when the body is not what the dialect promises; the message names
    ///   the field and what was expected
    EmbeddingRequest readRequest(ObjectNode body) throws UnsayableException;

    /// Writes the answer.
    ///
    /// @param request what it is for
    byte[] writeAnswer(EmbeddingAnswer answer, EmbeddingRequest request);
}
