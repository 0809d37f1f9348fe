package dev.torii.engine.plugin.prometheus;

/// The settings of `prometheus`: what is counted.
///
/// @param perConsumer whether requests and bytes are told apart by consumer
/// @param upstreamHealthMetrics accepted for Kong's sake; there are no upstream targets to report
/// @param wasmMetrics likewise; there are no WebAssembly filters
record PrometheusConfig(
        boolean perConsumer,
        boolean statusCodeMetrics,
        boolean aiMetrics,
        boolean latencyMetrics,
        boolean bandwidthMetrics,
        boolean upstreamHealthMetrics,
        boolean wasmMetrics) {}
