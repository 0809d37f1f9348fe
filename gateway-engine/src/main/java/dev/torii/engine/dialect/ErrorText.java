package dev.torii.engine.dialect;

import dev.torii.model.llm.LlmError.Kind;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What there is to say of a refusal whose body says nothing that is understood.
public final class ErrorText {

    private static final int LONGEST = 4096;

    private ErrorText() {}

    /// The provider's sentence, cut to a length that a client can show.
    public static String of(int status, @Nullable String message) {
        if (message == null || message.isBlank()) {
            return "the provider answered " + status + " and gave no reason";
        }
        return message.length() <= LONGEST ? message : message.substring(0, LONGEST);
    }

    /// A plain text; a page for people is not passed on.
    public static String of(int status, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        return of(status, text.startsWith("<") || text.startsWith("{") ? null : text);
    }

    /// What the status alone says.
    public static Kind kind(int status) {
        return switch (status) {
            case 401 -> Kind.AUTH;
            case 402 -> Kind.BILLING;
            case 403 -> Kind.PERMISSION;
            case 404 -> Kind.NOT_FOUND;
            case 408, 504 -> Kind.TIMEOUT;
            case 413 -> Kind.TOO_LARGE;
            case 429 -> Kind.RATE_LIMIT;
            case 503, 529 -> Kind.OVERLOADED;
            default -> status >= 500 ? Kind.SERVER : Kind.INVALID;
        };
    }
}
