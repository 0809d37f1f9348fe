package dev.torii.engine.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.provider.AnswerStream;
import dev.torii.engine.provider.Codec;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.RouteType;
import dev.torii.model.llm.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The client and the provider speak the same dialect, so bytes pass as they are but for the few
/// fields that the gateway decides: model, options, and that a stream ends with its usage.
final class OpenAiCodec implements Codec {

    /// Models that refuse `max_tokens` and want `max_completion_tokens`.
    private static final Pattern REASONING_MODEL = Pattern.compile("(?:o\\d|gpt-5).*");

    @Override
    public byte[] encodeRequest(LlmCall call) {
        LlmBody request = call.request();
        ObjectNode body = request.json();
        if (body == null || call.target().routeType() == RouteType.PRESERVE) {
            return request.bytes();
        }
        String model = call.target().model();
        if (model != null) {
            set(request, body, "model", TextNode.valueOf(model));
        }
        JsonNode options = call.target().options();
        setMaxTokens(request, body, options, model);
        if (options.path("temperature").isNumber()) {
            set(request, body, "temperature", options.get("temperature"));
        }
        if (options.path("top_p").isNumber()) {
            set(request, body, "top_p", options.get("top_p"));
        }
        if (body.has("top_k")) {
            // OpenAI knows no top_k and refuses the request over it.
            request.edit().remove("top_k");
        }
        if (call.stream()) {
            set(request, body, "stream", BooleanNode.TRUE);
            call.usageUnasked(!asksForUsage(call));
            if (call.usageUnasked()) {
                ObjectNode edited = request.edit();
                ObjectNode streamOptions =
                        edited.get("stream_options") instanceof ObjectNode present
                                ? present
                                : edited.putObject("stream_options");
                streamOptions.put("include_usage", true);
            }
        }
        return request.bytes();
    }

    private static void setMaxTokens(
            LlmBody request, ObjectNode body, JsonNode options, @Nullable String model) {
        if (!options.path("max_tokens").isNumber()) {
            return;
        }
        boolean reasoning = model != null && REASONING_MODEL.matcher(model).matches();
        String field =
                reasoning || body.has("max_completion_tokens")
                        ? "max_completion_tokens"
                        : "max_tokens";
        set(request, body, field, IntNode.valueOf(options.get("max_tokens").intValue()));
        if (!field.equals("max_tokens") && body.has("max_tokens")) {
            request.edit().remove("max_tokens");
        }
    }

    private static void set(LlmBody request, ObjectNode body, String field, JsonNode value) {
        if (!value.equals(body.get(field))) {
            request.edit().set(field, value);
        }
    }

    /// Whether the client itself asked for the usage chunk; asked before the body is edited.
    private static boolean asksForUsage(LlmCall call) {
        ObjectNode body = call.request().json();
        return body != null && body.path("stream_options").path("include_usage").asBoolean(false);
    }

    @Override
    public byte[] decodeAnswer(LlmCall call, byte[] body) throws UnreadableAnswerException {
        ObjectNode answer = Json.parseObjectOrNull(body);
        RouteType routeType = call.target().routeType();
        if (answer == null || !answer.path("choices").isArray()) {
            if (routeType == RouteType.PRESERVE) {
                return body;
            }
            throw new UnreadableAnswerException(
                    "'choices' not in " + routeType.wireName() + " response");
        }
        String model = answer.path("model").textValue();
        if (model != null) {
            call.responseModel(model);
        }
        if (answer.get("usage") instanceof ObjectNode usage) {
            call.usage(OpenAiUsage.read(usage, TokenUsage.Source.FINAL));
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
            OpenAiText.append(text, choice.has("message") ? choice.path("message") : choice);
        }
        return text.toString();
    }

    @Override
    public AnswerStream stream(LlmCall call) {
        return new OpenAiStream(call);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
