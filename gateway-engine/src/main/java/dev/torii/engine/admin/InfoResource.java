package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.plugin.PluginType;
import dev.torii.engine.store.ConfigStore;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Answers `/`, `/status` and `/plugins/enabled`.
final class InfoResource {

    /// The version of Kong whose Admin API this is; clients decide by it what they may ask for.
    static final String KONG_VERSION = "3.10.0";

    private final ConfigStore store;
    private final PluginRegistry plugins;
    private final Supplier<NodeInfo> node;
    private final StatusReport status;
    private final boolean fileBacked;

    InfoResource(
            ConfigStore store,
            PluginRegistry plugins,
            Supplier<NodeInfo> node,
            StatusReport status,
            boolean fileBacked) {
        this.store = store;
        this.plugins = plugins;
        this.node = node;
        this.status = status;
        this.fileBacked = fileBacked;
    }

    Answer answer(Place.Info.Page page, AdminCall call) {
        return switch (page) {
            case ROOT -> Answer.ok(root());
            case STATUS -> status.answer(call);
            case ENABLED_PLUGINS -> {
                ObjectNode body = Json.object();
                ArrayNode names = body.putArray("enabled_plugins");
                plugins.types().forEach(type -> names.add(type.name()));
                yield Answer.ok(body);
            }
        };
    }

    private ObjectNode root() {
        NodeInfo here = node.get();
        ObjectNode root =
                Json.object()
                        .put("tagline", "Welcome to kong")
                        .put("version", KONG_VERSION)
                        .put("edition", "community")
                        .put("hostname", hostname())
                        .put("node_id", here.nodeId())
                        .put("lua_version", "Java " + Runtime.version().feature());
        root.putObject("timers").put("running", 0).put("pending", 0);
        ObjectNode pluginNames = root.putObject("plugins");
        ObjectNode available = pluginNames.putObject("available_on_server");
        for (PluginType type : plugins.types()) {
            available
                    .putObject(type.name())
                    .put("version", KONG_VERSION)
                    .put("priority", type.priority());
        }
        ArrayNode configured = pluginNames.putArray("enabled_in_cluster");
        var names = new TreeSet<String>();
        store.snapshot()
                .all(EntityKind.PLUGINS)
                .forEach(plugin -> names.add(plugin.path("name").asText()));
        names.forEach(configured::add);
        root.set("configuration", configuration(here));
        long pid = ProcessHandle.current().pid();
        root.putObject("pids").put("master", pid).putArray("workers").add(pid);
        return root;
    }

    private ObjectNode configuration(NodeInfo here) {
        ObjectNode configuration =
                Json.object()
                        // Clients of a stored one write to nothing else; /torii names the true
                        // store.
                        .put("database", fileBacked ? "off" : "postgres")
                        .put("role", "traditional")
                        .put("router_flavor", "traditional_compatible")
                        .put("log_level", LogLevels.USUAL)
                        .put("wasm", false);
        // What Kong's clients show of a database; these are its defaults.
        configuration
                .put("pg_host", "127.0.0.1")
                .put("pg_port", 5432)
                .put("pg_user", "kong")
                .put("pg_password", "******")
                .put("pg_database", "kong")
                .put("pg_ssl", false);
        listener(configuration, "proxy", here.proxy(), false);
        if (here.proxyTls() != null) {
            listener(configuration, "proxy", here.proxyTls(), true);
        }
        listener(configuration, "admin", here.admin(), false);
        listener(configuration, "status", here.status(), false);
        configuration.putArray("admin_gui_listeners");
        ObjectNode loaded = configuration.putObject("loaded_plugins");
        plugins.types().forEach(type -> loaded.put(type.name(), true));
        return configuration;
    }

    private static void listener(
            ObjectNode configuration, String name, InetSocketAddress address, boolean ssl) {
        String ip =
                address.getAddress() == null
                        ? address.getHostString()
                        : address.getAddress().getHostAddress();
        String listen =
                (ip.contains(":") ? "[" + ip + "]" : ip)
                        + ":"
                        + address.getPort()
                        + (ssl ? " ssl" : "");
        configuration.withArrayProperty(name + "_listen").add(listen);
        configuration
                .withArrayProperty(name + "_listeners")
                .addObject()
                .put("ip", ip)
                .put("port", address.getPort())
                .put("ssl", ssl)
                .put("http2", false)
                .put("proxy_protocol", false)
                .put("deferred", false)
                .put("reuseport", false)
                .put("bind", false)
                .put("backlog=%d+", false)
                .put("listener", listen);
    }

    private static String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
