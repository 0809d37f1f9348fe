package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
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
    public ObjectNode writeRequest(LlmRequest request, Losses losses) throws UnsayableException {
        return new ChatRequestWriter(request, profile, losses).json();
    }

    @Override
    public LlmAnswer readAnswer(byte[] body) throws UnreadableAnswerException {
        ObjectNode answer = Json.parseObjectOrNull(body);
        if (answer == null || answer.path("choices").isEmpty()) {
            throw new UnreadableAnswerException("'choices' not in llm/v1/chat response");
        }
        return ChatAnswerReader.read(answer);
    }

    @Override
    public EventReader reader() {
        return new ChatEventReader();
    }

    @Override
    public LlmError readError(int status, byte[] body) {
        return ChatErrorReader.read(status, body);
    }
}
