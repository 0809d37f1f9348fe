package dev.torii.engine.dialect.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Ids of messages and of tool calls, which Anthropic wants in letters, digits, `_` and `-`.
final class AnthropicIds {

    private static final Pattern FITTING = Pattern.compile("[A-Za-z0-9_-]+");

    private AnthropicIds() {}

    static String ofMessage(@Nullable String id) {
        if (id == null || id.isEmpty()) {
            return "msg_" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
        }
        return id.startsWith("msg_") ? id : "msg_" + fitting(id);
    }

    /// The same id gives the same, so that a result finds its call.
    static String ofCall(String id) {
        return FITTING.matcher(id).matches() ? id : "toolu_" + fitting(id);
    }

    private static String fitting(String id) {
        return FITTING.matcher(id).matches()
                ? id
                : UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
    }
}
