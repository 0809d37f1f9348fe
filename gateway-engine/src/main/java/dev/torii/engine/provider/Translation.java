package dev.torii.engine.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.OutputLimit;
import dev.torii.model.llm.Sampling;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Client and provider speak different dialects: each request and each answer goes through the
/// canonical model.
public final class Translation implements Codec {

    private final ClientDialect client;
    private final ProviderDialect provider;
    private final InstantSource clock;

    public Translation(ClientDialect client, ProviderDialect provider, InstantSource clock) {
        this.client = client;
        this.provider = provider;
        this.clock = clock;
    }

    @Override
    public byte[] encodeRequest(LlmCall call) throws UnsayableException {
        LlmRequest request = request(call);
        call.asked(request);
        return Json.bytes(provider.writeRequest(request, call.losses()));
    }

    /// The client's request with what the gateway decides.
    private LlmRequest request(LlmCall call) throws UnsayableException {
        ObjectNode body = call.request().json();
        if (body == null) {
            throw new UnsayableException("the body is not a JSON object");
        }
        LlmRequest asked = client.readRequest(body);
        JsonNode options = call.target().options();
        return new LlmRequest(
                call.target().model(),
                asked.messages(),
                asked.tools(),
                asked.toolChoice(),
                asked.parallelToolCalls(),
                sampling(asked.sampling(), options),
                limit(asked.limit(), options),
                asked.format(),
                asked.reasoning(),
                asked.session(),
                asked.choices(),
                call.stream(),
                asked.streamUsage(),
                asked.extra());
    }

    private static Sampling sampling(Sampling asked, JsonNode options) {
        JsonNode temperature = options.path("temperature");
        JsonNode topP = options.path("top_p");
        JsonNode topK = options.path("top_k");
        return new Sampling(
                temperature.isNumber() ? temperature.decimalValue() : asked.temperature(),
                topP.isNumber() ? topP.decimalValue() : asked.topP(),
                topK.isNumber() ? Integer.valueOf(topK.intValue()) : asked.topK(),
                asked.frequencyPenalty(),
                asked.presencePenalty(),
                asked.seed(),
                asked.stop(),
                asked.logprobs(),
                asked.topLogprobs(),
                asked.logitBias());
    }

    private static @Nullable OutputLimit limit(@Nullable OutputLimit asked, JsonNode options) {
        JsonNode tokens = options.path("max_tokens");
        return tokens.isNumber() ? new OutputLimit(tokens.intValue(), "max_tokens") : asked;
    }

    @Override
    public byte[] decodeAnswer(LlmCall call, byte[] body) throws UnreadableAnswerException {
        LlmAnswer answer = dated(provider.readAnswer(body));
        if (answer.model() != null) {
            call.responseModel(answer.model());
        }
        if (answer.usage() != null) {
            call.usage(answer.usage());
        }
        call.answer(() -> AnswerText.of(answer));
        byte[] written = client.writeAnswer(answer, call.asked());
        if (call.logPayloads()) {
            call.answerBody(written);
        }
        return written;
    }

    private LlmAnswer dated(LlmAnswer answer) {
        return answer.created() > 0
                ? answer
                : new LlmAnswer(
                        answer.id(),
                        clock.instant().getEpochSecond(),
                        answer.model(),
                        answer.choices(),
                        answer.usage());
    }

    @Override
    public AnswerStream stream(LlmCall call) {
        return new TranslatedStream(call, provider.reader(), client.writer(call.asked()), clock);
    }

    @Override
    public Refusal decodeRefusal(int status, byte[] body) {
        LlmError error = provider.readError(status, body);
        return new Refusal(error.kind().status(), client.writeError(error));
    }
}
