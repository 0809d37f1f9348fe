package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigChange;
import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.engine.store.ConfigStore;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.Relation;
import dev.torii.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Creates, replaces, merges and deletes entities. All of it happens inside the store's write, on
/// the snapshot that the change applies to, so that concurrent clients lose nothing.
final class EntityWriter {

    private final ConfigStore store;
    private final Drafts drafts;

    EntityWriter(ConfigStore store, Drafts drafts) {
        this.store = store;
        this.drafts = drafts;
    }

    ObjectNode create(EntityKind kind, AdminCall call, ObjectNode fixed) {
        return write(
                call,
                (input, snapshot, constraints) -> {
                    ObjectNode entity = drafts.create(kind, input, fixed, snapshot);
                    return stored(kind, entity, null, input, constraints);
                });
    }

    /// Replaces the entity as a whole, or creates it under the key.
    ObjectNode put(EntityKey key, AdminCall call, ObjectNode fixed) {
        return write(
                call,
                (input, snapshot, constraints) -> {
                    ObjectNode before = living(key, snapshot);
                    call.precondition().check(key, before);
                    ObjectNode decided = fixed.deepCopy();
                    decided.set(key.field(), key.toJson().get(key.field()));
                    if (before != null) {
                        decided.set("id", before.get("id"));
                    } else if (!key.isId()) {
                        decided.putNull("id");
                    }
                    ObjectNode entity = drafts.create(key.kind(), input, decided, snapshot);
                    return stored(
                            key.kind(),
                            entity,
                            before == null ? null : before.path("id").textValue(),
                            input,
                            constraints);
                });
    }

    ObjectNode patch(EntityKey key, AdminCall call, ObjectNode fixed) {
        return write(
                call,
                (input, snapshot, constraints) -> {
                    ObjectNode before = living(key, snapshot);
                    if (before == null) {
                        throw Problems.noSuchEntity(key);
                    }
                    call.precondition().check(key, before);
                    ObjectNode entity = drafts.patch(key.kind(), before, input, fixed, snapshot);
                    return stored(
                            key.kind(), entity, before.path("id").textValue(), input, constraints);
                });
    }

    /// Makes a new parent and lets the child refer to it.
    ObjectNode createParent(EntityKey child, Relation relation, AdminCall call) {
        return write(
                call,
                (input, snapshot, constraints) -> {
                    ObjectNode before = living(child, snapshot);
                    if (before == null) {
                        throw Problems.notFound();
                    }
                    ObjectNode parent =
                            drafts.create(relation.parent(), input, Json.object(), snapshot);
                    Prepared prepared = stored(relation.parent(), parent, null, input, constraints);
                    ObjectNode linked = before.deepCopy();
                    linked.putObject(relation.field()).set("id", parent.get("id"));
                    List<Step> steps = new ArrayList<>(prepared.steps());
                    steps.add(
                            new Step.Put(relation.child(), before.path("id").textValue(), linked));
                    return new Prepared(steps, parent);
                });
    }

    /// Deletes the entity, when it is there, and what goes with it.
    void delete(EntityKey key, AdminCall call) {
        store.write(
                call.client(),
                snapshot -> {
                    ObjectNode entity = key.find(snapshot);
                    call.precondition().check(key, living(key, snapshot));
                    return new ConfigChange(
                            entity == null
                                    ? List.of()
                                    : new Constraints(snapshot, drafts)
                                            .removal(key.kind(), entity.path("id").textValue()));
                });
    }

    private @Nullable ObjectNode living(EntityKey key, ConfigSnapshot snapshot) {
        ObjectNode entity = key.find(snapshot);
        return entity == null || drafts.isOver(key.kind(), entity) ? null : entity;
    }

    private static Prepared stored(
            EntityKind kind,
            ObjectNode entity,
            @Nullable String replaced,
            Input input,
            Constraints constraints) {
        constraints.check(kind, entity, replaced, input);
        List<Step> steps = new ArrayList<>(constraints.overdue(kind));
        steps.add(new Step.Put(kind, entity.path("id").textValue(), entity));
        steps.addAll(constraints.beside(kind, entity, input));
        return new Prepared(steps, entity);
    }

    private ObjectNode write(AdminCall call, Change change) {
        // Read before the store waits for anyone.
        Input input = call.body();
        var result = new AtomicReference<ObjectNode>();
        store.write(
                call.client(),
                snapshot -> {
                    Prepared prepared =
                            change.on(input, snapshot, new Constraints(snapshot, drafts));
                    result.set(prepared.entity());
                    return new ConfigChange(prepared.steps());
                });
        return result.get();
    }

    private interface Change {
        Prepared on(Input input, ConfigSnapshot snapshot, Constraints constraints);
    }

    private record Prepared(List<Step> steps, ObjectNode entity) {}
}
