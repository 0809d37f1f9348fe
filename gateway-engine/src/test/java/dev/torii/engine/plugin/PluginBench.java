package dev.torii.engine.plugin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.balancer.UpstreamHealth;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.RouteFormat;
import dev.torii.model.config.Plugin;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.schema.SchemaDefaults;
import dev.torii.model.schema.SchemaValidator;
import dev.torii.model.schema.Violation;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Makes handlers of a plugin as the engine does: defaults filled in, schema and factory asked.
/// Configurations are written as JSON with single quotes.
public final class PluginBench {

    public static final String PLUGIN_ID = "11111111-2222-4333-8444-555555555555";

    private final PluginFactory factory;
    private final PrometheusRegistry metrics;
    private final Supplier<List<UpstreamHealth>> upstreams;

    public PluginBench(PluginFactory factory) {
        this(factory, new PrometheusRegistry(), List::of);
    }

    /// @param upstreams what handlers are told of the upstreams
    public PluginBench(
            PluginFactory factory,
            PrometheusRegistry metrics,
            Supplier<List<UpstreamHealth>> upstreams) {
        this.factory = factory;
        this.metrics = metrics;
        this.upstreams = upstreams;
    }

    /// What is wrong with the configuration, each as `path: message`.
    public List<String> faults(String config) {
        return faults(Json.object(), config);
    }

    private List<String> faults(ObjectNode entity, String config) {
        return violations(complete(entity, config)).stream()
                .map(violation -> violation.pointer() + ": " + violation.message())
                .toList();
    }

    /// What is wrong with the configuration and with the fields around it.
    ///
    /// @param fields more fields of the plugin, such as `'consumer':{…}`
    public List<String> faults(String config, String fields) {
        return faults(json("{" + fields + "}"), config);
    }

    /// The configuration with its defaults.
    public ObjectNode config(String config) {
        return (ObjectNode) complete(config).get("config");
    }

    public PluginHandler handler(String config) {
        ObjectNode complete = complete(config);
        List<Violation> violations = violations(complete);
        if (!violations.isEmpty()) {
            throw new IllegalArgumentException("not a valid configuration: " + violations);
        }
        var plugin =
                new Plugin(
                        PLUGIN_ID,
                        factory.type().name(),
                        null,
                        null,
                        null,
                        null,
                        (ObjectNode) complete.get("config"),
                        List.of("http", "https"),
                        true,
                        null);
        return factory.create(
                new PluginContext(plugin, InstantSource.system(), metrics, upstreams, List.of()));
    }

    /// How the plugin decides: `proceed`, or status and body of its answer.
    public static String decision(PluginHandler handler, Exchange exchange) {
        RouteFormat format = handler.format();
        exchange.format(() -> format == null ? RouteFormat.USUAL : format);
        return switch (handler.onRequest(exchange)) {
            case Decision.Proceed() -> "proceed";
            case Decision.Answer(int status, _, String body) -> status + " " + body;
            case Decision.Refuse(int status, String message, _) -> status + " " + message;
            case Decision.LlmRefuse(_, String message) -> refused(message);
        };
    }

    /// How the AI plugins refuse.
    public static String refused(String message) {
        return "400 "
                + Json.text(Json.object().set("error", Json.object().put("message", message)));
    }

    private ObjectNode complete(String config) {
        return complete(Json.object(), config);
    }

    private ObjectNode complete(ObjectNode entity, String config) {
        entity.set("config", json(config));
        return SchemaDefaults.fill(factory.type().schema(), entity);
    }

    private List<Violation> violations(ObjectNode entity) {
        List<Violation> all =
                new ArrayList<>(SchemaValidator.validate(factory.type().schema(), entity));
        if (all.isEmpty()) {
            for (Violation violation : factory.check((ObjectNode) entity.get("config"))) {
                List<String> path = new ArrayList<>(violation.path());
                path.addFirst("config");
                all.add(new Violation(path, violation.message()));
            }
        }
        return all;
    }

    /// The JSON object that this says with single quotes.
    public static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.parse(text.replace('\'', '"'));
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
