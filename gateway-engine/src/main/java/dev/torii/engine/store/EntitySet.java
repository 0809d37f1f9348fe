package dev.torii.engine.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// All entities of one kind, with what finds them without looking at each: an index for every
/// unique field, for the fields that are unique together, and for every reference. Immutable; a
/// changed one shares with its predecessor what did not change, so that a write costs the same
/// however many there are.
record EntitySet(
        TreePMap<String, ObjectNode> byId,
        TreePMap<String, Typed> typed,
        List<EntityIndex> indexes) {

    static EntitySet of(EntityKind kind, Map<String, ObjectNode> entities) {
        var byId = TreePMap.fromSortedMap(new TreeMap<>(entities));
        var typed = new TreeMap<String, Typed>();
        byId.forEach((id, entity) -> typed.put(id, new Typed(entity)));
        return new EntitySet(
                byId,
                TreePMap.fromSortedMap(typed),
                indexed(EntitySchemas.of(kind)).stream()
                        .map(fields -> new EntityIndex(fields, byId))
                        .toList());
    }

    private static List<List<String>> indexed(Schema schema) {
        List<List<String>> indexed = new ArrayList<>();
        for (FieldSpec field : schema.fields()) {
            if (field.traits().unique() || field instanceof FieldSpec.Reference) {
                indexed.add(List.of(field.name()));
            }
        }
        if (schema.cacheKey().size() > 1) {
            indexed.add(schema.cacheKey());
        }
        return indexed;
    }

    /// @param entity null deletes
    EntitySet replace(String id, @Nullable ObjectNode entity) {
        ObjectNode before = byId.get(id);
        var after = entity == null ? byId.minus(id) : byId.plus(id, entity);
        return new EntitySet(
                after,
                entity == null ? typed.minus(id) : typed.plus(id, new Typed(entity)),
                indexes.stream().map(index -> index.replace(id, before, entity, after)).toList());
    }

    /// The entities whose fields have the same values as this one's.
    List<ObjectNode> alike(List<String> fields, ObjectNode model) {
        String key = EntityIndex.key(fields, model);
        for (EntityIndex index : indexes) {
            if (index.fields().equals(fields)) {
                return key == null
                        ? List.of()
                        : index.find(key).stream()
                                .map(id -> Objects.requireNonNull(byId.get(id)))
                                .toList();
            }
        }
        return byId.values().stream()
                .filter(entity -> Objects.equals(key, EntityIndex.key(fields, entity)))
                .toList();
    }

    /// An entity as the record that the engine reads, made when it is first asked for and then kept
    /// from snapshot to snapshot; so the record of an unchanged entity is the same object.
    static final class Typed {

        private final ObjectNode json;
        private volatile @Nullable Object value;

        Typed(ObjectNode json) {
            this.json = json;
        }

        <T> T as(Class<T> type) {
            Object made = value;
            if (!type.isInstance(made)) {
                made = Json.convert(json, type);
                value = made;
            }
            return type.cast(made);
        }
    }
}
