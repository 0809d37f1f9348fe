package dev.torii.engine.plugin.prometheus;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// The metrics of requests. They are shown as long as a handler counts on them, and go on from
/// where they were when one comes back.
final class RequestMetrics {

    private static final double[] GATEWAY_MILLIS = {
        1, 2, 5, 7, 10, 15, 20, 30, 50, 75, 100, 200, 500, 750, 1000, 3000, 6000
    };
    private static final double[] UPSTREAM_MILLIS = {
        25, 50, 80, 100, 250, 400, 700, 1000, 2000, 5000, 10_000, 30_000, 60_000
    };
    private static final double[] LLM_MILLIS = {
        250, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000, 4500, 5000, 10_000, 30_000, 60_000
    };
    private static final String[] LLM_LABELS = {
        "ai_provider",
        "ai_model",
        "cache_status",
        "vector_db",
        "embeddings_provider",
        "embeddings_model",
        "workspace"
    };

    final Counter requests =
            Counter.builder()
                    .name("kong_http_requests_total")
                    .help("HTTP requests, by consumer, service, route and status code.")
                    .labelNames("service", "route", "code", "source", "workspace", "consumer")
                    .build();

    /// A gauge, since the client library would put `_total` behind a counter's name. It only grows.
    final Gauge bytes =
            Gauge.builder()
                    .name("kong_bandwidth_bytes")
                    .help("Bytes received and sent, headers included.")
                    .labelNames("service", "route", "direction", "workspace", "consumer")
                    .build();

    final Histogram gatewayLatency =
            latency(
                    "kong_kong_latency_ms",
                    "Milliseconds that a request spent in the gateway.",
                    GATEWAY_MILLIS);
    final Histogram upstreamLatency =
            latency(
                    "kong_upstream_latency_ms",
                    "Milliseconds until the upstream's first byte.",
                    UPSTREAM_MILLIS);
    final Histogram requestLatency =
            latency(
                    "kong_request_latency_ms",
                    "Milliseconds from a request's start to its end.",
                    UPSTREAM_MILLIS);

    final Counter llmRequests =
            Counter.builder()
                    .name("kong_ai_llm_requests_total")
                    .help("Requests to language models.")
                    .labelNames(LLM_LABELS)
                    .build();
    final Counter llmCost =
            Counter.builder()
                    .name("kong_ai_llm_cost_total")
                    .help("Cost of language models in US dollars.")
                    .labelNames(LLM_LABELS)
                    .build();
    final Counter llmTokens =
            Counter.builder()
                    .name("kong_ai_llm_tokens_total")
                    .help("Tokens that language models read and wrote.")
                    .labelNames(
                            "ai_provider",
                            "ai_model",
                            "cache_status",
                            "vector_db",
                            "embeddings_provider",
                            "embeddings_model",
                            "token_type",
                            "workspace")
                    .build();
    final Histogram llmLatency =
            Histogram.builder()
                    .name("kong_ai_llm_provider_latency_ms")
                    .help("Milliseconds from asking a language model to the end of its answer.")
                    .labelNames(LLM_LABELS)
                    .classicOnly()
                    .classicUpperBounds(LLM_MILLIS)
                    .build();

    final ModelLabels models = new ModelLabels();

    private final Shown shown;

    RequestMetrics(PrometheusRegistry registry) {
        shown =
                new Shown(
                        registry,
                        requests,
                        bytes,
                        gatewayLatency,
                        upstreamLatency,
                        requestLatency,
                        llmRequests,
                        llmCost,
                        llmTokens,
                        llmLatency);
    }

    private static Histogram latency(String name, String help, double[] bounds) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .labelNames("service", "route", "workspace")
                .classicOnly()
                .classicUpperBounds(bounds)
                .build();
    }

    void open() {
        shown.open();
    }

    void close() {
        shown.close();
    }
}
