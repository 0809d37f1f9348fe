package dev.torii.engine.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/// The ids of one kind's entities by the value of a field, or by the values of several together. It
/// is made when it is first asked for, since traffic asks few of them. Immutable.
final class EntityIndex {

    private final List<String> fields;
    private final Map<String, ObjectNode> entities;
    private volatile @Nullable TreePMap<String, TreePSet<String>> made;

    /// Of these entities, by id.
    EntityIndex(List<String> fields, Map<String, ObjectNode> entities) {
        this(fields, entities, null);
    }

    private EntityIndex(
            List<String> fields,
            Map<String, ObjectNode> entities,
            @Nullable TreePMap<String, TreePSet<String>> made) {
        this.fields = fields;
        this.entities = entities;
        this.made = made;
    }

    List<String> fields() {
        return fields;
    }

    private TreePMap<String, TreePSet<String>> ids() {
        TreePMap<String, TreePSet<String>> present = made;
        if (present == null) {
            present = TreePMap.fromSortedMap(read());
            made = present;
        }
        return present;
    }

    private SortedMap<String, TreePSet<String>> read() {
        var ids = new TreeMap<String, TreePSet<String>>();
        entities.forEach((id, entity) -> {
            String key = key(fields, entity);
            if (key != null) {
                ids.merge(key, TreePSet.singleton(id), TreePSet::plusAll);
            }
        });
        return ids;
    }

    /// The index after one entity has become another.
    ///
    /// @param before null for a new one
    /// @param after null for one that is gone
    /// @param all what there is then, by id
    EntityIndex replace(
            String id,
            @Nullable ObjectNode before,
            @Nullable ObjectNode after,
            Map<String, ObjectNode> all) {
        TreePMap<String, TreePSet<String>> next = made;
        if (next == null) {
            return new EntityIndex(fields, all);
        }
        String old = before == null ? null : key(fields, before);
        String now = after == null ? null : key(fields, after);
        if (old == null ? now != null : !old.equals(now)) {
            if (old != null) {
                TreePSet<String> left = next.getOrDefault(old, TreePSet.empty()).minus(id);
                next = left.isEmpty() ? next.minus(old) : next.plus(old, left);
            }
            if (now != null) {
                next = next.plus(now, next.getOrDefault(now, TreePSet.empty()).plus(id));
            }
        }
        return new EntityIndex(fields, all, next);
    }

    Collection<String> find(String key) {
        return ids().getOrDefault(key, TreePSet.empty());
    }

    /// What these fields of an entity come to; null when the one field is not set. Of several each
    /// counts, set or not.
    static @Nullable String key(List<String> fields, ObjectNode entity) {
        if (fields.size() == 1) {
            JsonNode value = entity.path(fields.getFirst());
            return value.isNull() || value.isMissingNode() ? null : text(value);
        }
        ArrayNode values = Json.array();
        for (String field : fields) {
            JsonNode value = entity.path(field);
            values.add(value.isNull() || value.isMissingNode() ? null : text(value));
        }
        return Json.text(values);
    }

    /// Of a reference its id counts.
    private static String text(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        return value.isObject() && value.path("id").isTextual()
                ? value.path("id").textValue()
                : Json.text(value);
    }
}
