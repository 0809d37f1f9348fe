package dev.torii.model.api;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where Torii keeps a user's configuration, usage and logs.
public final class DataFolder {

    /// The environment variable that names another folder than the usual one.
    public static final String VARIABLE = "TORII_DATA_DIR";

    private static final String NAME = "torii";
    private static final String DISPLAY_NAME = "Torii";

    private DataFolder() {}

    /// The folder that `TORII_DATA_DIR` names, else this system's usual one.
    public static Path ofThisUser() {
        String named = System.getenv(VARIABLE);
        return named == null || named.isBlank()
                ? usual(
                        System.getenv(),
                        System.getProperty("os.name", ""),
                        Path.of(System.getProperty("user.home", ".")))
                : Path.of(named).toAbsolutePath().normalize();
    }

    /// The folder that programs use for such files on this operating system.
    public static Path usual(Map<String, String> environment, String osName, Path home) {
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            return absolute(environment.get("LOCALAPPDATA"))
                    .orElse(home.resolve("AppData").resolve("Local"))
                    .resolve(DISPLAY_NAME);
        }
        if (os.startsWith("mac")) {
            return home.resolve("Library").resolve("Application Support").resolve(DISPLAY_NAME);
        }
        return absolute(environment.get("XDG_DATA_HOME"))
                .orElse(home.resolve(".local").resolve("share"))
                .resolve(NAME);
    }

    /// The XDG rules ask to ignore a relative path; an empty variable means the same as none.
    private static Optional<Path> absolute(@Nullable String value) {
        return Optional.ofNullable(value)
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .filter(Path::isAbsolute);
    }
}
