package dev.torii.engine.dialect.chat;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Ids that clients of OpenAI expect never to be empty.
final class ChatIds {

    private ChatIds() {}

    static String of(@Nullable String id) {
        return Objects.requireNonNullElseGet(id, () -> "chatcmpl-" + random());
    }

    static String ofCall() {
        return "call_" + random();
    }

    private static String random() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    }
}
