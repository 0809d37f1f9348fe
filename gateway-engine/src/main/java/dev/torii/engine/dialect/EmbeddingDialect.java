package dev.torii.engine.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.EmbeddingAnswer;
import dev.torii.model.llm.EmbeddingRequest;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Losses;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a provider is asked for embeddings. One instance serves all exchanges.
public interface EmbeddingDialect {

    /// As in [dev.torii.model.llm.Extra].
    String name();

    /// Writes the request, in as many calls as the provider needs for so many inputs. Asked in any
    /// order, their answers are [joined][EmbeddingAnswer#joined] in this one.
    ///
    /// @param losses told of all that the dialect has no words for
    /// @throws UnsayableException when without those words it would be another request
    List<ObjectNode> writeRequests(EmbeddingRequest request, Losses losses)
            throws UnsayableException;

    /// Reads the answer of status 200 to one of the calls.
    ///
    /// @param headers the value of the answer's header of a name in small letters; null for none
    /// @throws UnreadableAnswerException when it is not what the provider's API promises
    EmbeddingAnswer readAnswer(byte[] body, Function<String, @Nullable String> headers)
            throws UnreadableAnswerException;

    /// A refusal; whatever the body is, there is something to say.
    LlmError readError(int status, byte[] body);

    /// The same, where the answer's headers say something too.
    default LlmError readError(int status, AnswerHeaders headers, byte[] body) {
        return readError(status, body);
    }
}
