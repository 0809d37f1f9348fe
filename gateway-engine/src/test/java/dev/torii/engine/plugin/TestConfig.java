package dev.torii.engine.plugin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.Plugin;
import dev.torii.model.config.Ref;
import dev.torii.model.config.Route;
import dev.torii.model.json.Json;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A configuration put together in memory.
final class TestConfig {

    private final Map<EntityKind, Map<String, ObjectNode>> entities =
            new EnumMap<>(EntityKind.class);

    TestConfig route(Route route) {
        put(EntityKind.ROUTES, route.id(), route);
        return this;
    }

    /// @param where ids of route, service and consumer, as in `route=r consumer=c`; empty is global
    /// @param config JSON with single quotes
    TestConfig plugin(String id, String name, String where, String config) {
        return plugin(plugin(id, name, where, config, true));
    }

    TestConfig plugin(Plugin plugin) {
        put(EntityKind.PLUGINS, plugin.id(), plugin);
        return this;
    }

    static Plugin plugin(String id, String name, String where, String config, boolean enabled) {
        return new Plugin(
                id,
                name,
                null,
                ref(where, "service"),
                ref(where, "route"),
                ref(where, "consumer"),
                PluginBench.json(config),
                List.of("grpc", "grpcs", "http", "https"),
                enabled,
                null);
    }

    private static @Nullable Ref ref(String where, String kind) {
        for (String part : where.split(" ", -1)) {
            if (part.startsWith(kind + "=")) {
                return new Ref(part.substring(kind.length() + 1));
            }
        }
        return null;
    }

    private void put(EntityKind kind, String id, Object entity) {
        entities.computeIfAbsent(kind, _ -> new LinkedHashMap<>())
                .put(id, Json.MAPPER.valueToTree(entity));
    }

    ConfigSnapshot snapshot() {
        return new ConfigSnapshot(1, entities);
    }
}
