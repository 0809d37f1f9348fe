package dev.torii.engine.provider;

import dev.torii.engine.dialect.AnswerHeaders;
import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.Decided;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import java.util.List;

/// Client and provider speak the same dialect: bytes pass but for what the gateway decides, and are
/// read along.
final class PassThrough implements OneCallCodec {

    private final ClientDialect client;
    private final ProviderDialect provider;

    PassThrough(ClientDialect client, ProviderDialect provider) {
        this.client = client;
        this.provider = provider;
    }

    @Override
    public byte[] encodeRequest(LlmCall call) {
        provider.decide(
                call.request(),
                Decided.of(call.target().model(), call.stream(), call.target().options())
                        .asking(call.client().betas()));
        return call.request().bytes();
    }

    @Override
    public List<String> betas(List<String> asked) {
        return provider.headerBetas(asked);
    }

    @Override
    public byte[] decodeAnswer(LlmCall call, byte[] body) throws UnreadableAnswerException {
        LlmAnswer answer = provider.readAnswer(body);
        AnswerNotes.of(call, answer);
        if (call.logPayloads()) {
            call.answerBody(body);
        }
        return body;
    }

    @Override
    public boolean streams(LlmCall call, String contentType) {
        return provider.streams(contentType)
                || (call.stream() && contentType.startsWith(client.streamType()));
    }

    @Override
    public AnswerStream stream(LlmCall call, String contentType) {
        boolean events =
                contentType.startsWith("text/event-stream") || provider.unwrapping() != null;
        return UnwrappedStream.of(
                provider, new TappedStream(call, provider.reader(), client, events));
    }

    @Override
    public Refusal decodeRefusal(int status, AnswerHeaders headers, byte[] body) {
        LlmError error = provider.readError(status, headers, body);
        return provider.unwrapping() == null
                ? new Refusal(status, body, error.retryAfter())
                : new Refusal(client.status(error), client.writeError(error), error.retryAfter());
    }
}
