package dev.torii.engine.provider.bedrock;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A request as Signature Version 4 sees it. Source: Amazon's documentation, "Create a signed AWS
/// API request".
final class CanonicalRequest {

    private static final String UNRESERVED = "-._~";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final String method;
    private final String path;
    private final @Nullable String query;
    private final SortedMap<String, List<String>> headers = new TreeMap<>();

    /// @param path as it is sent, percent-encoded
    /// @param query as it is sent; null for none
    CanonicalRequest(String method, String path, @Nullable String query) {
        this.method = method;
        this.path = path;
        this.query = query;
    }

    /// Adds a header that is to be signed.
    CanonicalRequest header(String name, String value) {
        headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                .add(value.strip().replaceAll(" +", " "));
        return this;
    }

    /// The names of the headers that are signed.
    String signedHeaders() {
        return String.join(";", headers.keySet());
    }

    /// @param hash of the body, in hexadecimal digits
    String text(String hash) {
        StringBuilder text = new StringBuilder();
        text.append(method).append('\n');
        text.append(encoded(normal(path), true)).append('\n');
        text.append(query == null ? "" : sorted(query)).append('\n');
        headers.forEach((name, values) ->
                text.append(name).append(':').append(String.join(",", values)).append('\n'));
        text.append('\n').append(signedHeaders()).append('\n');
        return text.append(hash).toString();
    }

    /// The path without empty segments and those that lead elsewhere.
    private static String normal(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        String joined = "/" + String.join("/", segments);
        return path.endsWith("/") && !segments.isEmpty() ? joined + "/" : joined;
    }

    private static String sorted(String query) {
        String[] pairs = query.split("&", -1);
        for (int i = 0; i < pairs.length; i++) {
            int equals = pairs[i].indexOf('=');
            String name = equals < 0 ? pairs[i] : pairs[i].substring(0, equals);
            String value = equals < 0 ? "" : pairs[i].substring(equals + 1);
            pairs[i] = again(name) + "=" + again(value);
        }
        // What ends a name sorts before anything that can go on with it.
        Arrays.sort(
                pairs, (one, other) -> one.replace('=', '\0').compareTo(other.replace('=', '\0')));
        return String.join("&", Arrays.stream(pairs).filter(pair -> !pair.equals("=")).toList());
    }

    /// Once decoded and encoded; what cannot be decoded is signed as it stands.
    private static String again(String part) {
        String decoded;
        try {
            decoded = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            decoded = part;
        }
        return encoded(decoded, false);
    }

    /// A path that is percent-encoded already is encoded once more, as all of Amazon's services but
    /// S3 want it.
    private static String encoded(String text, boolean slashes) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || UNRESERVED.indexOf(c) >= 0
                            || (slashes && c == '/');
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
