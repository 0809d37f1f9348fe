package dev.torii.engine.dialect.completions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.engine.dialect.OpenAiErrors;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The legacy Completions, for clients of models that only chat: the prompt is the user's one
/// message. Source: OpenAI's API reference, "Completions".
@AutoService(ClientDialect.class)
public final class CompletionsDialect implements ClientDialect {

    public static final String NAME = "openai-completions";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String vendor() {
        return "openai";
    }

    @Override
    public @Nullable Operation operation(String path) {
        return path.endsWith("/completions") && !path.endsWith("/chat/completions")
                ? Operation.COMPLETIONS
                : null;
    }

    @Override
    public Operation usual() {
        return Operation.COMPLETIONS;
    }

    @Override
    public boolean recognizes(ObjectNode body) {
        return body.has("prompt");
    }

    /// A prompt is no conversation.
    @Override
    public boolean holdsChat(ObjectNode body) {
        return false;
    }

    @Override
    public void surround(ObjectNode body, List<ObjectNode> before, List<ObjectNode> after) {
        throw new IllegalStateException("the body has no messages");
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

    @Override
    public byte[] writeFailure(LlmError error, int number) {
        return ("data: " + Json.text(OpenAiErrors.json(error)) + "\n\n").getBytes(UTF_8);
    }
}
