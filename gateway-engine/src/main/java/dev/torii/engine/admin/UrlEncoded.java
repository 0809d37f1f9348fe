package dev.torii.engine.admin;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Percent-encoded paths, queries and forms. Kong takes up to 1000 arguments.
final class UrlEncoded {

    static final int MOST = 1_000;
    static final String TOO_MANY = "Too many arguments";

    private UrlEncoded() {}

    /// The decoded segments of a path; one slash at the end counts for nothing.
    static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (trimmed.isEmpty()) {
            return segments;
        }
        for (String segment : trimmed.substring(1).split("/", -1)) {
            segments.add(decode(segment, false));
        }
        return segments;
    }

    static List<Map.Entry<String, String>> arguments(@Nullable String encoded) {
        List<Map.Entry<String, String>> arguments = new ArrayList<>();
        if (encoded == null) {
            return arguments;
        }
        for (String argument : encoded.split("&", -1)) {
            if (argument.isEmpty()) {
                continue;
            }
            if (arguments.size() == MOST) {
                throw Problems.plain(400, TOO_MANY);
            }
            int equals = argument.indexOf('=');
            String key = equals < 0 ? argument : argument.substring(0, equals);
            String value = equals < 0 ? "" : argument.substring(equals + 1);
            arguments.add(Map.entry(decode(key, true), decode(value, true)));
        }
        return arguments;
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        var out = ByteBuffer.allocate(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '%') {
                int high = i + 2 <= in.length - 1 ? Character.digit(in[i + 1], 16) : -1;
                int low = i + 2 <= in.length - 1 ? Character.digit(in[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw Problems.plain(400, "invalid percent-encoding");
                }
                out.put((byte) (high << 4 | low));
                i += 2;
            } else {
                out.put(in[i] == '+' && plusIsSpace ? (byte) ' ' : in[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
        } catch (CharacterCodingException e) {
            throw Problems.plain(400, "invalid percent-encoding: not UTF-8");
        }
    }
}
