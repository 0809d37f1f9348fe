package dev.torii.model.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultReferenceTest {

    @ParameterizedTest
    @CsvSource({
        "{vault://env/openai-key}, env, openai-key, ",
        "{vault://env/MYJSON/token}, env, MYJSON, token",
        "{vault://my-vault/a/b/c}, my-vault, a/b, c",
        "{vault://env/a/b/}, env, a/b, ",
        "{vault://env/a%20b/c%2Fd}, env, a b, c/d",
        "{vault://env/a+b}, env, a+b, ",
    })
    void readsVaultResourceAndKey(String text, String vault, String resource, String key) {
        VaultReference reference = VaultReference.parse(text);

        assertThat(reference).isEqualTo(new VaultReference(vault, resource, key, Map.of(), null));
    }

    @Test
    void readsOptionsAndVersion() {
        VaultReference reference = VaultReference.parse("{vault://env/key?prefix=A_&ttl=1#2}");

        assertThat(reference.resource()).isEqualTo("key");
        assertThat(reference.options()).isEqualTo(Map.of("prefix", "A_", "ttl", "1"));
        assertThat(reference.version()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "{vault://}, it names no vault",
        "{vault:///x}, it names no vault",
        "{vault://env}, it names no secret",
        "{vault://env/}, it names no secret",
        "{vault://env//}, it names no secret",
        "{vault://env/x#latest}, its version is no number",
        "{vault://env/x%2}, it holds a broken percent escape",
    })
    void saysWhatIsWrongWithOne(String text, String reason) {
        assertThat(VaultReference.is(text)).isTrue();
        assertThatThrownBy(() -> VaultReference.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sk-1", "Bearer {vault://env/x}", "{vault://env/x} ", "{vault:x}"})
    void isTheWholeTextOrNone(String text) {
        assertThat(VaultReference.is(text)).isFalse();
    }
}
