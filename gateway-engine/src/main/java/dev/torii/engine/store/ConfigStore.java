package dev.torii.engine.store;

import java.util.function.Consumer;
import java.util.function.Function;

/// Where the configuration lives. Reads cost nothing: they see the snapshot in memory. Writes go
/// one at a time: each sees the snapshot that its predecessor left, and is on disk before it is
/// visible.
public interface ConfigStore extends AutoCloseable {

    ConfigSnapshot snapshot();

    /// Changes the configuration in one transaction.
    ///
    /// @param author the name of the client that changes it, for the history
    /// @param change looks at the current snapshot and says what to change; it runs alone, and what
    ///   it throws leaves everything as it was
    /// @return the snapshot after the change, already durable
    /// @throws StoreException when the disk refuses
    ConfigSnapshot write(String author, Function<ConfigSnapshot, ConfigChange> change);

    /// The changes up to now.
    default ConfigHistory history() {
        return ConfigHistory.NONE;
    }

    /// Calls the listener after each change, in order, on the writer's thread, before `write`
    /// returns; so whoever got an answer to a write finds it in force.
    void onChange(Consumer<ConfigSnapshot> listener);

    @Override
    void close();
}
