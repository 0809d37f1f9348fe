package dev.torii.engine.provider;

import dev.torii.engine.dialect.AnswerHeaders;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.exchange.LlmCall;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says a call in the provider's words, and the provider's answer in the client's. One instance
/// serves all exchanges.
public interface Codec {

    /// The bodies that go upstream, one after the other; mostly one. Where the dialects agree and
    /// nothing has to change, these are the client's bytes.
    ///
    /// @throws UnsayableException when the request cannot be read, or not be said to the provider
    List<byte[]> encodeRequests(LlmCall call) throws UnsayableException;

    /// Which of the names in the client's header `anthropic-beta` stay there.
    default List<String> betas(List<String> asked) {
        return asked;
    }

    /// The whole answers to them, each of status 200, as the client gets them; the call learns its
    /// usage, model and text.
    ///
    /// @throws UnreadableAnswerException when an answer is not what the provider's API promises
    byte[] decodeAnswers(LlmCall call, List<Answer> answers) throws UnreadableAnswerException;

    /// A provider's answer.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(AnswerHeaders headers, byte[] body) {}

    /// Whether an answer of this type is a stream.
    ///
    /// @param contentType in lower case
    default boolean streams(LlmCall call, String contentType) {
        return contentType.startsWith("text/event-stream");
    }

    /// A streamed answer of status 200.
    ///
    /// @param contentType as for [#streams]
    AnswerStream stream(LlmCall call, String contentType);

    /// A refusal in the client's words; the provider's own where the dialects agree.
    ///
    /// @param status 400 or above
    default Refusal decodeRefusal(int status, AnswerHeaders headers, byte[] body) {
        return new Refusal(status, body, null);
    }

    /// What a client gets in place of an answer.
    ///
    /// @param retryAfter when it is of use to ask again, where the provider says so
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Refusal(int status, byte[] body, @Nullable Duration retryAfter) {}
}
