package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Decided;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.OutputLimits;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;

/// Anthropic's Messages, as a provider speaks it. Source: Anthropic's API reference, "Messages".
public final class AnthropicDialect implements ProviderDialect {

    public static final String NAME = "anthropic";

    private static final int LONGEST_TOOL_NAME = 128;

    private final OutputLimits limits;
    private final AnthropicHost host;

    public AnthropicDialect() {
        this(AnthropicHost.ANTHROPIC);
    }

    /// What a Claude at this host is told.
    public AnthropicDialect(AnthropicHost host) {
        this(AnthropicLimits.get(), host);
    }

    /// What a model of these limits is told at this host.
    ///
    /// @param limits of the models that requests go to
    public AnthropicDialect(OutputLimits limits, AnthropicHost host) {
        this.limits = limits;
        this.host = host;
    }

    @Override
    public String name() {
        return NAME;
    }

    /// For another host than Anthropic, [AnthropicHost#body] is still to be made of it.
    @Override
    public ObjectNode writeRequest(LlmRequest request, Losses losses) throws UnsayableException {
        return new AnthropicRequestWriter(request, limits, host, losses).json();
    }

    @Override
    public int longestToolName() {
        return LONGEST_TOOL_NAME;
    }

    @Override
    public void decide(LlmBody request, Decided decided) {
        request.decide("model", Decided.json(decided.model()));
        request.decide("max_tokens", Decided.json(decided.maxTokens()));
        request.decide("temperature", Decided.json(decided.temperature()));
        request.decide("top_p", Decided.json(decided.topP()));
        request.decide("top_k", Decided.json(decided.topK()));
        if (decided.stream()) {
            request.decide("stream", BooleanNode.TRUE);
        }
        ObjectNode body = request.json();
        if (body != null && AnthropicHistory.hasForeignThoughts(body)) {
            AnthropicHistory.dropForeignThoughts(request.edit());
        }
    }

    @Override
    public LlmAnswer readAnswer(byte[] body) throws UnreadableAnswerException {
        ObjectNode answer = Json.parseObjectOrNull(body);
        if (answer == null || !answer.path("content").isArray()) {
            throw new UnreadableAnswerException(
                    "'content' not in anthropic://llm/v1/chat response");
        }
        return AnthropicAnswerReader.read(answer);
    }

    @Override
    public EventReader reader() {
        return new AnthropicEventReader();
    }

    @Override
    public LlmError readError(int status, byte[] body) {
        return AnthropicErrors.read(status, body);
    }
}
