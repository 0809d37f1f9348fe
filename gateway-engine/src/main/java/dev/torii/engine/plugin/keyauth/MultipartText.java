package dev.torii.engine.plugin.keyauth;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A multipart form, cut at its boundaries. Each byte is one character here, so that files in it
/// pass unharmed.
final class MultipartText {

    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary=(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME =
            Pattern.compile(
                    "^content-disposition:.*?[;\\s]name=(?:\"([^\"]*)\"|([^;\\s]*))",
                    Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    private static final String BLANK_LINE = "\r\n\r\n";

    private final String delimiter;

    /// What stands before the first boundary, then each part with the line break that ends its
    /// boundary, then the rest from the two dashes of the last.
    private final List<String> pieces;

    private MultipartText(String delimiter, List<String> pieces) {
        this.delimiter = delimiter;
        this.pieces = pieces;
    }

    static @Nullable String boundary(String contentType) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!matcher.find()) {
            return null;
        }
        String quoted = matcher.group(1);
        return quoted == null ? matcher.group(2) : quoted;
    }

    static MultipartText parse(byte[] body, String boundary) {
        String delimiter = "\r\n--" + boundary;
        String text = "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
        return new MultipartText(delimiter, List.of(text.split(Pattern.quote(delimiter), -1)));
    }

    List<String> values(String name) {
        var values = new ArrayList<String>();
        for (String piece : pieces) {
            if (named(piece, name)) {
                String value = piece.substring(piece.indexOf(BLANK_LINE) + BLANK_LINE.length());
                values.add(
                        new String(
                                value.getBytes(StandardCharsets.ISO_8859_1),
                                StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    byte[] without(String name) {
        var kept = pieces.stream().filter(piece -> !named(piece, name)).toList();
        return String.join(delimiter, kept).substring(2).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean named(String piece, String name) {
        int end = piece.indexOf(BLANK_LINE);
        if (end < 0) {
            return false;
        }
        Matcher matcher = NAME.matcher(piece.substring(0, end));
        return matcher.find()
                && name.equals(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
}
