package dev.torii.engine.exchange;

import dev.torii.model.llm.EmbeddingRequest;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.TokenUsage;
import java.math.BigDecimal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The LLM side of an exchange: made by `ai-proxy`, filled while the answer passes.
public final class LlmCall {

    private final LlmTarget target;
    private final ClientCall client;
    private final boolean stream;
    private final boolean modelNameHeader;
    private final boolean logStatistics;
    private final boolean logPayloads;

    private @Nullable LlmBody request;
    private @Nullable String responseModel;
    private @Nullable TokenUsage usage;
    private @Nullable BigDecimal costUsd;
    private Supplier<String> answer = () -> "";
    private byte @Nullable [] answerBody;
    private byte @Nullable [] upstreamBody;
    private boolean usageUnasked;
    private final Losses losses = new Losses();
    private @Nullable LlmRequest asked;
    private @Nullable EmbeddingRequest embedding;

    public LlmCall(
            LlmTarget target,
            ClientCall client,
            LlmBody request,
            boolean stream,
            boolean modelNameHeader,
            boolean logStatistics,
            boolean logPayloads) {
        this.target = target;
        this.client = client;
        this.request = request;
        this.stream = stream;
        this.modelNameHeader = modelNameHeader;
        this.logStatistics = logStatistics;
        this.logPayloads = logPayloads;
    }

    public LlmTarget target() {
        return target;
    }

    /// What the client asked for, in which dialect.
    public ClientCall client() {
        return client;
    }

    /// The request in the client's dialect, after all plugins.
    ///
    /// @throws IllegalStateException after [#forgetTexts]
    public LlmBody request() {
        LlmBody present = request;
        if (present == null) {
            throw new IllegalStateException("the request has been let go of");
        }
        return present;
    }

    /// Whether the answer is streamed to the client.
    public boolean stream() {
        return stream;
    }

    /// Whether the client is told the model in a response header.
    public boolean modelNameHeader() {
        return modelNameHeader;
    }

    public boolean logStatistics() {
        return logStatistics;
    }

    public boolean logPayloads() {
        return logPayloads;
    }

    /// The model that answered, as it named itself; null until known.
    public @Nullable String responseModel() {
        return responseModel;
    }

    public void responseModel(String model) {
        responseModel = model;
    }

    /// What the answer took; null until known.
    public @Nullable TokenUsage usage() {
        return usage;
    }

    public void usage(TokenUsage usage) {
        this.usage = usage;
    }

    /// What it cost; null until priced, and where no price is known.
    public @Nullable BigDecimal costUsd() {
        return costUsd;
    }

    public void costUsd(BigDecimal usd) {
        costUsd = usd;
    }

    /// The text generated so far, to count tokens where the provider does not and for payload logs.
    /// It is put together when asked for, behind the request.
    public String answer() {
        return answer.get();
    }

    public void answer(Supplier<String> answer) {
        this.answer = answer;
    }

    /// The body of an answer that was not streamed, in the client's dialect, when payloads are
    /// logged; null otherwise.
    public byte @Nullable [] answerBody() {
        return answerBody;
    }

    public void answerBody(byte[] body) {
        answerBody = body;
    }

    /// The body as sent upstream; null until sent.
    public byte @Nullable [] upstreamBody() {
        return upstreamBody;
    }

    public void upstreamBody(byte[] body) {
        upstreamBody = body;
    }

    /// Lets go of request and answer once nobody needs them, so that what waits for the recorder is
    /// small. For `onLog` the upstream's body and the answer stay where payloads are logged.
    ///
    /// @param counted whether tokens are known, so that the texts are not needed to count them
    public void forgetTexts(boolean counted) {
        asked = null;
        embedding = null;
        if (counted) {
            request = null;
        }
        if (!logPayloads) {
            upstreamBody = null;
        }
        if (counted && !logPayloads) {
            answer = () -> "";
        }
    }

    /// Whether the gateway asked for the stream's usage on its own account, so that the client must
    /// not see it.
    public boolean usageUnasked() {
        return usageUnasked;
    }

    public void usageUnasked(boolean unasked) {
        usageUnasked = unasked;
    }

    /// Whether the request was said in another dialect than the client's.
    public boolean translated() {
        return asked != null || embedding != null;
    }

    /// The request as it was said to a provider of another dialect.
    ///
    /// @throws IllegalStateException where nothing was translated
    public LlmRequest asked() {
        LlmRequest present = asked;
        if (present == null) {
            throw new IllegalStateException("the request was not translated");
        }
        return present;
    }

    public void asked(LlmRequest request) {
        asked = request;
    }

    /// The request for embeddings as it was said to a provider of another dialect.
    ///
    /// @throws IllegalStateException where nothing was translated
    public EmbeddingRequest embedding() {
        EmbeddingRequest present = embedding;
        if (present == null) {
            throw new IllegalStateException("no embeddings were asked for in another dialect");
        }
        return present;
    }

    public void embedding(EmbeddingRequest request) {
        embedding = request;
    }

    /// What the translation between client and provider could not keep.
    public Losses losses() {
        return losses;
    }
}
