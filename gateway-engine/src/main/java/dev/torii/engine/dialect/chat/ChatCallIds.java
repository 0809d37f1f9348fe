package dev.torii.engine.dialect.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The ids of tool calls in one request. Ids that another vendor made are too long for some
/// servers; in their place stands one that depends on nothing but them.
final class ChatCallIds {

    /// OpenAI refuses longer ones.
    private static final int LONGEST = 40;

    /// Mistral refuses all others.
    private static final Pattern SHORT = Pattern.compile("[A-Za-z0-9]{9}");

    private static final int SHORT_LENGTH = 9;

    private final boolean wantsShort;
    private final Map<String, String> written = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    ChatCallIds(ChatProfile profile) {
        this.wantsShort = profile.has(ChatProfile.Feature.SHORT_IDS);
    }

    String of(String id) {
        return written.computeIfAbsent(id, this::free);
    }

    private String free(String id) {
        String candidate = id;
        while (!fits(candidate) || !taken.add(candidate)) {
            candidate = digest(candidate);
        }
        return candidate;
    }

    private boolean fits(String id) {
        return wantsShort ? SHORT.matcher(id).matches() : id.length() <= LONGEST;
    }

    private String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            String letters = new BigInteger(1, hash).toString(36) + "0".repeat(SHORT_LENGTH);
            return wantsShort
                    ? letters.substring(0, SHORT_LENGTH)
                    : "call_" + letters.substring(0, 24);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
