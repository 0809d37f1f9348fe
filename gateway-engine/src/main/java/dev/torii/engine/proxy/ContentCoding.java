package dev.torii.engine.proxy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// Takes what a client compressed apart, so that it can be read. Source: RFC 9110, 8.4.
final class ContentCoding {

    sealed interface Decoded {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Plain(byte[] bytes) implements Decoded {}

    record TooLarge() implements Decoded {}

    /// The body is not in the coding that its header names.
    record Broken() implements Decoded {}

    record Unknown(String coding) implements Decoded {}

    /// What is understood, for who sent something else.
    static final String UNDERSTOOD = "gzip, deflate";

    private ContentCoding() {}

    /// @param codings in the order in which they were applied
    /// @param limit most bytes that the body may have, at each step
    static Decoded decode(byte[] body, List<String> codings, long limit) {
        byte[] bytes = body;
        for (String coding : codings.reversed()) {
            switch (decode(bytes, coding.toLowerCase(Locale.ROOT), limit)) {
                case Plain(byte[] plain) -> bytes = plain;
                case Decoded failure -> {
                    return failure;
                }
            }
        }
        return new Plain(bytes);
    }

    private static Decoded decode(byte[] body, String coding, long limit) {
        int most = (int) Math.min(limit, Integer.MAX_VALUE - 9);
        try (InputStream in = reader(body, coding)) {
            if (in == null) {
                return new Unknown(coding);
            }
            byte[] plain = in.readNBytes(most + 1);
            return plain.length > most ? new TooLarge() : new Plain(plain);
        } catch (IOException e) {
            return new Broken();
        }
    }

    private static @Nullable InputStream reader(byte[] body, String coding) throws IOException {
        InputStream in = new ByteArrayInputStream(body);
        return switch (coding) {
            case "gzip", "x-gzip" -> new GZIPInputStream(in);
            case "deflate" -> new InflaterInputStream(in);
            case "identity" -> in;
            default -> null;
        };
    }
}
