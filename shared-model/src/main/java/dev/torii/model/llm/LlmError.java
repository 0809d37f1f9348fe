package dev.torii.model.llm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A provider's refusal.
///
/// @param status the provider's
/// @param message the provider's sentence, at most 4,096 characters, never HTML
/// @param code the provider's code, where it has one
/// @param param the field that it is about
/// @param retryAfter when it is of use to ask again, where the body says so
public record LlmError(
        Kind kind,
        int status,
        String message,
        @Nullable String code,
        @Nullable String param,
        @Nullable Duration retryAfter) {

    public LlmError(
            Kind kind, int status, String message, @Nullable String code, @Nullable String param) {
        this(kind, status, message, code, param, null);
    }

    /// A stream that broke off or came to an end before the answer did.
    public static LlmError interrupted(String message) {
        return new LlmError(Kind.SERVER, 200, message, "stream_interrupted", null);
    }

    /// An error of the gateway's own, of the kind that its status says.
    public static LlmError of(int status, String message) {
        Kind kind =
                switch (status) {
                    case 401 -> Kind.AUTH;
                    case 403 -> Kind.PERMISSION;
                    case 404 -> Kind.NOT_FOUND;
                    case 413 -> Kind.TOO_LARGE;
                    case 429 -> Kind.RATE_LIMIT;
                    case 503 -> Kind.OVERLOADED;
                    case 504 -> Kind.TIMEOUT;
                    default -> status >= 500 ? Kind.SERVER : Kind.INVALID;
                };
        return new LlmError(kind, status, message, null, null);
    }

    /// What went wrong, and the status that a client gets for it.
    public enum Kind {
        INVALID(400),
        /// The conversation is longer than the model takes.
        CONTEXT(400),
        AUTH(401),
        BILLING(402),
        PERMISSION(403),
        NOT_FOUND(404),
        TOO_LARGE(413),
        RATE_LIMIT(429),
        /// Nothing is left of what was paid for; to ask again is of no use.
        QUOTA(429),
        /// The provider's rules forbid the text.
        POLICY(400),
        TIMEOUT(504),
        SERVER(500),
        OVERLOADED(503);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }
}
