package dev.torii.engine.plugin;

import dev.torii.engine.balancer.UpstreamHealth;
import dev.torii.model.api.UnresolvedReference;
import dev.torii.model.config.Plugin;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a handler is made from.
///
/// @param plugin the configured entity; its config fits the schema and has all defaults
/// @param clock the engine's clock
/// @param metrics where `/metrics` reads
/// @param upstreams how all upstreams in force are when it is asked
/// @param missing secret fields that stand for nothing; see [PluginFactory#runsWithout]
public record PluginContext(
        Plugin plugin,
        InstantSource clock,
        PrometheusRegistry metrics,
        Supplier<List<UpstreamHealth>> upstreams,
        List<UnresolvedReference> missing) {

    /// What a part of the config is missing, in words; null when it has all its secrets.
    ///
    /// @param part its dotted path, such as `config.auth`
    public @Nullable String missingIn(String part) {
        return missing.stream()
                .filter(each -> each.field().startsWith(part + "."))
                .map(UnresolvedReference::sentence)
                .findFirst()
                .orElse(null);
    }
}
