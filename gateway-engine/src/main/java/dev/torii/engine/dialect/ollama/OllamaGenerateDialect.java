package dev.torii.engine.dialect.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Decided;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;

/// Ollama's completions of one prompt. Source: Ollama's API reference, "Generate a completion".
public final class OllamaGenerateDialect implements ProviderDialect {

    public static final String NAME = "ollama-generate";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectNode writeRequest(LlmRequest request, Losses losses) throws UnsayableException {
        return OllamaGenerateWriter.json(request, losses);
    }

    @Override
    public void decide(LlmBody request, Decided decided) {
        OllamaSettings.decide(request, decided);
    }

    @Override
    public LlmAnswer readAnswer(byte[] body) throws UnreadableAnswerException {
        ObjectNode answer = Json.parseObjectOrNull(body);
        if (answer == null || !answer.path("response").isTextual()) {
            throw new UnreadableAnswerException("failed to decode ollama response");
        }
        return OllamaAnswerReader.read(answer);
    }

    @Override
    public boolean streams(String contentType) {
        return OllamaSettings.streams(contentType);
    }

    @Override
    public EventReader reader() {
        return new OllamaEventReader();
    }

    @Override
    public LlmError readError(int status, byte[] body) {
        return OllamaErrors.read(status, body);
    }
}
