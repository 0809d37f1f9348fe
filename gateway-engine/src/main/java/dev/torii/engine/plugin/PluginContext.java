package dev.torii.engine.plugin;

import dev.torii.engine.balancer.UpstreamHealth;
import dev.torii.model.config.Plugin;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// What a handler is made from.
///
/// @param plugin the configured entity; its config fits the schema and has all defaults
/// @param clock the engine's clock
/// @param metrics where `/metrics` reads
/// @param upstreams how all upstreams in force are when it is asked
public record PluginContext(
        Plugin plugin,
        InstantSource clock,
        PrometheusRegistry metrics,
        Supplier<List<UpstreamHealth>> upstreams) {}
