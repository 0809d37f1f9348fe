package dev.torii.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.store.RequestSummaries;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MetersTest {

    private static final String LABELS =
            "model=\"gpt-4o-mini\",provider=\"openai\",route=\"chat-route\",service=\"chat-service\"";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Meters meters = new Meters(registry);

    private String exposed() throws IOException {
        var out = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create()
                .write(out, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void countsRequestsTokensAndMoney() throws IOException {
        meters.record(RequestSummaries.CHAT.tokens(10L, "0.5").took(30).done());
        meters.record(RequestSummaries.CHAT.tokens(20L, "0.25").took(700).done());
        meters.record(RequestSummaries.CHAT.tokens(null, null).status(503).done());

        assertThat(exposed().lines())
                .contains(
                        "torii_requests_total{" + LABELS + ",status=\"2xx\"} 2.0",
                        "torii_requests_total{" + LABELS + ",status=\"5xx\"} 1.0",
                        "torii_tokens_total{" + LABELS + ",status=\"2xx\",type=\"prompt\"} 30.0",
                        "torii_tokens_total{"
                                + LABELS
                                + ",status=\"2xx\",type=\"completion\"} 30.0",
                        "torii_tokens_total{" + LABELS + ",status=\"2xx\",type=\"cached\"} 8.0",
                        "torii_tokens_total{" + LABELS + ",status=\"2xx\",type=\"reasoning\"} 2.0",
                        "torii_cost_usd_total{" + LABELS + ",status=\"2xx\"} 0.75",
                        "torii_request_duration_seconds_bucket{"
                                + LABELS
                                + ",status=\"2xx\",le=\"0.05\"} 1",
                        "torii_request_duration_seconds_count{" + LABELS + ",status=\"2xx\"} 2",
                        "torii_time_to_first_token_seconds_count{" + LABELS + ",status=\"2xx\"} 2");
    }

    @Test
    void modelsThatClientsInventDoNotGrowTheLabelsWithoutEnd() throws IOException {
        for (int i = 0; i < 1_000; i++) {
            meters.record(RequestSummaries.CHAT.model("model-" + i).done());
        }

        assertThat(exposed().lines().filter(line -> line.startsWith("torii_requests_total{")))
                .hasSize(201)
                .anyMatch(line -> line.contains("model=\"other\"") && line.endsWith(" 800.0"));
    }

    @Test
    void showsLosses() throws IOException {
        meters.losses(() -> 7);

        assertThat(exposed()).contains("torii_requests_unrecorded_total 7.0");
    }
}
