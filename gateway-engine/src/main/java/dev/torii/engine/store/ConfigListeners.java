package dev.torii.engine.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who is told of each change of a configuration.
final class ConfigListeners {

    private static final Logger log = LoggerFactory.getLogger(ConfigListeners.class);

    private final List<Consumer<ConfigSnapshot>> listeners = new CopyOnWriteArrayList<>();

    void add(Consumer<ConfigSnapshot> listener) {
        listeners.add(listener);
    }

    /// The change is stored, so what a listener throws must not look as if it were not.
    void tell(ConfigSnapshot snapshot) {
        for (Consumer<ConfigSnapshot> listener : listeners) {
            try {
                listener.accept(snapshot);
            } catch (RuntimeException e) {
                log.atError()
                        .addKeyValue("revision", snapshot.revision())
                        .setCause(e)
                        .log(
                                "a change of the configuration is stored but could not be put in force");
            }
        }
    }
}
