package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.declarative.PlannedChange.FieldChange;
import dev.torii.engine.declarative.PlannedChange.Operation;
import dev.torii.engine.store.ConfigChange;
import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.config.Relation;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.SchemaSecrets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Shows what an import does to entities, field by field, with secrets masked.
final class PlannedChanges {

    private static final Set<String> STAMPS = Set.of("id", "created_at", "updated_at");
    private static final String SECRET_CHANGED = " (changed)";

    private final ConfigSnapshot before;
    private final ConfigSnapshot after;
    private final EntityMaker maker;

    PlannedChanges(ConfigSnapshot before, ConfigSnapshot after, EntityMaker maker) {
        this.before = before;
        this.after = after;
        this.maker = maker;
    }

    List<PlannedChange> of(ConfigChange change) {
        return change.steps().stream()
                .map(step ->
                        switch (step) {
                            case Step.Put(var kind, var id, var entity) ->
                                    of(kind, id, before.find(kind, id), entity);
                            case Step.Delete(var kind, var id) ->
                                    of(kind, id, before.find(kind, id), null);
                        })
                .toList();
    }

    private PlannedChange of(
            EntityKind kind, String id, @Nullable ObjectNode old, @Nullable ObjectNode fresh) {
        if (fresh == null) {
            String name = old == null ? id : name(kind, old, before);
            return new PlannedChange(Operation.DELETE, kind, id, name, List.of());
        }
        Schema schema = maker.schema(kind, fresh);
        ObjectNode base = old == null ? maker.defaults(kind, fresh) : old;
        List<FieldChange> fields = new ArrayList<>();
        Masked masked =
                new Masked(
                        base,
                        fresh,
                        SchemaSecrets.mask(old == null ? schema : maker.schema(kind, old), base),
                        SchemaSecrets.mask(schema, fresh));
        compare("", masked, fields);
        return new PlannedChange(
                old == null ? Operation.CREATE : Operation.UPDATE,
                kind,
                id,
                name(kind, fresh, after),
                fields);
    }

    /// A value before and after, and both fit to be shown.
    private record Masked(
            @Nullable JsonNode old,
            @Nullable JsonNode fresh,
            @Nullable JsonNode shownOld,
            @Nullable JsonNode shownFresh) {

        Masked part(String key) {
            return new Masked(
                    get(old, key), get(fresh, key), get(shownOld, key), get(shownFresh, key));
        }

        private static @Nullable JsonNode get(@Nullable JsonNode node, String key) {
            return node == null ? null : node.get(key);
        }
    }

    private static void compare(String path, Masked value, List<FieldChange> changes) {
        if (same(value.old(), value.fresh())) {
            return;
        }
        if (value.old() instanceof ObjectNode old && value.fresh() instanceof ObjectNode fresh) {
            Set<String> keys = new LinkedHashSet<>();
            old.fieldNames().forEachRemaining(keys::add);
            fresh.fieldNames().forEachRemaining(keys::add);
            for (String key : keys) {
                if (!path.isEmpty() || !STAMPS.contains(key)) {
                    compare(path.isEmpty() ? key : path + "." + key, value.part(key), changes);
                }
            }
            return;
        }
        String before = shown(value.shownOld());
        String after = shown(value.shownFresh());
        changes.add(
                new FieldChange(
                        path, before, before.equals(after) ? after + SECRET_CHANGED : after));
    }

    private static boolean same(@Nullable JsonNode old, @Nullable JsonNode fresh) {
        return shown(old).equals(shown(fresh));
    }

    private static String shown(@Nullable JsonNode value) {
        return value == null || value.isNull() ? "" : Json.text(value);
    }

    /// By the name that the kind has; else by what tells it apart; else by its id.
    static String name(EntityKind kind, ObjectNode entity, ConfigSnapshot snapshot) {
        List<String> parts = new ArrayList<>();
        String key = kind.endpointKey();
        Schema schema = EntitySchemas.of(kind);
        if (key != null && entity.hasNonNull(key) && !isSecret(schema, key)) {
            parts.add(entity.path(key).asText());
        } else {
            schema.cacheKey().stream()
                    .filter(field -> entity.path(field).isTextual() && !isSecret(schema, field))
                    .forEach(field -> parts.add(entity.path(field).textValue()));
        }
        if (parts.isEmpty()) {
            parts.add(entity.path("id").asText());
        }
        for (Relation link : Relation.ofChild(kind)) {
            String parentId = entity.path(link.field()).path("id").textValue();
            ObjectNode parent = parentId == null ? null : snapshot.find(link.parent(), parentId);
            if (parent != null && KindOrder.nests(link)) {
                parts.add("of " + link.field() + " " + ownName(link.parent(), parent));
            }
        }
        return String.join(" ", parts);
    }

    private static String ownName(EntityKind kind, ObjectNode entity) {
        String key = kind.endpointKey();
        return key != null && entity.hasNonNull(key)
                ? entity.path(key).asText()
                : entity.path("id").asText();
    }

    private static boolean isSecret(Schema schema, String field) {
        FieldSpec spec = schema.root().field(field);
        return spec != null && spec.traits().encrypted();
    }
}
