package dev.torii.engine.plugin.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.plugin.PluginBench;
import dev.torii.model.json.Json;
import org.junit.jupiter.api.Test;

class PrometheusConfigTest {

    private final PluginBench bench = new PluginBench(new PrometheusFactory());

    @Test
    void countsNothingUnlessToldTo() {
        assertThat(Json.convert(bench.config("{}"), PrometheusConfig.class))
                .isEqualTo(new PrometheusConfig(false, false, false, false, false, false, false));
    }

    @Test
    void refusesWhatIsNeitherOnNorOff() {
        assertThat(bench.faults("{'ai_metrics':'yes'}"))
                .containsExactly("config.ai_metrics: expected a boolean");
    }
}
