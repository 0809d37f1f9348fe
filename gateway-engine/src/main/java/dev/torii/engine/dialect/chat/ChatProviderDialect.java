package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Decided;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.ThinkTags;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;

/// Chat Completions as a provider speaks it: OpenAI itself, or one of the many that copy it.
public final class ChatProviderDialect implements ProviderDialect {

    private final ChatProfile profile;

    public ChatProviderDialect(ChatProfile profile) {
        this.profile = profile;
    }

    @Override
    public String name() {
        return ChatDialect.NAME;
    }

    @Override
    public int longestToolName() {
        return 64;
    }

    @Override
    public ObjectNode writeRequest(LlmRequest request, Losses losses) throws UnsayableException {
        return new ChatRequestWriter(request, profile, losses).json();
    }

    public ChatProfile profile() {
        return profile;
    }

    @Override
    public void decide(LlmBody request, Decided decided) {
        request.decide("model", Decided.json(decided.model()));
        limit(request, decided);
        request.decide("temperature", Decided.json(decided.temperature()));
        request.decide("top_p", Decided.json(decided.topP()));
        if (profile.has(ChatProfile.Feature.TOP_K)) {
            request.decide("top_k", Decided.json(decided.topK()));
        } else {
            // Who does not know it refuses the request over it.
            request.decide("top_k", MissingNode.getInstance());
        }
        if (decided.stream()) {
            request.decide("stream", BooleanNode.TRUE);
        }
    }

    /// Under the name that the client has for it; where it has none, under the server's.
    private void limit(LlmBody request, Decided decided) {
        ObjectNode body = request.json();
        if (decided.maxTokens() == null || body == null) {
            return;
        }
        String field =
                body.has(ChatProfile.MAX_COMPLETION_TOKENS)
                        ? ChatProfile.MAX_COMPLETION_TOKENS
                        : profile.limitField(decided.model());
        request.decide(field, Decided.json(decided.maxTokens()));
        if (!field.equals(ChatProfile.MAX_TOKENS)) {
            request.decide(ChatProfile.MAX_TOKENS, MissingNode.getInstance());
        }
    }

    @Override
    public LlmAnswer readAnswer(byte[] body) throws UnreadableAnswerException {
        ObjectNode answer = Json.parseObjectOrNull(body);
        if (answer == null || answer.path("choices").isEmpty()) {
            throw new UnreadableAnswerException("'choices' not in llm/v1/chat response");
        }
        LlmAnswer read = ChatAnswerReader.read(answer);
        return profile.has(ChatProfile.Feature.THINK_TAGS) ? ThinkTags.split(read) : read;
    }

    @Override
    public EventReader reader() {
        EventReader reader = new ChatEventReader();
        return profile.has(ChatProfile.Feature.THINK_TAGS) ? new ThinkTags(reader) : reader;
    }

    @Override
    public LlmError readError(int status, byte[] body) {
        return ChatErrorReader.read(status, body);
    }
}
