package dev.torii.engine.store;

import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.model.config.EntityKind;
import java.nio.file.Path;
import java.util.List;

/// A process that stores consumers for ever and prints the id of each once its write has returned;
/// [KillTest] kills it.
final class KilledWriter {

    private KilledWriter() {}

    public static void main(String[] arguments) {
        var store = SqliteConfigStore.open(Path.of(arguments[0]), Samples.PLUGINS);
        for (int i = 0; ; i++) {
            String id = "consumer-" + i;
            store.write(
                    "test",
                    current ->
                            new ConfigChange(
                                    List.of(
                                            new Step.Put(
                                                    EntityKind.CONSUMERS,
                                                    id,
                                                    Samples.consumer(id, id)))));
            System.out.println(id);
            System.out.flush();
        }
    }
}
