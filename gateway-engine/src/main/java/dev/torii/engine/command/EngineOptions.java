package dev.torii.engine.command;

import dev.torii.model.api.DataFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which running engine a command works on.
final class EngineOptions {

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "The data folder of the engine (default: $TORII_DATA_DIR, or yours).")
    private @Nullable Path dataDir;

    EngineClient connect() {
        return EngineClient.of(
                dataDir == null ? DataFolder.ofThisUser() : dataDir.toAbsolutePath().normalize());
    }
}
