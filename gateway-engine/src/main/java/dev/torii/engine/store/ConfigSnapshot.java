package dev.torii.engine.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.Consumer;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.KeyAuthCredential;
import dev.torii.model.config.Plugin;
import dev.torii.model.config.Route;
import dev.torii.model.config.Service;
import dev.torii.model.json.Json;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All configured entities at one revision. Immutable: the nodes are never changed after they came
/// in here.
public final class ConfigSnapshot {

    private final long revision;
    private final Map<EntityKind, Map<String, ObjectNode>> entities;

    /// @param entities by kind and id; each complete, as the Admin API answers it, with secrets in
    ///   plain text
    public ConfigSnapshot(long revision, Map<EntityKind, Map<String, ObjectNode>> entities) {
        this.revision = revision;
        this.entities = new EnumMap<>(EntityKind.class);
        this.entities.putAll(entities);
    }

    public static ConfigSnapshot empty() {
        return new ConfigSnapshot(0, new EnumMap<>(EntityKind.class));
    }

    /// Counts the changes; 0 before the first.
    public long revision() {
        return revision;
    }

    /// What this becomes by a change: the next revision, with what did not change shared.
    public ConfigSnapshot after(ConfigChange change) {
        Map<EntityKind, Map<String, ObjectNode>> next = new EnumMap<>(EntityKind.class);
        next.putAll(entities);
        Set<EntityKind> copied = EnumSet.noneOf(EntityKind.class);
        for (ConfigChange.Step step : change.steps()) {
            EntityKind kind = step.kind();
            if (copied.add(kind)) {
                next.put(kind, new TreeMap<>(byId(kind)));
            }
            Map<String, ObjectNode> byId = Objects.requireNonNull(next.get(kind));
            switch (step) {
                case ConfigChange.Step.Put put -> byId.put(put.id(), put.entity());
                case ConfigChange.Step.Delete delete -> byId.remove(delete.id());
            }
        }
        return new ConfigSnapshot(revision + 1, next);
    }

    public @Nullable ObjectNode find(EntityKind kind, String id) {
        return byId(kind).get(id);
    }

    /// Ordered by id, as [#byId] is.
    public Collection<ObjectNode> all(EntityKind kind) {
        return byId(kind).values();
    }

    public Map<String, ObjectNode> byId(EntityKind kind) {
        return entities.getOrDefault(kind, Map.of());
    }

    public List<Service> services() {
        return typed(EntityKind.SERVICES, Service.class);
    }

    public List<Route> routes() {
        return typed(EntityKind.ROUTES, Route.class);
    }

    public List<Consumer> consumers() {
        return typed(EntityKind.CONSUMERS, Consumer.class);
    }

    public List<Plugin> plugins() {
        return typed(EntityKind.PLUGINS, Plugin.class);
    }

    public List<KeyAuthCredential> keyAuthCredentials() {
        return typed(EntityKind.KEYAUTH_CREDENTIALS, KeyAuthCredential.class);
    }

    private <T> List<T> typed(EntityKind kind, Class<T> type) {
        return all(kind).stream().map(node -> Json.convert(node, type)).toList();
    }
}
