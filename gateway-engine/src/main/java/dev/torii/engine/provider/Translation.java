package dev.torii.engine.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.AnswerHeaders;
import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.CustomCalls;
import dev.torii.engine.dialect.Decided;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.ToolNames;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.OutputLimit;
import dev.torii.model.llm.Sampling;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Client and provider speak different dialects: each request and each answer goes through the
/// canonical model.
public final class Translation implements OneCallCodec {

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
        return Json.bytes(provider.writeRequest(names(request).fitting(request), call.losses()));
    }

    private ToolNames names(LlmRequest request) {
        return ToolNames.of(request, provider.longestToolName());
    }

    /// The client's request with what the gateway decides.
    private LlmRequest request(LlmCall call) throws UnsayableException {
        ObjectNode body = call.request().json();
        if (body == null) {
            throw new UnsayableException("the body is not a JSON object");
        }
        LlmRequest asked = client.readRequest(body);
        Decided decided = Decided.of(call.target().model(), call.stream(), call.target().options());
        return new LlmRequest(
                decided.model(),
                asked.messages(),
                asked.tools(),
                asked.toolChoice(),
                asked.parallelToolCalls(),
                sampling(asked.sampling(), decided),
                limit(asked.limit(), decided),
                asked.format(),
                asked.verbosity(),
                asked.reasoning(),
                asked.session(),
                asked.choices(),
                decided.stream(),
                asked.streamUsage(),
                asked.extra());
    }

    private static Sampling sampling(Sampling asked, Decided decided) {
        return new Sampling(
                decided.temperature() == null ? asked.temperature() : decided.temperature(),
                decided.topP() == null ? asked.topP() : decided.topP(),
                decided.topK() == null ? asked.topK() : decided.topK(),
                asked.frequencyPenalty(),
                asked.presencePenalty(),
                asked.seed(),
                asked.stop(),
                asked.logprobs(),
                asked.topLogprobs(),
                asked.logitBias());
    }

    private static @Nullable OutputLimit limit(@Nullable OutputLimit asked, Decided decided) {
        return decided.maxTokens() == null
                ? asked
                : new OutputLimit(decided.maxTokens(), "max_tokens");
    }

    @Override
    public byte[] decodeAnswer(LlmCall call, byte[] body) throws UnreadableAnswerException {
        LlmRequest asked = call.asked();
        LlmAnswer named = names(asked).restored(provider.readAnswer(body));
        LlmAnswer answer = dated(CustomCalls.of(named, asked));
        AnswerNotes.of(call, answer);
        if (brokeOff(answer, body)) {
            throw new UnreadableAnswerException(
                    "the provider broke the answer off and gave no reason");
        }
        new AnswerLosses(client, call.losses()).of(answer);
        byte[] written = client.writeAnswer(answer, asked);
        if (call.logPayloads()) {
            call.answerBody(written);
        }
        return written;
    }

    /// Whether there is no answer to tell: the provider told of an error, or had none in words, and
    /// the client's dialect cannot say that of an answer.
    private boolean brokeOff(LlmAnswer answer, byte[] body) {
        if (answer.choices().isEmpty()) {
            return true;
        }
        if (answer.choices().getFirst().finish().kind() != Finish.Kind.ERROR) {
            return false;
        }
        ObjectNode json = Json.parseObjectOrNull(body);
        return !client.endsInErrors() || (json != null && json.hasNonNull("error"));
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

    /// With what the header says of when to ask again, where the body does not: some clients look
    /// there.
    private static LlmError timed(LlmError error, AnswerHeaders headers) {
        String seconds = headers.first("retry-after");
        return error.retryAfter() != null || seconds == null || !seconds.matches("\\d{1,6}")
                ? error
                : new LlmError(
                        error.kind(),
                        error.status(),
                        error.message(),
                        error.code(),
                        error.param(),
                        Duration.ofSeconds(Long.parseLong(seconds)));
    }

    @Override
    public boolean streams(LlmCall call, String contentType) {
        return provider.streams(contentType);
    }

    @Override
    public AnswerStream stream(LlmCall call, String contentType) {
        LlmRequest asked = call.asked();
        EventReader reader = names(asked).restored(provider.reader());
        return UnwrappedStream.of(
                provider, new TranslatedStream(call, CustomCalls.of(reader, asked), client, clock));
    }

    @Override
    public Refusal decodeRefusal(int status, AnswerHeaders headers, byte[] body) {
        LlmError error = timed(provider.readError(status, headers, body), headers);
        return new Refusal(client.status(error), client.writeError(error), error.retryAfter());
    }
}
