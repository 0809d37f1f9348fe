package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.engine.dialect.ModelCard;
import dev.torii.engine.dialect.ModelsPath;
import dev.torii.engine.dialect.OpenAiErrors;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Operation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// OpenAI's Chat Completions, as a client speaks it. Source: OpenAI's API reference, "Chat".
@AutoService(ClientDialect.class)
public final class ChatDialect implements ClientDialect {

    public static final String NAME = "openai";

    private static final Pattern OTHERS =
            Pattern.compile(
                    "/(?:images|audio|files|batches|uploads|moderations|assistants|threads"
                            + "|vector_stores)(?:/.*)?$");

    @Override
    public String name() {
        return NAME;
    }

    /// Besides chats, what other calls OpenAI's API has.
    @Override
    public @Nullable Operation operation(String path) {
        if (path.endsWith("/chat/completions")) {
            return Operation.CHAT;
        }
        if (path.endsWith("/embeddings")) {
            return Operation.EMBEDDINGS;
        }
        if (ModelsPath.matches(path)) {
            return Operation.MODELS;
        }
        return OTHERS.matcher(path).find() ? Operation.PASS : null;
    }

    @Override
    public boolean recognizes(ObjectNode body) {
        return body.path("messages").isArray();
    }

    @Override
    public boolean holdsChat(ObjectNode body) {
        return body.path("messages").isArray() && !body.path("messages").isEmpty();
    }

    @Override
    public LlmRequest readRequest(ObjectNode body) throws UnsayableException {
        return ChatRequestReader.read(body);
    }

    @Override
    public void surround(ObjectNode body, List<ObjectNode> before, List<ObjectNode> after) {
        ArrayNode messages = body.withArrayProperty("messages");
        for (int i = 0; i < before.size(); i++) {
            messages.insert(i, before.get(i).deepCopy());
        }
        after.forEach(message -> messages.add(message.deepCopy()));
    }

    @Override
    public boolean cites() {
        return true;
    }

    @Override
    public boolean weighs() {
        return true;
    }

    @Override
    public boolean shows() {
        return true;
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
        return Json.bytes(OpenAiErrors.json(error));
    }

    @Override
    public byte[] writeFailure(LlmError error, int number) {
        String event = "data: " + Json.text(OpenAiErrors.json(error)) + "\n\n";
        return event.getBytes(StandardCharsets.UTF_8);
    }

    /// Source: OpenAI's API reference, "List models".
    @Override
    public byte[] writeModels(List<ModelCard> models) {
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode data = list.putArray("data");
        models.forEach(model -> data.add(json(model)));
        return Json.bytes(list);
    }

    /// Source: OpenAI's API reference, "Retrieve model".
    @Override
    public byte[] writeModel(ModelCard model) {
        return Json.bytes(json(model));
    }

    private static ObjectNode json(ModelCard model) {
        return Json.object()
                .put("id", model.id())
                .put("object", "model")
                .put("created", model.created().getEpochSecond())
                .put("owned_by", model.provider());
    }
}
