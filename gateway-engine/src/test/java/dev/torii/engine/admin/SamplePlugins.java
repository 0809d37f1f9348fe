package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.plugin.PluginContext;
import dev.torii.engine.plugin.PluginFactory;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.engine.plugin.PluginType;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.Violation;
import java.util.List;

/// Two plugins that do nothing but have settings.
final class SamplePlugins {

    private SamplePlugins() {}

    /// `limits`: for all scopes, with a rule of its own beside its schema.
    static final class Limits implements PluginFactory {

        @Override
        public PluginType type() {
            return new PluginType(
                    "limits",
                    910,
                    schema(
                            "limits",
                            """
                            {"fields": [
                              {"protocols": {"type": "set", "required": true,
                                "default": ["grpc", "grpcs", "http", "https"],
                                "elements": {"type": "string", "one_of": ["grpc", "grpcs", "http", "https"]}}},
                              {"config": {"type": "record", "required": true, "fields": [
                                {"minute": {"type": "integer", "gt": 0}},
                                {"hour": {"type": "integer", "gt": 0}},
                                {"names": {"type": "array", "elements": {"type": "string"}, "default": ["a"]}},
                                {"redis": {"type": "record", "required": false, "fields": [
                                  {"host": {"type": "string", "required": true}},
                                  {"port": {"type": "integer", "default": 6379}},
                                  {"tls": {"type": "record", "fields": [
                                    {"name": {"type": "string", "match": "^[a-z]+$"}}]}}]}},
                                {"secret": {"type": "string", "encrypted": true}}
                              ], "entity_checks": [{"at_least_one_of": ["minute", "hour"]}]}}
                            ]}
                            """),
                    PluginType.ALL_SCOPES);
        }

        @Override
        public List<Violation> check(ObjectNode config) {
            return config.path("minute").asLong() > config.path("hour").asLong(Long.MAX_VALUE)
                    ? List.of(Violation.of("must not exceed 'hour'", "minute"))
                    : List.of();
        }

        @Override
        public PluginHandler create(PluginContext context) {
            return new PluginHandler() {};
        }
    }

    /// `auth`: not for consumers.
    static final class Auth implements PluginFactory {

        @Override
        public PluginType type() {
            return new PluginType(
                    "auth",
                    1250,
                    schema(
                            "auth",
                            """
                            {"fields": [
                              {"consumer": {"type": "foreign", "reference": "consumers", "eq": null}},
                              {"config": {"type": "record", "required": true, "fields": [
                                {"hide": {"type": "boolean", "required": true, "default": false}}]}}
                            ]}
                            """),
                    PluginType.NO_CONSUMER);
        }

        @Override
        public PluginHandler create(PluginContext context) {
            return new PluginHandler() {};
        }
    }

    private static Schema schema(String name, String json) {
        try {
            return Schema.parse(name, (ObjectNode) Json.parse(json));
        } catch (MalformedJsonException e) {
            throw new IllegalStateException(e);
        }
    }
}
