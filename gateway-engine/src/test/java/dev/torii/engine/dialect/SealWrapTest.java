package dev.torii.engine.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.model.llm.Seal;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Seals on their way through a client that cannot read them.
class SealWrapTest {

    private static final Seal FOREIGN =
            new Seal(Seal.Kind.SIGNATURE, "gemini", "c2ln/+é==\nnext line ");

    @Test
    void carriesTheDialectsOwnSealBare() {
        assertThat(SealWrap.carried(FOREIGN, "gemini")).isEqualTo(FOREIGN.value());
        assertThat(SealWrap.seal(FOREIGN.value(), Seal.Kind.SIGNATURE, "gemini"))
                .isEqualTo(FOREIGN);
    }

    @Test
    void bringsAForeignSealBackByteForByte() {
        String carried = SealWrap.carried(FOREIGN, "anthropic");
        assertThat(carried).matches("torii001[A-Za-z0-9+/]+=*");
        assertThat(SealWrap.seal(carried, Seal.Kind.ENCRYPTED, "anthropic")).isEqualTo(FOREIGN);
    }

    /// As SDKs do that hold a seal as bytes.
    @Test
    void outlivesBeingReadAsBase64AndWrittenAnew() {
        for (String value : List.of("", "a", "ab", "abc~~~???>>>", "c2ln/+é==")) {
            var seal = new Seal(Seal.Kind.SIGNATURE, "anthropic", value);
            byte[] bytes = Base64.getDecoder().decode(SealWrap.wrap(seal, null));
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                for (Base64.Encoder padding : List.of(encoder, encoder.withoutPadding())) {
                    String carried = padding.encodeToString(bytes);
                    assertThat(SealWrap.seal(carried, Seal.Kind.SIGNATURE, "gemini"))
                            .isEqualTo(seal);
                }
            }
        }
    }

    @Test
    void remembersTheCallThatASealCameWith() {
        var seal = new Seal(Seal.Kind.ENCRYPTED, "openai-responses", "");
        assertThat(SealWrap.unwrap(SealWrap.wrap(seal, "call_1")))
                .isEqualTo(new SealWrap.Wrapped(seal, "call_1"));
        assertThat(SealWrap.unwrap(SealWrap.wrap(seal, null)))
                .isEqualTo(new SealWrap.Wrapped(seal, null));
    }

    @Test
    void wrapsTheSameSealTheSame() {
        assertThat(SealWrap.wrap(FOREIGN, "a")).isEqualTo(SealWrap.wrap(FOREIGN, "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"torii001", "torii001%%%", "torii001Z29vZ2xl", "torii001YQpiCmMKZA"})
    void takesNothingThatWasChangedOnTheWay(String changed) {
        assertThat(SealWrap.isWrapped(changed)).isTrue();
        assertThat(SealWrap.unwrap(changed)).isNull();
        assertThat(SealWrap.seal(changed, Seal.Kind.SIGNATURE, "anthropic")).isNull();
    }
}
