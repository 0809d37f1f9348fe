package dev.torii.engine.vault;

import dev.torii.engine.store.KeyKeeper.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A program of the operating system that is asked a question. Secrets go in by standard input
/// alone, since arguments can be seen by every user of the machine.
final class OsTool {

    private static final int LONGEST_REASON = 200;

    private final Path program;
    private final Duration patience;

    /// @param patience how long it may take; it may wait for a user who unlocks a keychain
    OsTool(Path program, Duration patience) {
        this.program = program;
        this.patience = patience;
    }

    /// Runs it to its end.
    ///
    /// @return what it wrote
    /// @throws UnavailableException when it cannot be run, fails, or takes too long
    String run(String input, List<String> arguments) throws UnavailableException {
        Process process = start(arguments);
        try {
            CompletableFuture<String> answer = reading(process.getInputStream());
            CompletableFuture<String> complaint = reading(process.getErrorStream());
            try (var out = process.getOutputStream()) {
                out.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It ended without reading: its exit code says more.
            }
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failed("does not answer");
            }
            if (process.exitValue() != 0) {
                throw failed(reason(process.exitValue(), text(complaint)));
            }
            return text(answer).strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(List<String> arguments) throws UnavailableException {
        var command = new ArrayList<String>();
        command.add(program.toString());
        command.addAll(arguments);
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw failed("cannot be started");
        }
    }

    private static CompletableFuture<String> reading(InputStream stream) {
        var text = new CompletableFuture<String>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        text.completeExceptionally(new UncheckedIOException(e));
                    }
                });
        return text;
    }

    /// A child that it left behind may hold the pipe open, so the wait has an end.
    private String text(CompletableFuture<String> stream)
            throws UnavailableException, InterruptedException {
        try {
            return stream.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw failed("does not answer");
        }
    }

    private static String reason(int exitCode, String complaint) {
        String line = complaint.strip().lines().findFirst().orElse("");
        return line.isEmpty()
                ? "ended with " + exitCode
                : "says: " + line.substring(0, Math.min(line.length(), LONGEST_REASON));
    }

    private UnavailableException failed(String how) {
        return new UnavailableException(program.getFileName() + " " + how);
    }
}
