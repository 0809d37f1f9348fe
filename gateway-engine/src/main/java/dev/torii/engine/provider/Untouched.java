package dev.torii.engine.provider;

import dev.torii.engine.dialect.Decided;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.model.json.Json;
import java.util.List;

/// A question about a request, such as how long it is: the model is the gateway's, the answer is
/// not looked at.
final class Untouched implements OneCallCodec {

    private final ProviderDialect dialect;

    Untouched(ProviderDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public byte[] encodeRequest(LlmCall call) {
        dialect.decide(call.request(), Decided.of(call.target().model(), false, Json.object()));
        return call.request().bytes();
    }

    @Override
    public List<String> betas(List<String> asked) {
        return dialect.headerBetas(asked);
    }

    @Override
    public byte[] decodeAnswer(LlmCall call, byte[] body) {
        return body;
    }

    @Override
    public AnswerStream stream(LlmCall call, String contentType) {
        throw new IllegalStateException("nothing is streamed here");
    }
}
