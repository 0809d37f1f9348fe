package dev.torii.engine.plugin.prometheus;

/// The settings of `prometheus`: what is counted.
///
/// @param perConsumer whether requests and bytes are told apart by consumer
/// @param upstreamHealthMetrics whether the health of upstreams' targets is shown
/// @param wasmMetrics accepted for Kong's sake; there are no WebAssembly filters
record PrometheusConfig(
        boolean perConsumer,
        boolean statusCodeMetrics,
        boolean aiMetrics,
        boolean latencyMetrics,
        boolean bandwidthMetrics,
        boolean upstreamHealthMetrics,
        boolean wasmMetrics) {}
