package dev.torii.engine.dialect.ollama;

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
import java.util.function.Predicate;

/// Ollama's own API, as a provider speaks it: JSON, streamed line by line.
public final class OllamaDialect implements ProviderDialect {

    public static final String CHAT_NAME = "ollama";
    public static final String GENERATE_NAME = "ollama-generate";

    /// Chats. Source: Ollama's API reference, "Generate a chat completion".
    public static final OllamaDialect CHAT =
            new OllamaDialect(
                    CHAT_NAME, OllamaChatWriter::json, answer -> answer.path("message").isObject());

    /// Completions of one prompt. Source: Ollama's API reference, "Generate a completion".
    public static final OllamaDialect GENERATE =
            new OllamaDialect(
                    GENERATE_NAME,
                    OllamaGenerateWriter::json,
                    answer -> answer.path("response").isTextual());

    @FunctionalInterface
    private interface Writer {

        ObjectNode json(LlmRequest request, Losses losses) throws UnsayableException;
    }

    private final String name;
    private final Writer writer;
    private final Predicate<ObjectNode> isAnswer;

    private OllamaDialect(String name, Writer writer, Predicate<ObjectNode> isAnswer) {
        this.name = name;
        this.writer = writer;
        this.isAnswer = isAnswer;
    }

    /// Where calls of the dialect of this name go below `/api`.
    public static String path(String name) {
        return name.equals(GENERATE_NAME) ? "/generate" : "/chat";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ObjectNode writeRequest(LlmRequest request, Losses losses) throws UnsayableException {
        return writer.json(request, losses);
    }

    @Override
    public LlmAnswer readAnswer(byte[] body) throws UnreadableAnswerException {
        ObjectNode answer = Json.parseObjectOrNull(body);
        if (answer == null || !isAnswer.test(answer)) {
            throw new UnreadableAnswerException("failed to decode ollama response");
        }
        return OllamaAnswerReader.read(answer);
    }

    @Override
    public boolean streams(String contentType) {
        return contentType.startsWith("application/x-ndjson");
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
