package dev.torii.engine.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.schema.PluginSchemas;
import dev.torii.model.schema.SchemaReferences;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which fields of an entity may hold references: its kind says, or, of a plugin, its type.
final class ReferenceFields {

    private final PluginSchemas plugins;
    private final Map<EntityKind, SchemaReferences> ofKinds = new ConcurrentHashMap<>();
    private final Map<String, SchemaReferences> ofPlugins = new ConcurrentHashMap<>();

    ReferenceFields(PluginSchemas plugins) {
        this.plugins = plugins;
    }

    interface Visitor {
        void visit(EntityKind kind, String id, ObjectNode entity);
    }

    /// Visits the entities that may hold references.
    void eachEntity(ConfigSnapshot snapshot, Visitor visitor) {
        for (EntityKind kind : EntityKind.values()) {
            if (kind == EntityKind.PLUGINS || !ofKind(kind).isEmpty()) {
                snapshot.byId(kind).forEach((id, entity) -> visitor.visit(kind, id, entity));
            }
        }
    }

    SchemaReferences of(EntityKind kind, ObjectNode entity) {
        return kind == EntityKind.PLUGINS ? ofPlugin(entity.path("name").asText()) : ofKind(kind);
    }

    private SchemaReferences ofKind(EntityKind kind) {
        return ofKinds.computeIfAbsent(kind, k -> SchemaReferences.of(EntitySchemas.of(k)));
    }

    private SchemaReferences ofPlugin(String type) {
        return ofPlugins.computeIfAbsent(
                type,
                name ->
                        plugins.schema(name)
                                .map(SchemaReferences::of)
                                .orElse(SchemaReferences.NONE));
    }
}
