package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.engine.dialect.ModelCard;
import dev.torii.engine.dialect.ModelsPath;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Operation;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Anthropic's Messages, as a client speaks it. Source: Anthropic's API reference.
@AutoService(ClientDialect.class)
public final class AnthropicClientDialect implements ClientDialect {

    /// Calls about what Anthropic keeps.
    private static final Pattern KEPT = Pattern.compile("/(?:messages/batches|files)(?:/.*)?$");

    @Override
    public String name() {
        return AnthropicDialect.NAME;
    }

    @Override
    public @Nullable Operation operation(String path) {
        if (path.endsWith("/messages")) {
            return Operation.CHAT;
        }
        if (path.endsWith("/messages/count_tokens")) {
            return Operation.COUNT_TOKENS;
        }
        if (KEPT.matcher(path).find()) {
            return Operation.PASS;
        }
        return ModelsPath.matches(path) ? Operation.MODELS : null;
    }

    @Override
    public boolean marked(Function<String, @Nullable String> header) {
        return header.apply("anthropic-version") != null || header.apply("anthropic-beta") != null;
    }

    @Override
    public List<String> betas(Function<String, @Nullable String> header) {
        String names = header.apply("anthropic-beta");
        return names == null
                ? List.of()
                : Stream.of(names.split(",", -1))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList();
    }

    /// Others have messages, too, but neither their system beside them, nor such tools and blocks.
    @Override
    public boolean recognizes(ObjectNode body) {
        if (!body.path("messages").isArray()) {
            return false;
        }
        return (body.has("max_tokens") && body.has("system"))
                || body.path("tools").path(0).has("input_schema")
                || hasBlocks(body.path("messages"));
    }

    private static boolean hasBlocks(JsonNode messages) {
        for (JsonNode message : messages) {
            for (JsonNode block : message.path("content")) {
                switch (block.path("type").asText()) {
                    case "tool_use", "tool_result" -> {
                        return true;
                    }
                    default -> {}
                }
            }
        }
        return false;
    }

    @Override
    public boolean holdsChat(ObjectNode body) {
        return body.path("messages").isArray() && !body.path("messages").isEmpty();
    }

    @Override
    public LlmRequest readRequest(ObjectNode body) throws UnsayableException {
        return new AnthropicRequestReader(body).read();
    }

    @Override
    public void surround(ObjectNode body, List<ObjectNode> before, List<ObjectNode> after) {
        AnthropicPrompts.surround(body, before, after);
    }

    @Override
    public boolean endsInErrors() {
        return false;
    }

    @Override
    public byte[] writeAnswer(LlmAnswer answer, LlmRequest request) {
        return Json.bytes(AnthropicAnswerWriter.json(answer, request));
    }

    @Override
    public EventWriter writer(LlmRequest request) {
        return new AnthropicEventWriter(request);
    }

    @Override
    public byte[] writeError(LlmError error) {
        return Json.bytes(AnthropicErrors.json(error));
    }

    @Override
    public int status(LlmError error) {
        return AnthropicErrors.status(error.kind());
    }

    @Override
    public byte[] writeFailure(LlmError error, int number) {
        var event = new ByteArrayOutputStream();
        AnthropicSse.write(AnthropicErrors.json(error), event);
        return event.toByteArray();
    }

    @Override
    public byte[] writeCount(long tokens) {
        return Json.bytes(Json.object().put("input_tokens", tokens));
    }

    @Override
    public byte[] writeModels(List<ModelCard> models) {
        return Json.bytes(AnthropicModels.list(models));
    }

    /// Source: Anthropic's API reference, "Get a Model".
    @Override
    public byte[] writeModel(ModelCard model) {
        return Json.bytes(AnthropicModels.json(model));
    }
}
