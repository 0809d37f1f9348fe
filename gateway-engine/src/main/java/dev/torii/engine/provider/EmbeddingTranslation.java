package dev.torii.engine.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.AnswerHeaders;
import dev.torii.engine.dialect.EmbeddingClient;
import dev.torii.engine.dialect.EmbeddingDialect;
import dev.torii.engine.dialect.OpenAiErrors;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.model.json.Json;
import dev.torii.model.llm.EmbeddingAnswer;
import dev.torii.model.llm.EmbeddingRequest;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.TokenUsage;
import java.util.ArrayList;
import java.util.List;

/// Embeddings of a client that asks as OpenAI's do, from a provider that has words of its own for
/// them, in as many calls as it needs.
final class EmbeddingTranslation implements Codec {

    private final EmbeddingClient client;
    private final EmbeddingDialect provider;

    EmbeddingTranslation(EmbeddingClient client, EmbeddingDialect provider) {
        this.client = client;
        this.provider = provider;
    }

    @Override
    public List<byte[]> encodeRequests(LlmCall call) throws UnsayableException {
        ObjectNode body = call.request().json();
        if (body == null) {
            throw new UnsayableException("the body is not a JSON object");
        }
        EmbeddingRequest asked = client.readRequest(body);
        EmbeddingRequest request = asked.with(call.target().model(), asked.inputs());
        call.embedding(request);
        return provider.writeRequests(request, call.losses()).stream().map(Json::bytes).toList();
    }

    @Override
    public byte[] decodeAnswers(LlmCall call, List<Answer> answers)
            throws UnreadableAnswerException {
        List<EmbeddingAnswer> read = new ArrayList<>();
        for (Answer answer : answers) {
            read.add(provider.readAnswer(answer.body(), answer.headers()::first));
        }
        EmbeddingAnswer joined = EmbeddingAnswer.joined(read);
        EmbeddingRequest request = call.embedding();
        if (joined.vectors().size() != request.inputs().size()) {
            throw new UnreadableAnswerException(
                    "%d vectors came for %d inputs"
                            .formatted(joined.vectors().size(), request.inputs().size()));
        }
        if (joined.model() != null) {
            call.responseModel(joined.model());
        }
        if (joined.inputTokens() != null) {
            call.usage(new TokenUsage(joined.inputTokens(), 0, 0, 0, 0, TokenUsage.Source.FINAL));
        }
        byte[] written = client.writeAnswer(joined, request);
        if (call.logPayloads()) {
            call.answerBody(written);
        }
        return written;
    }

    @Override
    public boolean streams(LlmCall call, String contentType) {
        return false;
    }

    @Override
    public AnswerStream stream(LlmCall call, String contentType) {
        throw new IllegalStateException("embeddings are not streamed");
    }

    @Override
    public Refusal decodeRefusal(int status, AnswerHeaders headers, byte[] body) {
        LlmError error = provider.readError(status, headers, body);
        return new Refusal(
                error.kind().status(), Json.bytes(OpenAiErrors.json(error)), error.retryAfter());
    }
}
