package dev.torii.engine.plugin.prometheus;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;

/// Metrics that are shown as long as a handler needs them, and go on from where they were when one
/// comes back.
final class Shown {

    private final PrometheusRegistry registry;
    private final List<Collector> metrics;
    private int handlers;

    Shown(PrometheusRegistry registry, Collector... metrics) {
        this.registry = registry;
        this.metrics = List.of(metrics);
    }

    synchronized void open() {
        if (handlers == 0) {
            metrics.forEach(registry::register);
        }
        handlers++;
    }

    synchronized void close() {
        handlers--;
        if (handlers == 0) {
            metrics.forEach(registry::unregister);
        }
    }
}
