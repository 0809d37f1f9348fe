package dev.torii.engine.plugin.keyauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.plugin.PluginBench;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.model.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyAuthConfigTest {

    private final PluginBench bench = new PluginBench(new KeyAuthFactory());

    @Test
    void looksForApikeyInHeaderAndQueryUnlessToldOtherwise() {
        var config = Json.convert(bench.config("{}"), KeyAuthConfig.class);

        assertThat(config)
                .isEqualTo(
                        new KeyAuthConfig(
                                List.of("apikey"), true, true, false, false, null, true, null));
    }

    @Test
    void refusesANameThatNoHeaderCanHave() {
        assertThat(bench.faults("{'key_names':['api key']}"))
                .containsExactly(
                        "config.key_names.1: bad header name 'api key', allowed characters are A-Z,"
                                + " a-z, 0-9, '_', and '-'");
    }

    @Test
    void namesItsKeysAsSecretInLowerCase() {
        assertThat(bench.handler("{'key_names':['X-Team-Key']}").secretNames())
                .containsExactly("x-team-key");
    }

    @Test
    void readsTheBodyOnlyWhenTheKeyMayBeThere() {
        assertThat(bench.handler("{}").needsBody()).isFalse();
        assertThat(bench.handler("{'key_in_body':true}").needsBody()).isTrue();
    }

    @Test
    void sharesAHandlerAmongPluginsOfTheSameSettingsAlone() {
        PluginHandler one = bench.handler("{}");

        assertThat(bench.handler("{}")).isSameAs(one);
        assertThat(bench.handler("{'key_in_body':true}")).isNotSameAs(one);
    }

    @Test
    void cannotBePutOnAConsumer() {
        assertThat(bench.faults("{}", "'consumer':{'id':'0b0b0b0b-0000-4000-8000-000000000000'}"))
                .containsExactly("consumer: value must be null");
    }
}
