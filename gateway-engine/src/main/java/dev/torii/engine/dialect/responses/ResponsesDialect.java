package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;

/// OpenAI's Responses, as clients and as providers speak it. Source: OpenAI's API reference,
/// "Responses".
public final class ResponsesDialect implements ClientDialect, ProviderDialect {

    public static final String NAME = "openai-responses";

    /// Whose the files are that both dialects of OpenAI name by id.
    static final String FILES = "openai";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public LlmRequest readRequest(ObjectNode body) throws UnsayableException {
        return ResponsesRequestReader.read(body);
    }

    @Override
    public byte[] writeAnswer(LlmAnswer answer, LlmRequest request) {
        return Json.bytes(new ResponsesAnswerWriter(answer, request).json());
    }

    @Override
    public EventWriter writer(LlmRequest request) {
        return new ResponsesEventWriter(request);
    }

    @Override
    public byte[] writeError(LlmError error) {
        return Json.bytes(ResponsesErrors.json(error));
    }

    /// What answers `POST /v1/responses/input_tokens`.
    public byte[] writeInputTokens(long tokens) {
        return Json.bytes(
                Json.object().put("object", "response.input_tokens").put("input_tokens", tokens));
    }

    @Override
    public ObjectNode writeRequest(LlmRequest request, Losses losses) throws UnsayableException {
        return new ResponsesRequestWriter(request, losses).json();
    }

    @Override
    public LlmAnswer readAnswer(byte[] body) throws UnreadableAnswerException {
        return ResponsesAnswerReader.read(body);
    }

    @Override
    public EventReader reader() {
        return new ResponsesEventReader();
    }

    @Override
    public LlmError readError(int status, byte[] body) {
        return ResponsesErrors.read(status, body);
    }
}
