package dev.torii.model.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.model.json.Json;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportsTest {

    @Test
    void usageReportHasTheDocumentedNames() throws Exception {
        var group = new HashMap<String, @Nullable String>();
        group.put("model", "gpt-4o-mini");
        group.put("consumer", null);
        var row =
                new UsageRow(
                        "2026-11-25T03:00:00Z",
                        group,
                        3,
                        1,
                        40,
                        20,
                        8,
                        4,
                        1,
                        0,
                        new BigDecimal("0.0000180"),
                        new Percentiles(10L, 20L, 30L),
                        Percentiles.NONE);

        var json = Json.parse(Json.bytes(new UsageReport(List.of(row), 2)));

        assertThat(json)
                .isEqualTo(
                        Json.parse(
                                """
                                {"data": [{"bucket": "2026-11-25T03:00:00Z",
                                  "group": {"model": "gpt-4o-mini", "consumer": null},
                                  "requests": 3, "errors": 1,
                                  "prompt_tokens": 40, "completion_tokens": 20,
                                  "cached_tokens": 8, "reasoning_tokens": 4,
                                  "estimated": 1, "unpriced": 0, "cost_usd": 0.0000180,
                                  "latency_ms": {"p50": 10, "p95": 20, "p99": 30},
                                  "ttft_ms": {"p50": null, "p95": null, "p99": null}}],
                                 "dropped": 2}
                                """));
        assertThat(Json.convert(json, UsageReport.class).data()).containsExactly(row);
    }

    @Test
    void requestSummaryReadsBackAsItWasWritten() throws Exception {
        var summary =
                new RequestSummary(
                        "0123456789abcdef0123456789abcdef",
                        1_795_000_000_000L,
                        "POST",
                        "/chat",
                        "chat-route",
                        "chat-service",
                        null,
                        "openai",
                        "gpt-4o-mini",
                        "gpt-4o-mini-2024-07-18",
                        200,
                        200,
                        true,
                        812,
                        3,
                        240L,
                        120,
                        4_096,
                        12L,
                        34L,
                        0L,
                        0L,
                        0L,
                        false,
                        new BigDecimal("0.00002220"),
                        null,
                        List.of());

        var json = Json.parse(Json.bytes(summary));

        assertThat(json.fieldNames())
                .toIterable()
                .contains("started_at", "latency_ms", "ttft_ms", "prompt_tokens", "cost_usd")
                .doesNotContain("failed");
        assertThat(Json.convert(json, RequestSummary.class)).isEqualTo(summary);
    }
}
