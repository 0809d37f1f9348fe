package dev.torii.engine.exchange;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Text as in a query or a form: `name=value` pairs with `&` between them, percent-encoded. What is
/// not asked to change stays as it was written.
public final class FormText {

    private FormText() {}

    /// A name with its value, decoded.
    ///
    /// @param value null for a name without an equals sign
    public record Pair(String name, @Nullable String value) {}

    /// The pairs, decoded, in order.
    public static List<Pair> pairs(String encoded) {
        var pairs = new ArrayList<Pair>();
        for (String pair : encoded.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String value = equals < 0 ? null : decoded(pair.substring(equals + 1));
                pairs.add(new Pair(name(pair), value));
            }
        }
        return pairs;
    }

    /// The decoded values of a name.
    public static List<String> values(String encoded, String name) {
        return pairs(encoded).stream()
                .filter(pair -> pair.name().equals(name))
                .map(pair -> pair.value() == null ? "" : pair.value())
                .toList();
    }

    /// The text without a name.
    public static String without(String encoded, String name) {
        return without(encoded, name::equals);
    }

    /// The text without some names.
    public static String without(String encoded, Predicate<String> unwanted) {
        var kept = new ArrayList<String>();
        for (String pair : encoded.split("&", -1)) {
            if (!unwanted.test(name(pair))) {
                kept.add(pair);
            }
        }
        return String.join("&", kept);
    }

    /// The text with a mask in place of some values.
    public static String masked(String encoded, Predicate<String> secretName, String mask) {
        var parts = encoded.split("&", -1);
        for (int i = 0; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals >= 0 && secretName.test(name(parts[i]))) {
                parts[i] = parts[i].substring(0, equals + 1) + mask;
            }
        }
        return String.join("&", parts);
    }

    private static String name(String pair) {
        int equals = pair.indexOf('=');
        return decoded(equals < 0 ? pair : pair.substring(0, equals));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A stray percent sign: the text is what it says.
            return text;
        }
    }
}
