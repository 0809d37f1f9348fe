package dev.torii.engine.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The query of a request, read with care: what is not understood is refused, not passed over.
final class QueryParameters {

    /// Unix times from here on are milliseconds; as seconds this is the year 5138.
    private static final long MILLIS_FROM = 100_000_000_000L;

    static final String TIME =
            "a time such as 2026-11-25T03:00:00Z or 2026-11-25, or Unix seconds or milliseconds";

    private final Map<String, String[]> values;

    /// @throws BadParameterException when there is another parameter than the known, or one twice
    QueryParameters(HttpServletRequest request, String... known) throws BadParameterException {
        this(request.getParameterMap(), known);
    }

    /// @throws BadParameterException when there is another parameter than the known
    static QueryParameters of(Map<String, String> query, String... known)
            throws BadParameterException {
        Map<String, String[]> values = new LinkedHashMap<>();
        query.forEach((name, value) -> values.put(name, new String[] {value}));
        return new QueryParameters(values, known);
    }

    private QueryParameters(Map<String, String[]> values, String... known)
            throws BadParameterException {
        this.values = values;
        for (var parameter : values.entrySet()) {
            if (!Arrays.asList(known).contains(parameter.getKey())) {
                throw new BadParameterException(
                        "unknown parameter: %s (expected: %s)"
                                .formatted(
                                        parameter.getKey(),
                                        known.length == 0 ? "none" : String.join(", ", known)));
            }
            if (parameter.getValue().length > 1) {
                throw new BadParameterException(parameter.getKey() + " is given more than once");
            }
        }
    }

    /// Null when it is absent or empty.
    @Nullable String text(String name) {
        String[] given = values.get(name);
        return given == null || given[0].isEmpty() ? null : given[0];
    }

    /// A moment in Unix milliseconds.
    long time(String name, long fallback) throws BadParameterException {
        String text = text(name);
        return text == null ? fallback : parsed(name, text, TIME, QueryParameters::millis);
    }

    private static @Nullable Long millis(String text) {
        if (text.matches("\\d{1,15}")) {
            long number = Long.parseLong(text);
            return number >= MILLIS_FROM ? number : number * 1000;
        }
        try {
            // A plus sign in a query means a blank, and few think of writing %2B.
            Instant moment =
                    text.contains("T")
                            ? OffsetDateTime.parse(text.replace(' ', '+')).toInstant()
                            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            return moment.toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    /// A whole number from `lowest` to `highest`.
    int number(String name, int fallback, int lowest, int highest) throws BadParameterException {
        String text = text(name);
        if (text == null) {
            return fallback;
        }
        return parsed(
                name,
                text,
                "a whole number from " + lowest + " to " + highest,
                given -> {
                    if (!given.matches("\\d{1,9}")) {
                        return null;
                    }
                    int number = Integer.parseInt(given);
                    return number < lowest || number > highest ? null : number;
                });
    }

    /// Whether something is asked for; it is not when the parameter is absent.
    boolean flag(String name) throws BadParameterException {
        String text = text(name);
        return text != null
                && parsed(
                        name,
                        text,
                        "1 or 0, true or false",
                        given ->
                                switch (given) {
                                    case "1", "true" -> true;
                                    case "0", "false" -> false;
                                    default -> null;
                                });
    }

    /// The names between commas; none when the parameter is absent.
    List<String> names(String name) {
        String text = text(name);
        return text == null
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    /// Reads a value, or says what was expected.
    ///
    /// @param read gives null for what it cannot read
    static <T> T parsed(
            String name, String text, String expected, Function<String, @Nullable T> read)
            throws BadParameterException {
        T value = read.apply(text);
        if (value == null) {
            throw new BadParameterException(
                    "%s: %s (expected: %s)".formatted(name, text, expected));
        }
        return value;
    }

    /// A parameter that is not understood; the message names it, its value and what was expected.
    static final class BadParameterException extends Exception {

        private static final long serialVersionUID = 1L;

        BadParameterException(String message) {
            super(message);
        }
    }
}
