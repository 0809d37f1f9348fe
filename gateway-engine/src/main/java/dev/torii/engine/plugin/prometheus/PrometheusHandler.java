package dev.torii.engine.plugin.prometheus;

import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.MatchedRoute;
import dev.torii.engine.exchange.Outcome;
import dev.torii.engine.exchange.Timings;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.engine.plugin.WireSize;
import dev.torii.model.config.Consumer;
import dev.torii.model.config.Service;
import dev.torii.model.llm.TokenUsage;
import io.prometheus.metrics.core.metrics.Histogram;

/// Counts an exchange once it has ended. Requests that match no route are left out, so that nobody
/// makes up labels from outside.
final class PrometheusHandler implements PluginHandler {

    private static final String WORKSPACE = "default";

    /// Labels of things that Torii has not: caches and embeddings of an LLM call.
    private static final String NONE = "";

    private final PrometheusConfig config;
    private final RequestMetrics metrics;
    private final HealthMetrics health;

    PrometheusHandler(PrometheusConfig config, RequestMetrics metrics, HealthMetrics health) {
        this.config = config;
        this.metrics = metrics;
        this.health = health;
        metrics.open();
        if (config.upstreamHealthMetrics()) {
            health.open();
        }
    }

    @Override
    public void close() {
        metrics.close();
        if (config.upstreamHealthMetrics()) {
            health.close();
        }
    }

    @Override
    public void onLog(Exchange exchange) {
        MatchedRoute match = exchange.match();
        if (match != null) {
            Service matched = match.service();
            String service = matched == null ? "" : matched.label();
            String route = match.route().label();
            countTraffic(exchange, service, route);
            if (config.latencyMetrics()) {
                observeLatencies(exchange.timings(), service, route);
            }
        }
        LlmCall llm = exchange.llm();
        if (config.aiMetrics() && llm != null && llm.logStatistics()) {
            countLlm(llm, exchange.timings());
        }
    }

    private void countTraffic(Exchange exchange, String service, String route) {
        Consumer known = exchange.consumer();
        String consumer = config.perConsumer() && known != null ? username(known) : "";
        Outcome outcome = exchange.outcome();
        if (config.statusCodeMetrics()) {
            String code = Integer.toString(outcome.status());
            String source = outcome.source() == Outcome.Source.UPSTREAM ? "service" : "kong";
            metrics.requests.labelValues(service, route, code, source, WORKSPACE, consumer).inc();
        }
        if (config.bandwidthMetrics()) {
            metrics.bytes
                    .labelValues(service, route, "ingress", WORKSPACE, consumer)
                    .inc((double) WireSize.request(exchange));
            metrics.bytes
                    .labelValues(service, route, "egress", WORKSPACE, consumer)
                    .inc((double) WireSize.response(exchange));
        }
    }

    private static String username(Consumer consumer) {
        String username = consumer.username();
        return username == null ? "" : username;
    }

    private void observeLatencies(Timings timings, String service, String route) {
        observe(metrics.gatewayLatency, timings.gatewayMillis(), service, route, WORKSPACE);
        observe(metrics.requestLatency, timings.totalMillis(), service, route, WORKSPACE);
        if (timings.upstreamMillis() >= 0) {
            observe(metrics.upstreamLatency, timings.upstreamMillis(), service, route, WORKSPACE);
        }
    }

    private static void observe(Histogram histogram, long millis, String... labels) {
        histogram.labelValues(labels).observe((double) millis);
    }

    private void countLlm(LlmCall llm, Timings timings) {
        String asked = llm.target().model();
        String model = metrics.models.label(asked == null ? "UNSPECIFIED" : asked);
        String provider = llm.target().provider();
        String[] labels = {provider, model, NONE, NONE, NONE, NONE, WORKSPACE};
        metrics.llmRequests.labelValues(labels).inc();
        if (llm.costUsd() != null && llm.costUsd().signum() > 0) {
            metrics.llmCost.labelValues(labels).inc(llm.costUsd().doubleValue());
        }
        long latency = timings.totalMillis() - timings.gatewayMillis();
        if (latency > 0) {
            observe(metrics.llmLatency, latency, labels);
        }
        TokenUsage usage = llm.usage();
        if (usage != null) {
            countTokens(provider, model, "prompt_tokens", usage.promptTokens());
            countTokens(provider, model, "completion_tokens", usage.completionTokens());
            countTokens(provider, model, "total_tokens", usage.totalTokens());
        }
    }

    private void countTokens(String provider, String model, String type, long tokens) {
        if (tokens > 0) {
            metrics.llmTokens
                    .labelValues(provider, model, NONE, NONE, NONE, NONE, type, WORKSPACE)
                    .inc(tokens);
        }
    }
}
