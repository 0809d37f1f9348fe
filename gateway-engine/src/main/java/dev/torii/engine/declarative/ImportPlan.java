package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.declarative.PlannedChange.Operation;
import dev.torii.engine.store.ConfigChange;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What an import would do to a configuration.
///
/// @param change the steps, parents before children
/// @param changes the same for people
/// @param entities all that the file describes, by kind and id, as they will be
/// @param notes what was passed over
public record ImportPlan(
        ConfigChange change,
        List<PlannedChange> changes,
        Map<EntityKind, Map<String, ObjectNode>> entities,
        List<String> notes) {

    public ImportPlan {
        changes = List.copyOf(changes);
        notes = List.copyOf(notes);
    }

    static List<PlannedChange> changes(
            ConfigChange change, ConfigSnapshot before, EntityMaker maker) {
        var diff = new EntityDiff(before, before.after(change), maker);
        List<PlannedChange> changes = new ArrayList<>();
        for (ConfigChange.Step step : change.steps()) {
            switch (step) {
                case ConfigChange.Step.Put(var kind, var id, var entity) ->
                        changes.add(diff.of(kind, id, before.find(kind, id), entity));
                case ConfigChange.Step.Delete(var kind, var id) ->
                        changes.add(diff.of(kind, id, before.find(kind, id), null));
            }
        }
        return changes;
    }

    public long count(Operation operation) {
        return changes.stream().filter(change -> change.operation() == operation).count();
    }

    /// The secrets in the entities do not belong in a log.
    @Override
    public String toString() {
        return "ImportPlan" + changes.size();
    }
}
