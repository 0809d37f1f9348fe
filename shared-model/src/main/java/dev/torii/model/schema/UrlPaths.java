package dev.torii.model.schema;

import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rules of URL paths.
final class UrlPaths {

    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2}).{0,2}");

    private UrlPaths() {}

    static @Nullable String problem(String path) {
        if (!path.startsWith("/")) {
            return "should start with: /";
        }
        if (path.contains("//")) {
            return "must not have empty segments";
        }
        boolean known =
                path.chars()
                        .allMatch(c ->
                                Ascii.alphanumeric(c) || "/-._~%:?#[]@!$&'()*+,;=".indexOf(c) >= 0);
        if (!known) {
            return "invalid path: '"
                    + path
                    + "' (characters outside of the reserved list of RFC 3986 found)";
        }
        return escapeProblem(path);
    }

    /// What a route's `paths` take: a normalised prefix, or `~` and a regex.
    static @Nullable String routePathProblem(String path) {
        if (!path.startsWith("/") && !path.startsWith("~/")) {
            return "should start with: / (fixed path) or ~/ (regex path)";
        }
        if (path.contains("//")) {
            return "must not have empty segments";
        }
        if (path.startsWith("~")) {
            return regexProblem(path.substring(1));
        }
        String escape = escapeProblem(path);
        if (escape != null) {
            return escape;
        }
        String normal = normalize(path);
        return normal.equals(path)
                ? null
                : "non-normalized path, consider use '" + normal + "' instead";
    }

    /// What a route's `headers` take: a value, or `~*` and a regex.
    static @Nullable String routeHeaderProblem(String value) {
        return value.startsWith("~*") ? regexProblem(value.substring(2)) : null;
    }

    private static @Nullable String regexProblem(String regex) {
        try {
            LinearRegex.compile(regex);
            return null;
        } catch (PatternSyntaxException e) {
            return "invalid regex: '" + regex + "' (" + e.getDescription() + ")";
        }
    }

    private static @Nullable String escapeProblem(String path) {
        var bad = BAD_ESCAPE.matcher(path);
        return bad.find() ? "invalid url-encoded value: '" + bad.group() + "'" : null;
    }

    /// RFC 3986, 6.2.2: needless escapes decoded, hex digits in upper case, dot segments gone.
    static String normalize(String path) {
        return withoutDotSegments(withPlainEscapes(path));
    }

    private static String withPlainEscapes(String path) {
        var out = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) != '%') {
                out.append(path.charAt(i));
                continue;
            }
            String hex = path.substring(i + 1, i + 3);
            int value = Integer.parseInt(hex, 16);
            if (Ascii.alphanumeric(value) || "-._~".indexOf(value) >= 0) {
                out.append((char) value);
            } else {
                out.append('%').append(hex.toUpperCase(Locale.ROOT));
            }
            i += 2;
        }
        return out.toString();
    }

    private static String withoutDotSegments(String path) {
        if (!path.contains("/.")) {
            return path;
        }
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            switch (segments[i]) {
                case ".", ".." -> {
                    if (segments[i].equals("..")) {
                        kept.pollLast();
                    }
                    if (last) {
                        kept.addLast("");
                    }
                }
                default -> kept.addLast(segments[i]);
            }
        }
        return "/" + String.join("/", kept);
    }
}
