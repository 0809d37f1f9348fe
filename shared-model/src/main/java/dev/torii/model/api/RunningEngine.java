package dev.torii.model.api;

import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The engine that works on a data folder, as it says itself in a file there: how the desktop app
/// finds the one that runs, and how a second engine knows whom to name.
///
/// @param pid its process
/// @param version Torii's version
/// @param proxy where applications send their requests
/// @param proxyTls where they may send them over TLS; null for nowhere
/// @param admin the Admin API
/// @param status `/status` and `/metrics`
public record RunningEngine(
        long pid, String version, URI proxy, @Nullable URI proxyTls, URI admin, URI status) {

    /// The file in the data folder; it is there while an engine runs, and after one was killed.
    public static final String FILE = "engine.json";

    public RunningEngine {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(proxy, "proxy");
        Objects.requireNonNull(admin, "admin");
        Objects.requireNonNull(status, "status");
    }

    /// The engine that the folder's file names, when its process is alive.
    public static Optional<RunningEngine> find(Path dataDir) {
        try {
            return Optional.of(
                            Json.convert(
                                    Json.parse(Files.readAllBytes(dataDir.resolve(FILE))),
                                    RunningEngine.class))
                    .filter(engine -> ProcessHandle.of(engine.pid()).isPresent());
        } catch (IOException | MalformedJsonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Says to whoever looks that this engine works here. A reader sees the old file or the new
    /// one, never half of it.
    public void announce(Path dataDir) throws IOException {
        Path draft = dataDir.resolve(FILE + ".new");
        Files.write(draft, Json.bytes(this));
        Files.move(draft, dataDir.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    public static void withdraw(Path dataDir) throws IOException {
        Files.deleteIfExists(dataDir.resolve(FILE));
    }
}
