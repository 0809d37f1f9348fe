package dev.torii.engine.dialect.bedrock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Operation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Converse, as clients of Amazon's speak it to models at Bedrock, and InvokeModel, which is in the
/// words of each model's vendor: their bytes pass. The model and whether to stream stand in the
/// path. Source: Amazon Bedrock's API reference, "Converse", "ConverseStream", "InvokeModel" and
/// "InvokeModelWithResponseStream".
@AutoService(ClientDialect.class)
public final class BedrockClientDialect implements ClientDialect {

    private static final Pattern CALL =
            Pattern.compile(
                    "/model/([^/]+)/(?:converse(?:-stream)?|invoke(?:-with-response-stream)?)$");

    @Override
    public String name() {
        return BedrockDialect.NAME;
    }

    @Override
    public @Nullable Operation operation(String path) {
        if (!CALL.matcher(path).find()) {
            return null;
        }
        return path.endsWith("/converse") || path.endsWith("/converse-stream")
                ? Operation.CHAT
                : Operation.PASS;
    }

    /// By whom a request is signed for.
    @Override
    public boolean marked(Function<String, @Nullable String> header) {
        String authorization = header.apply("authorization");
        return authorization != null && authorization.contains("/bedrock/aws4_request");
    }

    @Override
    public boolean recognizes(ObjectNode body) {
        return body.path("inferenceConfig").isObject() && body.path("messages").isArray();
    }

    @Override
    public boolean holdsChat(ObjectNode body) {
        return body.path("messages").isArray() && !body.path("messages").isEmpty();
    }

    @Override
    public @Nullable String model(String path, ObjectNode body) {
        Matcher call = CALL.matcher(path);
        return call.find()
                ? URLDecoder.decode(call.group(1).replace("+", "%2B"), StandardCharsets.UTF_8)
                : null;
    }

    @Override
    public boolean streams(String path, ObjectNode body) {
        return path.endsWith("-stream") && CALL.matcher(path).find();
    }

    @Override
    public LlmRequest readRequest(ObjectNode body) throws UnsayableException {
        return BedrockRequestReader.read(body);
    }

    @Override
    public void surround(ObjectNode body, List<ObjectNode> before, List<ObjectNode> after) {
        int system = 0;
        int front = 0;
        for (ObjectNode message : before) {
            if (isSystem(message)) {
                body.withArrayProperty("system").insert(system++, block(message));
            } else {
                body.withArrayProperty("messages").insert(front++, turn(message));
            }
        }
        for (ObjectNode message : after) {
            if (isSystem(message)) {
                body.withArrayProperty("system").add(block(message));
            } else {
                body.withArrayProperty("messages").add(turn(message));
            }
        }
    }

    private static boolean isSystem(ObjectNode message) {
        return Fields.textOrEmpty(message, "role").equals("system");
    }

    private static ObjectNode block(ObjectNode message) {
        return Json.object().put("text", Fields.textOrEmpty(message, "content"));
    }

    private static ObjectNode turn(ObjectNode message) {
        ObjectNode turn = Json.object().put("role", Fields.textOrEmpty(message, "role"));
        ArrayNode content = turn.putArray("content");
        content.add(block(message));
        return turn;
    }

    @Override
    public boolean onlyPasses() {
        return true;
    }

    @Override
    public byte[] writeAnswer(LlmAnswer answer, LlmRequest request) {
        throw new UnsupportedOperationException("answers of Bedrock's only pass");
    }

    @Override
    public EventWriter writer(LlmRequest request) {
        throw new UnsupportedOperationException("answers of Bedrock's only pass");
    }

    /// Clients find the name of an error here where no header has it.
    @Override
    public byte[] writeError(LlmError error) {
        return Json.bytes(
                Json.object()
                        .put("__type", exception(error.kind()))
                        .put("message", error.message()));
    }

    private static String exception(LlmError.Kind kind) {
        return switch (kind) {
            case INVALID, CONTEXT, TOO_LARGE, POLICY -> "ValidationException";
            case AUTH -> "UnrecognizedClientException";
            case BILLING, PERMISSION -> "AccessDeniedException";
            case NOT_FOUND -> "ResourceNotFoundException";
            case RATE_LIMIT -> "ThrottlingException";
            case QUOTA -> "ServiceQuotaExceededException";
            case TIMEOUT -> "ModelTimeoutException";
            case OVERLOADED -> "ServiceUnavailableException";
            case SERVER -> "InternalServerException";
        };
    }

    /// Nothing: a client sees that a stream of frames lacks its last one.
    @Override
    public byte[] writeFailure(LlmError error, int number) {
        return new byte[0];
    }
}
