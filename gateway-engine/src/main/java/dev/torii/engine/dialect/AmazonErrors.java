package dev.torii.engine.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmError.Kind;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads Bedrock's refusals, whatever it is asked for: the body has a sentence, and what kind it is
/// stands in a header. Source: Amazon Bedrock's API reference, "Common Errors", and the errors of
/// "Converse" and "InvokeModel".
public final class AmazonErrors {

    private static final Pattern TOO_LONG =
            Pattern.compile(
                    "input tokens? exceed|(input|prompt) is too long|too many (input )?tokens"
                            + "|maximum context length|exceed context limit",
                    Pattern.CASE_INSENSITIVE);

    private AmazonErrors() {}

    public static LlmError read(int status, AnswerHeaders headers, byte[] body) {
        ObjectNode json = Json.parseObjectOrNull(body);
        String type = headers.first("x-amzn-errortype");
        if (json == null) {
            return error(status, type, ErrorText.of(status, body));
        }
        String named = type == null ? Fields.text(json, "__type") : type;
        return error(status, named, ErrorText.of(status, message(json)));
    }

    /// What a stream says of itself when it cannot go on.
    ///
    /// @param type of the exception, such as `throttlingException`
    public static LlmError inStream(@Nullable String type, byte[] payload) {
        ObjectNode json = Json.parseObjectOrNull(payload);
        String message = json == null ? null : message(json);
        return error(
                200,
                type,
                message == null || message.isBlank()
                        ? "the provider broke off the answer and gave no reason"
                        : ErrorText.of(200, message));
    }

    private static @Nullable String message(ObjectNode json) {
        String message = Fields.text(json, "message");
        return message == null ? Fields.text(json, "Message") : message;
    }

    private static LlmError error(int status, @Nullable String type, String message) {
        String code = type == null ? null : bare(type);
        return new LlmError(kind(code, status, message), status, message, code, null);
    }

    /// The name of an exception without the address behind it and the package before it.
    private static String bare(String type) {
        int colon = type.indexOf(':');
        String name = colon < 0 ? type : type.substring(0, colon);
        return name.substring(name.indexOf('#') + 1);
    }

    private static Kind kind(@Nullable String code, int status, String message) {
        return switch (code == null ? "" : code.toLowerCase(Locale.ROOT)) {
            case "validationexception" ->
                    TOO_LONG.matcher(message).find() ? Kind.CONTEXT : Kind.INVALID;
            case "unrecognizedclientexception",
                    "invalidsignatureexception",
                    "incompletesignatureexception",
                    "missingauthenticationtokenexception",
                    "expiredtokenexception",
                    "invalidclienttokenid" ->
                    Kind.AUTH;
            case "accessdeniedexception", "notauthorized", "optinrequired" -> Kind.PERMISSION;
            case "resourcenotfoundexception" -> Kind.NOT_FOUND;
            case "throttlingexception", "toomanyrequestsexception" -> Kind.RATE_LIMIT;
            case "servicequotaexceededexception" -> Kind.QUOTA;
            case "modeltimeoutexception" -> Kind.TIMEOUT;
            case "modelnotreadyexception", "serviceunavailableexception", "serviceunavailable" ->
                    Kind.OVERLOADED;
            case "internalserverexception",
                    "internalfailure",
                    "modelerrorexception",
                    "modelstreamerrorexception" ->
                    Kind.SERVER;
            default -> ErrorText.kind(status);
        };
    }
}
