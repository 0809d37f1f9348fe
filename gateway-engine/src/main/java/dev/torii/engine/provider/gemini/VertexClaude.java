package dev.torii.engine.provider.gemini;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Decided;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.dialect.anthropic.AnthropicDialect;
import dev.torii.engine.dialect.anthropic.AnthropicHost;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import java.util.List;

/// Anthropic's Messages as Vertex AI takes them: the model stands in the path, the version in the
/// body. Source: Anthropic's documentation, "Claude on Vertex AI".
final class VertexClaude implements ProviderDialect {

    private static final AnthropicHost HOST = AnthropicHost.VERTEX;

    private final ProviderDialect messages = new AnthropicDialect(HOST);

    @Override
    public String name() {
        return messages.name();
    }

    @Override
    public ObjectNode writeRequest(LlmRequest request, Losses losses) throws UnsayableException {
        return HOST.body(messages.writeRequest(request, losses), List.of());
    }

    @Override
    public int longestToolName() {
        return messages.longestToolName();
    }

    /// Only a question of how long a request is names its model; it has no limit.
    @Override
    public void decide(LlmBody request, Decided decided) {
        messages.decide(request, decided);
        ObjectNode body = request.json();
        if (body != null && body.has("max_tokens")) {
            request.decide("model", MissingNode.getInstance());
            request.decide("anthropic_version", Decided.json(HOST.version()));
        }
    }

    @Override
    public List<String> headerBetas(List<String> asked) {
        return HOST.known(asked);
    }

    @Override
    public LlmAnswer readAnswer(byte[] body) throws UnreadableAnswerException {
        return messages.readAnswer(body);
    }

    @Override
    public EventReader reader() {
        return messages.reader();
    }

    @Override
    public LlmError readError(int status, byte[] body) {
        return messages.readError(status, body);
    }
}
