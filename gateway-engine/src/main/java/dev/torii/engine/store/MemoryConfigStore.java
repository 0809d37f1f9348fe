package dev.torii.engine.store;

import java.util.function.Consumer;
import java.util.function.Function;

/// A store that forgets everything when it goes: for a configuration that comes from a file.
public final class MemoryConfigStore implements ConfigStore {

    private final ConfigListeners listeners = new ConfigListeners();
    private volatile ConfigSnapshot snapshot = ConfigSnapshot.empty();

    @Override
    public ConfigSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public synchronized ConfigSnapshot write(
            String author, Function<ConfigSnapshot, ConfigChange> change) {
        ConfigSnapshot after = snapshot.after(change.apply(snapshot));
        if (after.revision() == snapshot.revision()) {
            return snapshot;
        }
        snapshot = after;
        listeners.tell(after);
        return snapshot;
    }

    @Override
    public void onChange(Consumer<ConfigSnapshot> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {}
}
