package dev.torii.engine.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;

/// What a client speaks: its requests are read, its answers written. One instance serves all
/// exchanges.
public interface ClientDialect {

    /// As in [dev.torii.model.llm.Extra] and [dev.torii.model.llm.Seal].
    String name();

    /// Reads a request.
    ///
    /// @throws UnsayableException when the body is not what the dialect promises; the message names
    ///   the field and what was expected
    LlmRequest readRequest(ObjectNode body) throws UnsayableException;

    /// Writes a whole answer.
    ///
    /// @param request what the answer is for
    byte[] writeAnswer(LlmAnswer answer, LlmRequest request);

    /// Writes the stream that answers this request.
    EventWriter writer(LlmRequest request);

    byte[] writeError(LlmError error);
}
