package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.openapi.ApiDocument;
import dev.torii.engine.openapi.Operation;
import dev.torii.engine.openapi.Types;

/// What the pages about the node look like.
final class InfoOperations {

    private InfoOperations() {}

    static Operation info(ApiDocument api, String path, Place.Info.Page page) {
        return switch (page) {
            case ROOT ->
                    Operation.of("GET", path, "getNode", "What this node is and can do")
                            .tag("node")
                            .answers(200, "The node.", api.schema("node", InfoOperations::node))
                            .refuses(500);
            case STATUS ->
                    Operation.of("GET", path, "getStatus", "How the node is")
                            .tag("node")
                            .query(
                                    "unit",
                                    "Of the memory figures: bytes, KiB, MiB or GiB.",
                                    oneOf("b", "k", "m", "g"))
                            .query("scale", "Digits after the point.", scale())
                            .answers(200, "Figures.", api.schema("status", InfoOperations::status))
                            .refuses(400, 500);
            case ENABLED_PLUGINS ->
                    Operation.of(
                                    "GET",
                                    path,
                                    "listEnabledPlugins",
                                    "List the plugins that can be used")
                            .tag("node")
                            .answers(200, "Their names.", enabled())
                            .refuses(500);
        };
    }

    private static ObjectNode node() {
        ObjectNode node = Types.object();
        ObjectNode properties = node.putObject("properties");
        for (String name :
                new String[] {"tagline", "version", "edition", "hostname", "lua_version"}) {
            properties.putObject(name).put("type", "string");
        }
        properties.putObject("node_id").put("type", "string").put("format", "uuid");
        for (String name : new String[] {"timers", "plugins", "configuration", "pids"}) {
            properties.set(name, Types.object());
        }
        properties.fieldNames().forEachRemaining(node.putArray("required")::add);
        return node;
    }

    private static ObjectNode status() {
        ObjectNode status = Types.object();
        ObjectNode properties = status.putObject("properties");
        properties.set("memory", Types.object());
        ObjectNode figures = Types.object();
        figures.putObject("additionalProperties").put("type", "integer");
        properties.set("server", figures);
        ObjectNode database = Types.object();
        database.putObject("properties").putObject("reachable").put("type", "boolean");
        properties.set("database", database);
        properties
                .putObject("configuration_hash")
                .put("type", "string")
                .put("description", "Only of a node without a database.");
        status.putArray("required").add("memory").add("server");
        return status;
    }

    private static ObjectNode enabled() {
        ObjectNode enabled = Types.object();
        enabled.putObject("properties").set("enabled_plugins", Types.listOf(Types.text()));
        enabled.putArray("required").add("enabled_plugins");
        return enabled;
    }

    private static ObjectNode oneOf(String... values) {
        ObjectNode schema = Types.text();
        for (String value : values) {
            schema.withArray("enum").add(value);
        }
        return schema;
    }

    private static ObjectNode scale() {
        return Types.integer().put("minimum", 0).put("maximum", 10);
    }
}
