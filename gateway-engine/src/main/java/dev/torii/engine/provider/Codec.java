package dev.torii.engine.provider;

import dev.torii.engine.exchange.LlmCall;

/// Says a call in the provider's words, and the provider's answer in the client's. One instance
/// serves all exchanges.
public interface Codec {

    /// The body that goes upstream. Where the dialects agree and nothing has to change, these are
    /// the client's bytes.
    byte[] encodeRequest(LlmCall call);

    /// A whole answer of status 200, as the client gets it; the call learns its usage, model and
    /// text.
    ///
    /// @throws UnreadableAnswerException when the answer is not what the provider's API promises
    byte[] decodeAnswer(LlmCall call, byte[] body) throws UnreadableAnswerException;

    /// A streamed answer of status 200.
    AnswerStream stream(LlmCall call);
}
