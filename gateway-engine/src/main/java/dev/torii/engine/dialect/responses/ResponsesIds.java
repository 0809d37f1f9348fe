package dev.torii.engine.dialect.responses;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Ids as clients of OpenAI expect them. Those of items follow from the response's, so that an item
/// is called the same throughout.
final class ResponsesIds {

    private static final String RESPONSE = "resp_";

    private ResponsesIds() {}

    static String of(@Nullable String id) {
        String known = Objects.requireNonNullElse(id, "");
        if (known.startsWith(RESPONSE)) {
            return known;
        }
        String letters = known.replaceAll("[^A-Za-z0-9]", "");
        return RESPONSE + (letters.isEmpty() ? random() : letters);
    }

    /// @param kind `msg`, `rs`, `fc` or `ctc`
    static String ofItem(String kind, String responseId, int index) {
        return "%s_%s%04x".formatted(kind, responseId.substring(RESPONSE.length()), index);
    }

    static String ofCall(String id) {
        return id.isEmpty() ? "call_" + random() : id;
    }

    private static String random() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
