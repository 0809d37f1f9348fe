package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.config.Relation;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.Format;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds what the references of a file mean: an entity of the file, by id, by name or by another
/// unique field; and, where the import leaves other entities alone, one that is stored.
final class References {

    private final Map<EntityKind, Map<String, String>> idsInFile = new EnumMap<>(EntityKind.class);
    private final Map<FileEntity, String> ids = new HashMap<>();
    private final @Nullable KeyIndex stored;

    /// @param stored null where only the file counts
    References(@Nullable KeyIndex stored) {
        this.stored = stored;
    }

    /// Remembers an entity, also one that is refused, so that its children are not at fault too.
    void add(FileEntity entity, String id) {
        ids.put(entity, id);
        Map<String, String> names =
                idsInFile.computeIfAbsent(entity.kind(), kind -> new HashMap<>());
        names.put(id, id);
        for (FieldSpec field : EntitySchemas.of(entity.kind()).fields()) {
            JsonNode value = entity.json().get(field.name());
            if (field.traits().unique() && value != null && value.isTextual()) {
                names.putIfAbsent(key(field.name(), value.textValue()), id);
            }
        }
    }

    private static String key(String field, String value) {
        return field + "=" + value;
    }

    Optional<String> idOf(@Nullable FileEntity entity) {
        return Optional.ofNullable(entity).map(ids::get);
    }

    /// The entity with its references by id; what cannot be found is a fault.
    ObjectNode resolved(FileEntity entity, Faults faults) {
        ObjectNode json = entity.json().deepCopy();
        for (Relation link : Relation.ofChild(entity.kind())) {
            String field = link.field();
            if (field.equals(entity.parentField())) {
                idOf(entity.parent()).ifPresent(id -> json.putObject(field).put("id", id));
                continue;
            }
            JsonNode value = json.path(field);
            if (value.isMissingNode() || value.isNull()) {
                continue;
            }
            if (!value.isTextual() && !value.isObject()) {
                faults.add(entity, List.of(field), "expected a string");
                json.set(field, nowhere());
                continue;
            }
            Optional<String> id = find(link.parent(), value);
            if (id.isPresent()) {
                json.set(field, Json.object().put("id", id.get()));
            } else {
                json.set(field, nowhere());
                String shown = value.isTextual() ? value.textValue() : Json.text(value);
                faults.add(
                        entity,
                        List.of(field),
                        "invalid reference '%s: %s' (no such entry in '%s')"
                                .formatted(field, shown, link.parent().schemaName()),
                        kongPath(entity));
            }
        }
        return json;
    }

    /// So that a reference at fault is not missing besides.
    private static ObjectNode nowhere() {
        return Json.object().put("id", new UUID(0, 0).toString());
    }

    /// Kong lists dangling references under the entity's name, else its place.
    private static List<String> kongPath(FileEntity entity) {
        String key = entity.kind().endpointKey();
        String name = key == null ? null : entity.json().path(key).textValue();
        if (name == null) {
            name = entity.json().path("id").textValue();
        }
        return List.of(
                entity.kind().schemaName(), name == null ? entity.path().getLast() : name, "1");
    }

    private Optional<String> find(EntityKind kind, JsonNode value) {
        if (value.isTextual()) {
            String key = kind.endpointKey();
            return byId(kind, value.textValue())
                    .or(() ->
                            key == null ? Optional.empty() : byField(kind, key, value.textValue()));
        }
        for (var entry : value.properties()) {
            if (entry.getValue().isTextual()) {
                String text = entry.getValue().textValue();
                return entry.getKey().equals("id")
                        ? byId(kind, text)
                        : byField(kind, entry.getKey(), text);
            }
        }
        return Optional.empty();
    }

    private Optional<String> byId(EntityKind kind, String id) {
        if (!Format.isUuid(id)) {
            return Optional.empty();
        }
        String sameCase = id.toLowerCase(Locale.ROOT);
        String found = idsInFile.getOrDefault(kind, Map.of()).get(sameCase);
        return found != null || stored == null
                ? Optional.ofNullable(found)
                : stored.byId(kind, sameCase);
    }

    private Optional<String> byField(EntityKind kind, String field, String value) {
        String found = idsInFile.getOrDefault(kind, Map.of()).get(key(field, value));
        if (found != null || stored == null) {
            return Optional.ofNullable(found);
        }
        return Optional.ofNullable(stored.find(kind, field, TextNode.valueOf(value)))
                .map(entity -> entity.path("id").asText());
    }
}
