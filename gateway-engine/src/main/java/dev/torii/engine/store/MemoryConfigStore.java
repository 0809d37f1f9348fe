package dev.torii.engine.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A store that forgets everything when it goes: for a configuration that comes from a file.
public final class MemoryConfigStore implements ConfigStore {

    private static final Logger log = LoggerFactory.getLogger(MemoryConfigStore.class);

    private final List<Consumer<ConfigSnapshot>> listeners = new CopyOnWriteArrayList<>();
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
        for (Consumer<ConfigSnapshot> listener : listeners) {
            try {
                listener.accept(snapshot);
            } catch (RuntimeException e) {
                log.atError()
                        .addKeyValue("revision", snapshot.revision())
                        .setCause(e)
                        .log("a change of the configuration could not be put in force");
            }
        }
        return snapshot;
    }

    @Override
    public void onChange(Consumer<ConfigSnapshot> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {}
}
