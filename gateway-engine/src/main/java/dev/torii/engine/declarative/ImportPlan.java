package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.declarative.PlannedChange.Operation;
import dev.torii.engine.store.ConfigChange;
import dev.torii.model.config.EntityKind;
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

    public long count(Operation operation) {
        return changes.stream().filter(change -> change.operation() == operation).count();
    }

    /// The secrets in the entities do not belong in a log.
    @Override
    public String toString() {
        return "ImportPlan" + changes.size();
    }
}
