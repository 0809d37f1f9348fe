package dev.torii.engine.dialect.completions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.engine.dialect.OpenAiErrors;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;

/// The legacy Completions, for clients of models that only chat: the prompt is the user's one
/// message. Source: OpenAI's API reference, "Completions".
public final class CompletionsDialect implements ClientDialect {

    public static final String NAME = "openai-completions";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public LlmRequest readRequest(ObjectNode body) throws UnsayableException {
        return CompletionsRequestReader.read(body);
    }

    @Override
    public byte[] writeAnswer(LlmAnswer answer, LlmRequest request) {
        return Json.bytes(CompletionsAnswerWriter.json(answer, request));
    }

    @Override
    public EventWriter writer(LlmRequest request) {
        return new CompletionsEventWriter(request);
    }

    @Override
    public byte[] writeError(LlmError error) {
        return Json.bytes(OpenAiErrors.json(error));
    }
}
