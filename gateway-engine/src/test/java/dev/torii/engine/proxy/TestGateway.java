package dev.torii.engine.proxy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.plugin.PluginHandlers;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.provider.ProviderRegistry;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.engine.vault.References;
import dev.torii.engine.vault.VaultRegistry;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.schema.SchemaDefaults;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The proxy alone, with its configuration given as entities: no store, no Admin API, no ledger.
final class TestGateway implements AutoCloseable {

    private final Map<EntityKind, Map<String, ObjectNode>> entities =
            new EnumMap<>(EntityKind.class);
    private final BlockingQueue<Exchange> ended = new LinkedBlockingQueue<>();
    private final PluginRegistry plugins = PluginRegistry.discovered();
    private final LiveConfig live;
    private final ProxyServer server;
    private long revision;

    TestGateway() throws Exception {
        PluginHandlers handlers =
                new PluginHandlers(plugins, InstantSource.system(), new PrometheusRegistry());
        var references = new References(new VaultRegistry(List.of()), plugins);
        live = new LiveConfig(handlers, references, ConfigSnapshot.empty());
        GatewayServlet servlet =
                new GatewayServlet(live, ProviderRegistry.discovered(), this::record, Clock.SYSTEM);
        server = new ProxyServer("127.0.0.1", 0, servlet);
    }

    private boolean record(Exchange exchange, Runnable onLog) {
        onLog.run();
        ended.add(exchange);
        return true;
    }

    int port() {
        return server.address().getPort();
    }

    /// A bare connection, for what an HTTP client would not do.
    Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port());
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /// The next exchange that has ended; waits for it.
    Exchange takeEnded() throws InterruptedException {
        Exchange exchange = ended.poll(10, TimeUnit.SECONDS);
        if (exchange == null) {
            throw new AssertionError("no exchange ended within 10 s");
        }
        return exchange;
    }

    /// Adds a service and gives its id.
    String service(String json) {
        return put(
                EntityKind.SERVICES,
                json,
                """
                {"protocol":"http","port":80,"path":null,"retries":5,"connect_timeout":60000,
                 "write_timeout":60000,"read_timeout":60000,"enabled":true}\
                """);
    }

    String route(String json) {
        return put(
                EntityKind.ROUTES,
                json,
                """
                {"protocols":["http","https"],"https_redirect_status_code":426,"regex_priority":0,
                 "strip_path":true,"preserve_host":false,"request_buffering":true,"response_buffering":true}\
                """);
    }

    String plugin(String json) {
        ObjectNode plugin = parse(json);
        var schema = plugins.find(plugin.path("name").textValue()).orElseThrow().type().schema();
        ObjectNode config =
                plugin.get("config") instanceof ObjectNode given ? given : Json.object();
        ObjectNode filled = SchemaDefaults.fill(schema, Json.object().set("config", config));
        plugin.set("config", filled.get("config"));
        return put(
                EntityKind.PLUGINS,
                plugin.toString(),
                """
                {"protocols":["http","https"],"enabled":true}\
                """);
    }

    String consumer(String json) {
        return put(EntityKind.CONSUMERS, json, "{}");
    }

    String key(String json) {
        return put(EntityKind.KEYAUTH_CREDENTIALS, json, "{\"created_at\":0}");
    }

    private String put(EntityKind kind, String json, String defaults) {
        ObjectNode entity = parse(defaults);
        entity.setAll(parse(json));
        String id = entity.has("id") ? entity.get("id").textValue() : UUID.randomUUID().toString();
        entity.put("id", id);
        entities.computeIfAbsent(kind, _ -> new LinkedHashMap<>()).put(id, entity);
        Map<EntityKind, Map<String, ObjectNode>> copy = new EnumMap<>(EntityKind.class);
        entities.forEach((key, value) -> copy.put(key, new LinkedHashMap<>(value)));
        revision++;
        live.apply(new ConfigSnapshot(revision, copy));
        return id;
    }

    private static ObjectNode parse(String json) {
        try {
            return (ObjectNode) Json.parse(json);
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        live.close();
    }
}
