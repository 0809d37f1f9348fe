package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.config.Relation;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules between entities: what must be unique, what a reference must find, and what becomes of
/// the children of a deleted parent. Asked inside a write, so that nothing changes in between.
final class Constraints {

    private final ConfigSnapshot snapshot;
    private final Drafts drafts;

    /// @param drafts knows the time: what is over does not count
    Constraints(ConfigSnapshot snapshot, Drafts drafts) {
        this.snapshot = snapshot;
        this.drafts = drafts;
    }

    /// @param entity complete and valid
    /// @param replaced the id of the entity whose place it takes; null for a new one
    /// @param input what the client sent
    void check(EntityKind kind, ObjectNode entity, @Nullable String replaced, Input input) {
        drafts.rules(kind).checkAmong(entity, input, snapshot);
        String id = entity.path("id").textValue();
        if (replaced == null && snapshot.find(kind, id) != null) {
            throw Problems.primaryKeyViolation(id);
        }
        for (FieldSpec field : EntitySchemas.of(kind).fields()) {
            if (field.traits().unique() && entity.hasNonNull(field.name())) {
                checkUnique(kind, id, entity, List.of(field.name()));
            }
        }
        List<String> cacheKey = EntitySchemas.of(kind).cacheKey();
        if (cacheKey.size() > 1) {
            checkUnique(kind, id, entity, cacheKey);
        }
        for (FieldSpec field : EntitySchemas.of(kind).fields()) {
            if (field instanceof FieldSpec.Reference reference
                    && entity.get(field.name()) instanceof ObjectNode key) {
                checkReference(reference, key);
            }
        }
    }

    private void checkUnique(EntityKind kind, String id, ObjectNode entity, List<String> fields) {
        for (ObjectNode other : snapshot.alike(kind, fields, entity)) {
            if (!id.equals(other.path("id").textValue()) && !drafts.isOver(kind, other)) {
                ObjectNode key = Json.object();
                fields.forEach(field -> key.set(field, value(entity, field)));
                throw Problems.uniqueViolation(key);
            }
        }
    }

    private static JsonNode value(ObjectNode entity, String field) {
        JsonNode value = entity.get(field);
        return value == null ? NullNode.getInstance() : value;
    }

    private void checkReference(FieldSpec.Reference reference, ObjectNode key) {
        String id = key.path("id").asText();
        boolean there =
                EntityKind.ofSchemaName(reference.target())
                        .map(target -> snapshot.find(target, id) != null)
                        .orElse(false);
        if (!there) {
            throw Problems.noSuchForeign(reference.name(), key, reference.target());
        }
    }

    /// The steps that delete an entity with all that goes with it.
    ///
    /// @throws ProblemException code 4 when something that stays refers to it
    List<Step> removal(EntityKind kind, String id) {
        List<Step> steps = new ArrayList<>();
        remove(kind, id, steps);
        return steps;
    }

    private void remove(EntityKind kind, String id, List<Step> steps) {
        drafts.rules(kind).checkRemoval(id, snapshot);
        List<Relation> relations = Relation.toParent(kind);
        for (Relation relation : relations) {
            if (!relation.cascade()
                    && !drafts.rules(kind).takesAlong(relation.child())
                    && !children(relation, id).isEmpty()) {
                throw Problems.referenced(kind, relation.child());
            }
        }
        steps.add(new Step.Delete(kind, id));
        for (Relation relation : relations) {
            for (ObjectNode child : children(relation, id)) {
                remove(relation.child(), child.path("id").textValue(), steps);
            }
        }
    }

    private List<ObjectNode> children(Relation relation, String parentId) {
        return snapshot.having(relation.child(), relation.field(), parentId);
    }

    /// The steps that belong to the writing of an entity.
    List<Step> beside(EntityKind kind, ObjectNode entity, Input input) {
        return drafts.rules(kind).beside(entity, input, snapshot, drafts.now());
    }

    /// Steps that clear away what is over, with the next write that touches its kind.
    List<Step> overdue(EntityKind kind) {
        return snapshot.all(kind).stream()
                .filter(entity -> drafts.isOver(kind, entity))
                .<Step>map(entity -> new Step.Delete(kind, entity.path("id").textValue()))
                .toList();
    }
}
