package dev.torii.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// The assembled `torii`, started as a user starts it, on the JDK that runs the test.
final class ToriiProcess implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path out;
    private final Path err;

    private ToriiProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static Path script() {
        boolean windows =
                System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        return Path.of(System.getProperty("torii.folder"), windows ? "torii.cmd" : "torii");
    }

    static ToriiProcess start(Path scratch, String... arguments) throws IOException {
        return start(script(), scratch, arguments);
    }

    /// @param scratch where its output is kept
    static ToriiProcess start(Path script, Path scratch, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(scratch, "out", ".txt");
        Path err = Files.createTempFile(scratch, "err", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TORII_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return new ToriiProcess(builder.start(), out, err);
    }

    /// Waits for the end and answers the exit code.
    int end() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("torii ends by itself")
                .isTrue();
        return process.exitValue();
    }

    /// SIGTERM, where there are signals.
    void askToStop() {
        process.destroy();
    }

    long pid() {
        return process.pid();
    }

    String out() throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    String err() throws IOException {
        return Files.readString(err, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
