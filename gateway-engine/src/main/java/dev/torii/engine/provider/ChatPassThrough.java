package dev.torii.engine.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.AnswerHeaders;
import dev.torii.engine.dialect.Decided;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.chat.ChatProfile;
import dev.torii.engine.dialect.chat.ChatProviderDialect;
import dev.torii.engine.dialect.chat.ChatUsage;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.Operation;
import dev.torii.model.llm.RouteType;
import dev.torii.model.llm.TokenUsage;
import java.nio.charset.StandardCharsets;

/// The client and the provider speak the same dialect, so bytes pass as they are but for the few
/// fields that the gateway decides: model, options, and that a stream ends with its usage.
final class ChatPassThrough implements OneCallCodec {

    private final ChatProviderDialect dialect;

    ChatPassThrough(ChatProviderDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public byte[] encodeRequest(LlmCall call) {
        LlmBody request = call.request();
        ObjectNode body = request.json();
        if (body == null || call.client().operation() == Operation.PASS) {
            return request.bytes();
        }
        Decided decided = Decided.of(call.target().model(), call.stream(), call.target().options());
        if (call.client().operation() == Operation.EMBEDDINGS) {
            request.decide("model", Decided.json(decided.model()));
            return request.bytes();
        }
        dialect.decide(request, decided);
        if (decided.stream() && dialect.profile().has(ChatProfile.Feature.STREAM_USAGE)) {
            call.usageUnasked(!asksForUsage(body));
            if (call.usageUnasked()) {
                ObjectNode options =
                        body.get("stream_options") instanceof ObjectNode present
                                ? present.deepCopy()
                                : Json.object();
                request.decide("stream_options", options.put("include_usage", true));
            }
        }
        return request.bytes();
    }

    /// Whether the client itself asked for the usage chunk.
    private static boolean asksForUsage(ObjectNode body) {
        return body.path("stream_options").path("include_usage").asBoolean(false);
    }

    @Override
    public byte[] decodeAnswer(LlmCall call, byte[] body) throws UnreadableAnswerException {
        ObjectNode answer = Json.parseObjectOrNull(body);
        RouteType routeType = call.target().routeType();
        String promised = call.client().operation() == Operation.EMBEDDINGS ? "data" : "choices";
        if (answer == null || !answer.path(promised).isArray()) {
            if (call.client().operation() == Operation.PASS) {
                return body;
            }
            throw new UnreadableAnswerException(
                    "'" + promised + "' not in " + routeType.wireName() + " response");
        }
        String model = answer.path("model").textValue();
        if (model != null) {
            call.responseModel(model);
        }
        if (answer.get("usage") instanceof ObjectNode usage) {
            call.usage(ChatUsage.read(usage, TokenUsage.Source.FINAL));
        }
        call.answer(() -> text(answer));
        if (call.logPayloads()) {
            call.answerBody(body);
        }
        return body;
    }

    private static String text(ObjectNode answer) {
        StringBuilder text = new StringBuilder();
        for (JsonNode choice : answer.path("choices")) {
            ChatText.append(text, choice.has("message") ? choice.path("message") : choice);
        }
        return text.toString();
    }

    @Override
    public AnswerStream stream(LlmCall call, String contentType) {
        return new ChatTap(call);
    }

    @Override
    public Refusal decodeRefusal(int status, AnswerHeaders headers, byte[] body) {
        return new Refusal(status, body, dialect.readError(status, headers, body).retryAfter());
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
