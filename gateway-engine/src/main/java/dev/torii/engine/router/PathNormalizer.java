package dev.torii.engine.router;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/// The one form of a path that routes are matched against: unreserved characters decoded, dot
/// segments resolved, double slashes merged. Source: RFC 3986, 6.2.2.
public final class PathNormalizer {

    private PathNormalizer() {}

    public static String normalize(String path) {
        if (isNormal(path)) {
            return path;
        }
        String decoded = decodeUnreserved(path);
        Deque<String> segments = new ArrayDeque<>();
        String[] parts = decoded.split("/", -1);
        boolean trailingSlash = false;
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i];
            boolean last = i == parts.length - 1;
            switch (part) {
                case "", "." -> trailingSlash = last;
                case ".." -> {
                    segments.pollLast();
                    trailingSlash = last;
                }
                default -> {
                    segments.addLast(part);
                    trailingSlash = false;
                }
            }
        }
        String joined = "/" + String.join("/", segments);
        return trailingSlash && joined.length() > 1 ? joined + "/" : joined;
    }

    /// Nearly all paths: nothing to decode, no dot that begins a segment, no double slash.
    private static boolean isNormal(String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            return false;
        }
        for (int i = 1; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%' || ((c == '/' || c == '.') && path.charAt(i - 1) == '/')) {
                return false;
            }
        }
        return true;
    }

    private static String decodeUnreserved(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(path.length());
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%' && i + 2 < bytes.length) {
                int high = Character.digit(bytes[i + 1], 16);
                int low = Character.digit(bytes[i + 2], 16);
                int value = high * 16 + low;
                if (high >= 0 && low >= 0) {
                    if (isUnreserved(value)) {
                        out.write(value);
                    } else {
                        out.write('%');
                        out.write(Character.toUpperCase(bytes[i + 1]));
                        out.write(Character.toUpperCase(bytes[i + 2]));
                    }
                    i += 2;
                    continue;
                }
            }
            out.write(bytes[i]);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static boolean isUnreserved(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
