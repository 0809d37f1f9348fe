package dev.torii.engine.provider;

import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.exchange.LlmCall;
import java.util.List;

/// One call upstream for one of the client's, as nearly all are.
interface OneCallCodec extends Codec {

    /// As [#encodeRequests].
    byte[] encodeRequest(LlmCall call) throws UnsayableException;

    /// As [#decodeAnswers].
    byte[] decodeAnswer(LlmCall call, byte[] body) throws UnreadableAnswerException;

    @Override
    default List<byte[]> encodeRequests(LlmCall call) throws UnsayableException {
        return List.of(encodeRequest(call));
    }

    @Override
    default byte[] decodeAnswers(LlmCall call, List<Answer> answers)
            throws UnreadableAnswerException {
        return decodeAnswer(call, answers.getFirst().body());
    }
}
