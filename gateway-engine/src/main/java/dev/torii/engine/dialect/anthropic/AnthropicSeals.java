package dev.torii.engine.dialect.anthropic;

import static dev.torii.engine.dialect.Fields.textOrEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.dialect.SealWrap;
import dev.torii.model.llm.Seal;
import org.jspecify.annotations.Nullable;

/// What Anthropic signs its thoughts with, and what clients of Anthropic carry for other vendors in
/// its place.
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

    /// What a client sends back.
    ///
    /// @param kind what it is when it is Anthropic's
    static @Nullable Seal read(String carried, Seal.Kind kind) {
        return carried.isEmpty() ? null : SealWrap.seal(carried, kind, AnthropicDialect.NAME);
    }

    /// The seal of a tool call, where the block is one that only carries it; null for all others.
    static SealWrap.@Nullable Wrapped ofCall(JsonNode block) {
        String signature = textOrEmpty(block, "signature");
        SealWrap.Wrapped wrapped =
                SealWrap.isWrapped(signature) ? SealWrap.unwrap(signature) : null;
        return wrapped == null || wrapped.callId() == null ? null : wrapped;
    }

    /// Whether Anthropic would refuse a block of the history for its seal: one of another vendor,
    /// or none at all.
    static boolean isForeign(JsonNode block) {
        return switch (textOrEmpty(block, "type")) {
            case "thinking" -> {
                String signature = textOrEmpty(block, "signature");
                yield signature.isEmpty() || SealWrap.isWrapped(signature);
            }
            case "redacted_thinking" -> SealWrap.isWrapped(textOrEmpty(block, "data"));
            default -> false;
        };
    }
}
