package dev.torii.engine.dialect.cohere;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;

/// Cohere's Chat as of version 2, as a provider speaks it. Source: Cohere's API reference, "Chat"
/// (v2).
public final class CohereDialect implements ProviderDialect {

    public static final String NAME = "cohere";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectNode writeRequest(LlmRequest request, Losses losses) throws UnsayableException {
        return new CohereRequestWriter(request, losses).json();
    }

    @Override
    public LlmAnswer readAnswer(byte[] body) throws UnreadableAnswerException {
        ObjectNode answer = Json.parseObjectOrNull(body);
        ObjectNode message = answer == null ? null : Fields.object(answer, "message");
        if (answer == null || message == null) {
            throw new UnreadableAnswerException("'message' missing from cohere response body");
        }
        return CohereAnswerReader.read(answer, message);
    }

    @Override
    public EventReader reader() {
        return new CohereEventReader();
    }

    @Override
    public LlmError readError(int status, byte[] body) {
        return CohereErrors.read(status, body);
    }
}
