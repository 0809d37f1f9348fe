package dev.torii.model.schema;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A text that stands for a secret kept elsewhere: `{vault://env/openai-key}`. It is the whole text
/// of a field, never a part of one.
///
/// @param vault a type of vaults, such as `env`, or the prefix of a configured one
/// @param resource what the vault calls the secret
/// @param key the field to take where the secret is a JSON object; null for the secret itself
/// @param options settings that count for this reference before the vault's own
/// @param version which version of the secret; null for the current one
public record VaultReference(
        String vault,
        String resource,
        @Nullable String key,
        Map<String, String> options,
        @Nullable Integer version) {

    private static final String OPENING = "{vault://";
    private static final String CLOSING = "}";
    private static final Pattern VERSION = Pattern.compile("\\d{1,9}");

    public VaultReference {
        options = Map.copyOf(options);
    }

    public static boolean is(String text) {
        return text.startsWith(OPENING) && text.endsWith(CLOSING);
    }

    /// Reads a text for which [#is] says true.
    ///
    /// @throws IllegalArgumentException when it names no secret; the message says what is wrong
    public static VaultReference parse(String text) {
        if (!is(text)) {
            throw new IllegalArgumentException("it is no reference to a vault");
        }
        String rest = text.substring(OPENING.length(), text.length() - CLOSING.length());
        Integer version = null;
        int hash = rest.indexOf('#');
        if (hash >= 0) {
            version = version(rest.substring(hash + 1));
            rest = rest.substring(0, hash);
        }
        Map<String, String> options = Map.of();
        int mark = rest.indexOf('?');
        if (mark >= 0) {
            options = options(rest.substring(mark + 1));
            rest = rest.substring(0, mark);
        }
        int slash = rest.indexOf('/');
        String vault = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : rest.substring(slash + 1);
        if (vault.isEmpty()) {
            throw new IllegalArgumentException("it names no vault");
        }
        int last = path.lastIndexOf('/');
        String resource = decoded(last < 0 ? path : path.substring(0, last));
        if (resource.isEmpty()) {
            throw new IllegalArgumentException("it names no secret");
        }
        // A slash at the end says that all of it is the resource.
        String key = last < 0 || last == path.length() - 1 ? null : path.substring(last + 1);
        return new VaultReference(
                vault, resource, key == null ? null : decoded(key), options, version);
    }

    private static int version(String text) {
        if (!VERSION.matcher(text).matches()) {
            throw new IllegalArgumentException("its version is no number");
        }
        return Integer.parseInt(text);
    }

    private static Map<String, String> options(String query) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String argument : query.split("&", -1)) {
            int equals = argument.indexOf('=');
            if (equals > 0) {
                options.put(
                        decoded(argument.substring(0, equals)),
                        decoded(argument.substring(equals + 1)));
            }
        }
        return options;
    }

    /// In a URL's path a plus sign is itself; a vault's names hold no blanks to confuse it with.
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it holds a broken percent escape", e);
        }
    }
}
