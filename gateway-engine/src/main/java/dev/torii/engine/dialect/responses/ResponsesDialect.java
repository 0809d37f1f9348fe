package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.Decided;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Operation;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// OpenAI's Responses, as clients and as providers speak it. Source: OpenAI's API reference,
/// "Responses".
@AutoService(ClientDialect.class)
public final class ResponsesDialect implements ClientDialect, ProviderDialect {

    public static final String NAME = "openai-responses";

    /// Whose the files are that both dialects of OpenAI name by id.
    static final String FILES = "openai";

    /// Calls about what OpenAI keeps.
    private static final Pattern KEPT =
            Pattern.compile("/(?:responses|conversations)(?:/[^/]+(?:/[a-z_]+(?:/[^/]+)?)?)?$");

    /// Fields that name what OpenAI keeps, in place of words.
    private static final Set<String> KEPT_WORDS =
            Set.of("prompt", "previous_response_id", "conversation");

    private static final Set<String> OWN_FIELDS =
            Set.of(
                    "instructions",
                    "include",
                    "store",
                    "previous_response_id",
                    "reasoning",
                    "text",
                    "tools",
                    "max_output_tokens");

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
        if (path.endsWith("/responses")) {
            return Operation.CHAT;
        }
        if (path.endsWith("/responses/input_tokens")) {
            return Operation.COUNT_TOKENS;
        }
        return KEPT.matcher(path).find() ? Operation.PASS : null;
    }

    /// Embeddings have an `input`, too, but of texts and numbers alone.
    @Override
    public boolean recognizes(ObjectNode body) {
        JsonNode input = body.path("input");
        return input.path(0).isObject()
                || (input.isTextual() && OWN_FIELDS.stream().anyMatch(body::has));
    }

    @Override
    public boolean holdsChat(ObjectNode body) {
        JsonNode input = body.path("input");
        boolean said = input.isTextual() ? !input.textValue().isEmpty() : !input.isEmpty();
        return said || KEPT_WORDS.stream().anyMatch(body::hasNonNull);
    }

    @Override
    public void surround(ObjectNode body, List<ObjectNode> before, List<ObjectNode> after) {
        ArrayNode items = Json.array();
        before.forEach(message -> items.add(message.deepCopy()));
        JsonNode input = body.path("input");
        if (input.isTextual()) {
            items.addObject().put("role", "user").put("content", input.textValue());
        } else {
            input.forEach(items::add);
        }
        after.forEach(message -> items.add(message.deepCopy()));
        body.set("input", items);
    }

    @Override
    public LlmRequest readRequest(ObjectNode body) throws UnsayableException {
        return ResponsesRequestReader.read(body);
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

    @Override
    public byte[] writeFailure(LlmError error, int number) {
        var out = new ByteArrayOutputStream();
        var events = new ResponsesEvents(number);
        events.to(out);
        events.write(ResponsesErrors.event(error));
        ObjectNode response =
                Json.object().put("object", "response").put("status", "failed").putNull("usage");
        response.set("error", ResponsesErrors.ofResponse(error));
        events.response("response.failed", response);
        return out.toByteArray();
    }

    @Override
    public byte[] writeCount(long tokens) {
        return Json.bytes(
                Json.object().put("object", "response.input_tokens").put("input_tokens", tokens));
    }

    @Override
    public ObjectNode writeRequest(LlmRequest request, Losses losses) throws UnsayableException {
        return new ResponsesRequestWriter(request, losses).json();
    }

    @Override
    public void decide(LlmBody request, Decided decided) {
        request.decide("model", Decided.json(decided.model()));
        request.decide("max_output_tokens", Decided.json(decided.maxTokens()));
        request.decide("temperature", Decided.json(decided.temperature()));
        request.decide("top_p", Decided.json(decided.topP()));
        if (decided.stream()) {
            request.decide("stream", BooleanNode.TRUE);
        }
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
