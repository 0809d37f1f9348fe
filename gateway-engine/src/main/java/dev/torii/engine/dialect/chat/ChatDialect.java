package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;

/// OpenAI's Chat Completions, as a client speaks it. Source: OpenAI's API reference, "Chat".
public final class ChatDialect implements ClientDialect {

    public static final String NAME = "openai";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public LlmRequest readRequest(ObjectNode body) throws UnsayableException {
        return ChatRequestReader.read(body);
    }

    @Override
    public byte[] writeAnswer(LlmAnswer answer, LlmRequest request) {
        return Json.bytes(ChatAnswerWriter.json(answer, request));
    }

    @Override
    public EventWriter writer(LlmRequest request) {
        return new ChatEventWriter(request);
    }

    @Override
    public byte[] writeError(LlmError error) {
        return Json.bytes(ChatErrors.json(error));
    }
}
