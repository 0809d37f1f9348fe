package dev.torii.engine.dialect.gemini;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Ids of calls that came without one, as those of many models do. The same answer gets the same
/// ids; Gemini never gets one back that it did not give.
final class GeminiIds {

    private static final String PREFIX = "call_gem_";
    private static final Pattern MADE_UP = Pattern.compile(PREFIX + "[0-9a-f]{24}");

    private GeminiIds() {}

    /// @param what whatever tells the call from all others of the conversation
    static String of(String... what) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(String.join("\0", what).getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static boolean isMadeUp(String id) {
        return id.isEmpty() || MADE_UP.matcher(id).matches();
    }
}
