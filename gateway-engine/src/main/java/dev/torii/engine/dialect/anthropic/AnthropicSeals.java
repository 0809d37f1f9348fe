package dev.torii.engine.dialect.anthropic;

import dev.torii.model.llm.Seal;
import org.jspecify.annotations.Nullable;

/// What Anthropic signs its thoughts with.
final class AnthropicSeals {

    private AnthropicSeals() {}

    static @Nullable Seal signature(@Nullable String signature) {
        return signature == null || signature.isEmpty()
                ? null
                : new Seal(Seal.Kind.SIGNATURE, AnthropicDialect.NAME, signature);
    }

    static Seal encrypted(String data) {
        return new Seal(Seal.Kind.ENCRYPTED, AnthropicDialect.NAME, data);
    }

    /// Whether Anthropic itself made it; it refuses all others.
    static boolean isOwn(@Nullable Seal seal) {
        return seal != null && seal.dialect().equals(AnthropicDialect.NAME);
    }
}
