package dev.torii.engine.command;

import dev.torii.model.api.DataFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The data folder of a command that starts no engine.
final class DataDirOption {

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description =
                    "The data folder (default: TORII_DATA_DIR, or the usual one of this system).")
    private @Nullable Path dataDir;

    Path path() {
        return dataDir == null ? DataFolder.ofThisUser() : dataDir.toAbsolutePath().normalize();
    }
}
