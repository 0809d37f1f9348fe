package dev.torii.engine.telemetry;

import dev.torii.model.api.RequestSummary;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Torii's own metrics, always on: `torii_*`. Used by the recorder's thread alone.
///
/// A client may name the model, so labels could grow without end: after so many models the others
/// are counted together, as `other`.
public final class Meters {

    private static final int MAX_MODELS = 200;
    private static final String OTHER = "other";
    private static final String[] LABELS = {"route", "service", "provider", "model", "status"};

    private static final double[] LATENCY_SECONDS = {
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300
    };

    private final PrometheusRegistry registry;
    private final Counter requests;
    private final Counter tokens;
    private final Counter cost;
    private final Histogram latency;
    private final Histogram firstToken;
    private final Set<String> models = new HashSet<>();

    public Meters(PrometheusRegistry registry) {
        this.registry = registry;
        this.requests =
                Counter.builder()
                        .name("torii_requests_total")
                        .help("Requests that have ended.")
                        .labelNames(LABELS)
                        .register(registry);
        this.tokens =
                Counter.builder()
                        .name("torii_tokens_total")
                        .help(
                                "Tokens used. cached is a part of prompt, reasoning a part of"
                                        + " completion.")
                        .labelNames("route", "service", "provider", "model", "status", "type")
                        .register(registry);
        this.cost =
                Counter.builder()
                        .name("torii_cost_usd_total")
                        .help("What the tokens cost in USD, where the price is known.")
                        .labelNames(LABELS)
                        .register(registry);
        this.latency = histogram("torii_request_duration_seconds", "From first to last byte.");
        this.firstToken =
                histogram(
                        "torii_time_to_first_token_seconds",
                        "From the request's first byte to the first token of a stream.");
    }

    private Histogram histogram(String name, String help) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .labelNames(LABELS)
                .classicUpperBounds(LATENCY_SECONDS)
                .classicOnly()
                .register(registry);
    }

    /// Shows how many finished requests were lost before they could be counted or written.
    void losses(LongSupplier dropped) {
        CounterWithCallback.builder()
                .name("torii_requests_unrecorded_total")
                .help("Finished requests that did not reach the ledger.")
                .callback(callback -> callback.call((double) dropped.getAsLong()))
                .register(registry);
    }

    void record(RequestSummary request) {
        String route = label(request.route());
        String service = label(request.service());
        String provider = label(request.provider());
        String model = model(request.model());
        String status = request.status() / 100 + "xx";

        requests.labelValues(route, service, provider, model, status).inc();
        latency.labelValues(route, service, provider, model, status)
                .observe(request.latencyMs() / 1000.0);
        if (request.ttftMs() != null) {
            firstToken
                    .labelValues(route, service, provider, model, status)
                    .observe(request.ttftMs() / 1000.0);
        }
        if (request.costUsd() != null) {
            cost.labelValues(route, service, provider, model, status)
                    .inc(request.costUsd().doubleValue());
        }
        count(request.promptTokens(), "prompt", route, service, provider, model, status);
        count(request.completionTokens(), "completion", route, service, provider, model, status);
        count(request.cachedTokens(), "cached", route, service, provider, model, status);
        count(request.reasoningTokens(), "reasoning", route, service, provider, model, status);
    }

    private void count(
            @Nullable Long amount,
            String type,
            String route,
            String service,
            String provider,
            String model,
            String status) {
        if (amount != null && amount > 0) {
            tokens.labelValues(route, service, provider, model, status, type).inc(amount);
        }
    }

    private static String label(@Nullable String value) {
        return value == null ? "" : value;
    }

    private String model(@Nullable String model) {
        if (model == null) {
            return "";
        }
        if (models.contains(model) || (models.size() < MAX_MODELS && models.add(model))) {
            return model;
        }
        return OTHER;
    }
}
