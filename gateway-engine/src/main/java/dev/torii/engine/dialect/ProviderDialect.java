package dev.torii.engine.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a provider speaks: requests are written, its answers read. One instance serves all
/// exchanges.
public interface ProviderDialect {

    /// As in [dev.torii.model.llm.Extra] and [dev.torii.model.llm.Seal]. A client of a dialect of
    /// this name is understood without a translation.
    String name();

    /// The same request gives the same bytes, since providers cache by them.
    ///
    /// @param losses told of all that the dialect has no words for
    /// @throws UnsayableException when without those words it would be another request
    ObjectNode writeRequest(LlmRequest request, Losses losses) throws UnsayableException;

    /// The longest name of a tool that is taken, of letters, digits, `_` and `-`; 0 where any is.
    /// [ToolNames] makes others fit before a request is written.
    default int longestToolName() {
        return 0;
    }

    /// Puts what the gateway decides into a request of this very dialect, whose bytes pass but for
    /// that. What is said already stays untouched. Only where clients speak the dialect, too.
    default void decide(LlmBody request, Decided decided) {
        throw new UnsupportedOperationException("no client speaks " + name());
    }

    /// Which of the names that a client of this very dialect has in its header `anthropic-beta`
    /// stay there.
    default List<String> headerBetas(List<String> asked) {
        return asked;
    }

    /// A whole answer of status 200.
    ///
    /// @throws UnreadableAnswerException when it is not what the provider's API promises
    LlmAnswer readAnswer(byte[] body) throws UnreadableAnswerException;

    /// Whether an answer of this type is a stream that [#reader] reads.
    ///
    /// @param contentType in lower case
    default boolean streams(String contentType) {
        return contentType.startsWith("text/event-stream");
    }

    /// What takes the events of a streamed answer out of another protocol's frames; null where they
    /// come as they are. Refusals are then in that protocol's words as well.
    default @Nullable Unwrapping unwrapping() {
        return null;
    }

    /// Reads a streamed answer of status 200, unwrapped.
    EventReader reader();

    /// A refusal; whatever the body is, there is something to say.
    LlmError readError(int status, byte[] body);

    /// The same, where the answer's headers say something too.
    default LlmError readError(int status, AnswerHeaders headers, byte[] body) {
        return readError(status, body);
    }
}
