package dev.torii.engine.plugin;

import dev.torii.model.config.Plugin;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;

/// What a handler is made from.
///
/// @param plugin the configured entity; its config fits the schema and has all defaults
/// @param clock the engine's clock
/// @param metrics where `/metrics` reads
public record PluginContext(Plugin plugin, InstantSource clock, PrometheusRegistry metrics) {}
