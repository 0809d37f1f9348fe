package dev.torii.engine;

import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.api.ConfigEvent;
import dev.torii.model.config.EntityKind;
import java.util.function.Consumer;

/// Tells what changed from one snapshot to the next: an event for each entity.
final class ConfigAnnouncer {

    private final Consumer<ConfigEvent> listener;
    private ConfigSnapshot last;

    ConfigAnnouncer(ConfigSnapshot first, Consumer<ConfigEvent> listener) {
        this.last = first;
        this.listener = listener;
    }

    /// Called for each snapshot in turn.
    @SuppressWarnings(
            "ReferenceEquality") // an unchanged entity is the same node, see ConfigSnapshot
    void announce(ConfigSnapshot next) {
        for (EntityKind kind : EntityKind.values()) {
            var before = last.byId(kind);
            var after = next.byId(kind);
            after.forEach((id, entity) -> {
                var old = before.get(id);
                if (old != entity) {
                    tell(next, kind, id, old == null ? "create" : "update");
                }
            });
            before.keySet().stream()
                    .filter(id -> !after.containsKey(id))
                    .forEach(id -> tell(next, kind, id, "delete"));
        }
        last = next;
    }

    private void tell(ConfigSnapshot snapshot, EntityKind kind, String id, String op) {
        listener.accept(new ConfigEvent(snapshot.revision(), kind.schemaName(), id, op));
    }
}
