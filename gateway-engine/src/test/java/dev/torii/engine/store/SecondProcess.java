package dev.torii.engine.store;

import java.nio.file.Path;

/// A process that opens a configuration and prints what it is told.
final class SecondProcess {

    private SecondProcess() {}

    public static void main(String[] arguments) {
        try (var _ = SqliteConfigStore.open(Path.of(arguments[0]), Samples.PLUGINS)) {
            System.out.println("opened");
        } catch (StoreException e) {
            System.out.println(e.getMessage());
        }
    }
}
