package dev.torii.engine.provider;

import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.Decided;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.model.llm.LlmAnswer;

/// Client and provider speak the same dialect: bytes pass but for what the gateway decides, and are
/// read along.
final class PassThrough implements Codec {

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
                Decided.of(call.target().model(), call.stream(), call.target().options()));
        return call.request().bytes();
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
    public boolean streams(String contentType) {
        return provider.streams(contentType);
    }

    @Override
    public AnswerStream stream(LlmCall call, String contentType) {
        boolean events = contentType.startsWith("text/event-stream");
        return new TappedStream(call, provider.reader(), client, events);
    }
}
