package dev.torii.engine.gateway;

import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.api.ConfigEvent;
import java.util.function.Consumer;

/// Tells what a change of the configuration changed: an event for each entity.
final class ConfigAnnouncer {

    private final Consumer<ConfigEvent> listener;

    ConfigAnnouncer(Consumer<ConfigEvent> listener) {
        this.listener = listener;
    }

    /// Called for each snapshot in turn.
    void announce(ConfigSnapshot snapshot) {
        snapshot.changes()
                .forEach(change ->
                        listener.accept(
                                new ConfigEvent(
                                        snapshot.revision(),
                                        change.kind().schemaName(),
                                        change.id(),
                                        change.action())));
    }
}
