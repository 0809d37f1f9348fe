package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.declarative.EntityMaker.RefusedException;
import dev.torii.engine.store.ConfigChange;
import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.Relation;
import dev.torii.model.json.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Finds the steps from a stored configuration to the one that a file asks for, and whether that
/// one holds together.
final class Planner {

    private final FileDocument document;
    private final List<DesiredEntity> desired;
    private final ConfigSnapshot current;
    private final Faults faults;

    private final Map<EntityKind, Map<String, ObjectNode>> target = new EnumMap<>(EntityKind.class);
    private final Set<String> fromFile = new HashSet<>();

    Planner(FileDocument document, List<DesiredEntity> desired, ConfigSnapshot current) {
        this.document = document;
        this.desired = desired;
        this.current = current;
        this.faults = new Faults(document.root());
    }

    ImportPlan plan(ImportMode mode, EntityMaker maker) throws BadConfigException {
        keep(mode);
        var kept = new KeyIndex();
        desired.forEach(entity -> fromFile.add(entity.id()));
        target.forEach((kind, entities) ->
                entities.forEach((id, entity) -> {
                    if (!fromFile.contains(id)) {
                        kept.put(kind, entity);
                    }
                }));
        for (DesiredEntity entity : desired) {
            checkAgainst(kept, entity);
            of(entity.kind()).put(entity.id(), settled(entity));
        }
        dropOrphans();
        faults.throwIfAny();
        var change = new ConfigChange(steps(), "import");
        ConfigSnapshot after = current.after(change);
        checkAmong(after, maker);
        checkRemovals(change, after, maker);
        faults.throwIfAny();
        return new ImportPlan(
                change,
                new PlannedChanges(current, after, maker).of(change),
                entities(),
                document.notes());
    }

    private Map<String, ObjectNode> of(EntityKind kind) {
        return target.computeIfAbsent(kind, k -> new TreeMap<>());
    }

    /// Stored entities that the file has no say in.
    private void keep(ImportMode mode) {
        List<String> tags = document.selectTags();
        for (EntityKind kind : EntityKind.values()) {
            for (ObjectNode entity : current.all(kind)) {
                if (mode == ImportMode.MERGE || !SelectTags.on(entity, tags)) {
                    of(kind).put(entity.path("id").asText(), entity);
                }
            }
        }
    }

    private void checkAgainst(KeyIndex kept, DesiredEntity entity) {
        ObjectNode other = kept.sharing(entity.kind(), entity.entity());
        if (other != null) {
            faults.add(
                    entity.source(),
                    List.of(),
                    "uniqueness violation: the stored '%s' entity %s has the same %s, and this import leaves it alone"
                            .formatted(
                                    entity.kind().schemaName(),
                                    other.path("id").asText(),
                                    String.join(
                                            ", ", kept.shared(entity.kind(), entity.entity()))));
        }
    }

    /// The stored node itself when nothing but the times would change; so it is no change at all.
    private ObjectNode settled(DesiredEntity desired) {
        ObjectNode stored = current.find(desired.kind(), desired.id());
        ObjectNode fresh = desired.entity();
        if (stored == null) {
            return fresh;
        }
        JsonNode createdAt = stored.get("created_at");
        // A time to live counts from the creation, so a new one makes a new start.
        boolean newLife = fresh.hasNonNull("ttl") && !fresh.path("ttl").equals(stored.path("ttl"));
        if (createdAt != null && !newLife && !desired.source().json().hasNonNull("created_at")) {
            fresh.set("created_at", createdAt);
        }
        return withoutTimes(stored).equals(withoutTimes(fresh)) ? stored : fresh;
    }

    /// As text, in which equal numbers are equal.
    private static String withoutTimes(ObjectNode entity) {
        ObjectNode copy = entity.deepCopy();
        copy.remove(List.of("created_at", "updated_at"));
        return Json.text(copy);
    }

    /// What stays may refer to what goes: with it goes what is part of it, and what is not is a
    /// fault.
    private void dropOrphans() {
        for (EntityKind kind : KindOrder.parentsFirst()) {
            for (Relation link : Relation.ofChild(kind)) {
                List<String> orphans = new ArrayList<>();
                for (var entry : of(kind).entrySet()) {
                    String parent = entry.getValue().path(link.field()).path("id").textValue();
                    if (parent != null && !of(link.parent()).containsKey(parent)) {
                        orphans.add(entry.getKey());
                    }
                }
                for (String orphan : orphans) {
                    if (link.cascade()) {
                        of(kind).remove(orphan);
                    } else {
                        faults.add(
                                List.of(),
                                "the stored '%s' entity %s refers to a '%s' entity that the file deletes"
                                        .formatted(
                                                kind.schemaName(),
                                                orphan,
                                                link.parent().schemaName()));
                    }
                }
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // an unchanged entity is the same node
    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (EntityKind kind : KindOrder.parentsFirst().reversed()) {
            current.byId(kind).keySet().stream()
                    .filter(id -> !of(kind).containsKey(id))
                    .forEach(id -> steps.add(new Step.Delete(kind, id)));
        }
        for (DesiredEntity entity : desired) {
            ObjectNode fresh = of(entity.kind()).get(entity.id());
            if (fresh != null && fresh != current.find(entity.kind(), entity.id())) {
                steps.add(new Step.Put(entity.kind(), entity.id(), fresh));
            }
        }
        return steps;
    }

    private void checkAmong(ConfigSnapshot after, EntityMaker maker) {
        for (DesiredEntity entity : desired) {
            try {
                maker.checkAmong(entity.kind(), entity.entity(), entity.source().json(), after);
            } catch (RefusedException e) {
                e.violations()
                        .forEach(violation ->
                                faults.add(entity.source(), violation.path(), violation.message()));
            }
        }
    }

    private void checkRemovals(ConfigChange change, ConfigSnapshot after, EntityMaker maker) {
        for (Step step : change.steps()) {
            if (step instanceof Step.Delete(var kind, var id)) {
                try {
                    maker.checkRemoval(kind, id, after);
                } catch (RefusedException e) {
                    e.violations().forEach(violation -> faults.add(List.of(), violation.message()));
                }
            }
        }
    }

    private Map<EntityKind, Map<String, ObjectNode>> entities() {
        Map<EntityKind, Map<String, ObjectNode>> entities = new EnumMap<>(EntityKind.class);
        for (DesiredEntity entity : desired) {
            entities.computeIfAbsent(entity.kind(), kind -> new TreeMap<>())
                    .put(entity.id(), of(entity.kind()).get(entity.id()));
        }
        return entities;
    }
}
