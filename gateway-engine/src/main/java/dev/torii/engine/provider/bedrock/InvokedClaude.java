package dev.torii.engine.provider.bedrock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.engine.dialect.AmazonErrors;
import dev.torii.engine.dialect.AnswerHeaders;
import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.Decided;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.dialect.Unwrapping;
import dev.torii.engine.dialect.anthropic.AnthropicClientDialect;
import dev.torii.engine.dialect.anthropic.AnthropicDialect;
import dev.torii.engine.dialect.anthropic.AnthropicHost;
import dev.torii.engine.dialect.bedrock.InvokedEvents;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import java.util.List;

/// A Claude that is invoked in Anthropic's own words: the model and whether the answer is streamed
/// are said in the path, the version in the body; refusals are Amazon's. Source: Amazon Bedrock's
/// documentation, "Anthropic Claude Messages API".
final class InvokedClaude implements ProviderDialect {

    private static final AnthropicHost HOST = AnthropicHost.BEDROCK;

    /// Of Anthropic's own streams, which tell where they broke off.
    private static final ClientDialect WORDS = new AnthropicClientDialect();

    private final AnthropicDialect anthropic = new AnthropicDialect(HOST);

    @Override
    public String name() {
        return AnthropicDialect.NAME;
    }

    @Override
    public ObjectNode writeRequest(LlmRequest request, Losses losses) throws UnsayableException {
        return HOST.body(anthropic.writeRequest(request, losses), List.of());
    }

    @Override
    public int longestToolName() {
        return anthropic.longestToolName();
    }

    @Override
    public void decide(LlmBody request, Decided decided) {
        anthropic.decide(request, decided);
        request.decide("model", MissingNode.getInstance());
        request.decide("stream", MissingNode.getInstance());
        request.decide("anthropic_version", TextNode.valueOf(HOST.version()));
        List<String> betas = HOST.known(decided.betas());
        if (!betas.isEmpty()) {
            ArrayNode flags = Json.array();
            betas.forEach(flags::add);
            request.decide("anthropic_beta", flags);
        }
    }

    /// They are said in the body.
    @Override
    public List<String> headerBetas(List<String> asked) {
        return List.of();
    }

    @Override
    public LlmAnswer readAnswer(byte[] body) throws UnreadableAnswerException {
        return anthropic.readAnswer(body);
    }

    @Override
    public boolean streams(String contentType) {
        return contentType.startsWith("application/vnd.amazon.eventstream");
    }

    @Override
    public Unwrapping unwrapping() {
        return new InvokedEvents(error -> WORDS.writeFailure(error, 0));
    }

    @Override
    public EventReader reader() {
        return anthropic.reader();
    }

    @Override
    public LlmError readError(int status, byte[] body) {
        return readError(status, AnswerHeaders.NONE, body);
    }

    @Override
    public LlmError readError(int status, AnswerHeaders headers, byte[] body) {
        return AmazonErrors.read(status, headers, body);
    }
}
