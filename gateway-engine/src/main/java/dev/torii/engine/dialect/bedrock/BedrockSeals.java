package dev.torii.engine.dialect.bedrock;

import dev.torii.model.llm.Seal;
import org.jspecify.annotations.Nullable;

/// What the models at Bedrock sign their thoughts with.
final class BedrockSeals {

    private BedrockSeals() {}

    static @Nullable Seal signature(@Nullable String signature) {
        return signature == null || signature.isEmpty()
                ? null
                : new Seal(Seal.Kind.SIGNATURE, BedrockDialect.NAME, signature);
    }

    static Seal encrypted(String data) {
        return new Seal(Seal.Kind.ENCRYPTED, BedrockDialect.NAME, data);
    }

    static boolean isOwn(@Nullable Seal seal) {
        return seal != null && seal.dialect().equals(BedrockDialect.NAME);
    }
}
