package dev.torii.engine.dialect.responses;

import dev.torii.model.llm.Seal;
import org.jspecify.annotations.Nullable;

/// The thoughts that OpenAI encrypts.
final class ResponsesSeals {

    private ResponsesSeals() {}

    static @Nullable Seal own(@Nullable String encrypted) {
        return encrypted == null || encrypted.isEmpty()
                ? null
                : new Seal(Seal.Kind.ENCRYPTED, ResponsesDialect.NAME, encrypted);
    }

    static boolean isOwn(@Nullable Seal seal) {
        return seal != null && seal.dialect().equals(ResponsesDialect.NAME);
    }
}
