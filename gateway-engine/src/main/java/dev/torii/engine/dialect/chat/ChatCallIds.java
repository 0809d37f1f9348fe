package dev.torii.engine.dialect.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The ids of tool calls in one request, and the calls of a turn that have no result yet. Ids that
/// another vendor made are too long for some servers; in their place stands one that depends on
/// nothing but them.
final class ChatCallIds {

    /// OpenAI refuses longer ones.
    private static final int LONGEST = 40;

    /// Mistral refuses all others.
    private static final Pattern SHORT = Pattern.compile("[A-Za-z0-9]{9}");

    private static final int SHORT_LENGTH = 9;

    private final boolean wantsShort;
    private final Map<String, String> written = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /// Calls without a result as they are written, by the ids that the client gave them.
    private final Map<String, Queue<String>> open = new LinkedHashMap<>();

    ChatCallIds(ChatProfile profile) {
        this.wantsShort = profile.has(ChatProfile.Feature.SHORT_IDS);
    }

    /// The id of a call. Calls of one turn never share one, even where they do at the client.
    String call(String id) {
        Queue<String> alike = open.computeIfAbsent(id, _ -> new ArrayDeque<>());
        String own = of(alike.isEmpty() ? id : digest(id + alike.size()));
        alike.add(own);
        return own;
    }

    /// The id of the call that a result answers: of those that share one the first without a
    /// result; null where all have theirs.
    @Nullable String answered(String id) {
        Queue<String> alike = open.get(id);
        if (alike == null) {
            return null;
        }
        String call = alike.remove();
        if (alike.isEmpty()) {
            open.remove(id);
        }
        return call;
    }

    boolean allAnswered() {
        return open.isEmpty();
    }

    /// The turn is over. Gives the calls that got no result.
    List<String> settle() {
        List<String> unanswered = open.values().stream().flatMap(Queue::stream).toList();
        open.clear();
        return unanswered;
    }

    private String of(String id) {
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
