package dev.torii.engine.plugin.prometheus;

import com.google.auto.service.AutoService;
import dev.torii.engine.plugin.PluginContext;
import dev.torii.engine.plugin.PluginFactory;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.engine.plugin.PluginType;
import dev.torii.model.json.Json;
import dev.torii.model.schema.Schema;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Installs `prometheus`. All its handlers count on the same metrics.
@AutoService(PluginFactory.class)
public final class PrometheusFactory implements PluginFactory {

    private static final String NAME = "prometheus";

    private final PluginType type =
            new PluginType(
                    NAME,
                    13,
                    Schema.load(NAME, PrometheusFactory.class, "schema.json"),
                    PluginType.ALL_SCOPES);
    private final Map<PrometheusRegistry, RequestMetrics> requests = new ConcurrentHashMap<>();
    private final Map<PrometheusRegistry, HealthMetrics> health = new ConcurrentHashMap<>();

    @Override
    public PluginType type() {
        return type;
    }

    @Override
    public PluginHandler create(PluginContext context) {
        return new PrometheusHandler(
                Json.convert(context.plugin().config(), PrometheusConfig.class),
                requests.computeIfAbsent(context.metrics(), RequestMetrics::new),
                health.computeIfAbsent(
                        context.metrics(),
                        registry -> new HealthMetrics(registry, context.upstreams())));
    }
}
