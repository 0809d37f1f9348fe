package dev.torii.engine.vault;

import dev.torii.engine.store.KeyKeeper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Finds the keychain of the operating system.
public final class Keychains {

    /// `off` keeps the key in the key file, wherever Torii runs.
    public static final String VARIABLE = "TORII_KEYCHAIN";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Keychains() {}

    /// The keychain, if this machine looks as if it had one; whether it does shows when it is used.
    ///
    /// @param osName as in the system property `os.name`
    public static Optional<KeyKeeper> find(Map<String, String> environment, String osName) {
        if ("off".equalsIgnoreCase(environment.get(VARIABLE))) {
            return Optional.empty();
        }
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("mac")) {
            return tool(Path.of("/usr/bin/security")).map(MacKeychain::new);
        }
        if (os.startsWith("windows")) {
            return tool(Path.of(
                            environment.getOrDefault("SystemRoot", "C:\\Windows"),
                            "System32",
                            "WindowsPowerShell",
                            "v1.0",
                            "powershell.exe"))
                    .map(WindowsProtection::new);
        }
        // Without a session there is nobody who could unlock a keyring.
        return environment.getOrDefault("DBUS_SESSION_BUS_ADDRESS", "").isEmpty()
                ? Optional.empty()
                : onPath("secret-tool", environment)
                        .flatMap(Keychains::tool)
                        .map(SecretService::new);
    }

    private static Optional<OsTool> tool(Path program) {
        return Files.isExecutable(program)
                ? Optional.of(new OsTool(program, PATIENCE))
                : Optional.empty();
    }

    private static Optional<Path> onPath(String program, Map<String, String> environment) {
        return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
