package dev.torii.engine.dialect;

import dev.torii.model.llm.LlmError.Kind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What there is to say of a refusal whose body says nothing that is understood.
public final class ErrorText {

    private static final int LONGEST = 4096;

    private static final Pattern AGAIN_IN =
            Pattern.compile(
                    "(?:try again|retry) (?:in|after) "
                            + "(?:(?<h>\\d{1,6})h)?(?:(?<m>\\d{1,6})m(?!s))?"
                            + "(?:(?<s>\\d{1,6}(?:\\.\\d{1,9})?) ?s)?(?:(?<ms>\\d{1,6}(?:\\.\\d{1,6})?)ms)?",
                    Pattern.CASE_INSENSITIVE);

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

    /// When a sentence such as "Please try again in 1m2.5s" says that one may ask again; null where
    /// it says nothing of it.
    public static @Nullable Duration retryAfter(String message) {
        Matcher said = AGAIN_IN.matcher(message);
        if (!said.find()) {
            return null;
        }
        BigDecimal seconds =
                number(said.group("h"))
                        .multiply(BigDecimal.valueOf(3600))
                        .add(number(said.group("m")).multiply(BigDecimal.valueOf(60)))
                        .add(number(said.group("s")))
                        .add(number(said.group("ms")).movePointLeft(3));
        return seconds.signum() == 0
                ? null
                : Duration.ofNanos(seconds.movePointRight(9).longValue());
    }

    private static BigDecimal number(@Nullable String digits) {
        return digits == null ? BigDecimal.ZERO : new BigDecimal(digits);
    }

    /// What the status alone says. An error where it says that all is well, as within a stream, is
    /// the server's.
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
            default -> status >= 400 && status < 500 ? Kind.INVALID : Kind.SERVER;
        };
    }
}
