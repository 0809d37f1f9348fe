package dev.torii.desktop.client;

import dev.torii.model.api.RunningEngine;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The engine on this machine: found by the file that it leaves in the data folder, or started as a
/// process of its own that lives on when the window closes.
public final class EngineProcess implements EngineFinder {

    /// The system property that holds the command which starts an engine, one argument a line.
    public static final String COMMAND_PROPERTY = "torii.engine.command";

    /// What an engine that the window started has said.
    public static final String LOG_FILE = "engine-start.log";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /// Puts the engine into a session of its own, so that Ctrl+C in the terminal of the app does
    /// not end it too.
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final Path dataDir;
    private final List<String> command;

    /// @param command starts an engine; empty when the app was not told how
    public EngineProcess(Path dataDir, List<String> command) {
        this.dataDir = dataDir;
        this.command = List.copyOf(command);
    }

    @Override
    public Optional<URI> find() {
        return RunningEngine.find(dataDir).map(RunningEngine::admin);
    }

    @Override
    public boolean endedInOrder() {
        return !Files.exists(dataDir.resolve(RunningEngine.FILE));
    }

    @Override
    public URI start(Consumer<String> progress) throws EngineStartException, InterruptedException {
        if (command.isEmpty()) {
            throw new EngineStartException(
                    "No engine runs on " + dataDir + ". Start one with: torii start");
        }
        Path log = dataDir.resolve(LOG_FILE);
        Process process;
        try {
            Files.createDirectories(dataDir);
            Files.deleteIfExists(log);
            process =
                    new ProcessBuilder(detached(command))
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
        } catch (IOException e) {
            throw new EngineStartException(
                    "The engine could not be started with "
                            + command.getFirst()
                            + ": "
                            + e.getMessage());
        }
        return awaitAnswer(process, log, progress);
    }

    private URI awaitAnswer(Process process, Path log, Consumer<String> progress)
            throws EngineStartException, InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        String told = "";
        while (Instant.now().isBefore(deadline)) {
            Optional<URI> admin = find();
            if (admin.isPresent()) {
                return admin.get();
            }
            // In this order: what it said before it ended is in the file by now.
            boolean alive = process.isAlive();
            String line = lastLine(log);
            if (!alive) {
                throw new EngineStartException(
                        line.isEmpty()
                                ? "The engine ended with exit code " + process.exitValue()
                                : line);
            }
            if (!line.equals(told)) {
                told = line;
                progress.accept(line);
            }
            Thread.sleep(LOOK_EVERY);
        }
        throw new EngineStartException(
                "The engine did not answer within " + PATIENCE.toSeconds() + " s; see " + log);
    }

    private static List<String> detached(List<String> command) {
        if (!Files.isExecutable(SETSID)) {
            return command;
        }
        List<String> whole = new ArrayList<>(List.of(SETSID.toString()));
        whole.addAll(command);
        return whole;
    }

    private static String lastLine(Path log) {
        try {
            return Files.readString(log, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .reduce("", (before, line) -> line.strip());
        } catch (IOException e) {
            return "";
        }
    }
}
