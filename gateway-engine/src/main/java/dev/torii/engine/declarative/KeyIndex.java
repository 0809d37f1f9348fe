package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.schema.FieldSpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds entities by what no two of a kind may share.
final class KeyIndex {

    /// @param fields of which the values must differ together
    private record Key(EntityKind kind, List<String> fields, List<JsonNode> values) {}

    private final Map<Key, ObjectNode> entities = new HashMap<>();
    private final Map<EntityKind, Set<String>> ids = new EnumMap<>(EntityKind.class);

    static KeyIndex of(ConfigSnapshot snapshot) {
        var index = new KeyIndex();
        for (EntityKind kind : EntityKind.values()) {
            snapshot.all(kind).forEach(entity -> index.put(kind, entity));
        }
        return index;
    }

    void put(EntityKind kind, ObjectNode entity) {
        ids.computeIfAbsent(kind, k -> new HashSet<>()).add(entity.path("id").asText());
        keys(kind, entity).forEach(key -> entities.put(key, entity));
    }

    /// An entity that shares one of the keys.
    @Nullable ObjectNode sharing(EntityKind kind, ObjectNode entity) {
        return keys(kind, entity).stream()
                .filter(entities::containsKey)
                .findFirst()
                .map(entities::get)
                .orElse(null);
    }

    /// The fields of the first key that another entity has too; empty when there is none.
    List<String> shared(EntityKind kind, ObjectNode entity) {
        return keys(kind, entity).stream()
                .filter(entities::containsKey)
                .findFirst()
                .map(Key::fields)
                .orElse(List.of());
    }

    Optional<String> byId(EntityKind kind, String id) {
        return ids.getOrDefault(kind, Set.of()).contains(id) ? Optional.of(id) : Optional.empty();
    }

    @Nullable ObjectNode find(EntityKind kind, String field, JsonNode value) {
        return entities.get(new Key(kind, List.of(field), List.of(value)));
    }

    private static List<Key> keys(EntityKind kind, ObjectNode entity) {
        var schema = EntitySchemas.of(kind);
        List<Key> keys = new ArrayList<>();
        for (FieldSpec field : schema.fields()) {
            if (field.traits().unique() && entity.hasNonNull(field.name())) {
                keys.add(new Key(kind, List.of(field.name()), List.of(entity.path(field.name()))));
            }
        }
        List<String> together = schema.cacheKey();
        if (together.size() > 1) {
            keys.add(new Key(kind, together, together.stream().map(entity::path).toList()));
        }
        return keys;
    }
}
