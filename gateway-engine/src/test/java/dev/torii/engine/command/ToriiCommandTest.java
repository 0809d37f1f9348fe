package dev.torii.engine.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ToriiCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysItsVersionAndTheJavaThatRunsIt() {
        assertThat(run("version")).isZero();
        assertThat(out.toString())
                .matches(
                        "Torii \\d+\\.\\d+\\.\\d+ \\(Java "
                                + Runtime.version().feature()
                                + ".*\\)\\R");
    }

    @Test
    void helpsWithExamples() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("Usage: torii", "version", "Examples:");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void refusesAnUnknownCommandAndSaysWhereToLook() {
        assertThat(run("strat")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("torii: strat: no such command (expected: ")
                .contains("Try: torii --help");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void refusesToGuessACommand() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).startsWith("torii: Missing required subcommand");
    }

    @Test
    void leavesTheDesktopToTheLauncher() {
        assertThat(run("desktop")).isEqualTo(1);
        assertThat(err.toString()).contains("./torii desktop");
    }

    private int run(String... arguments) {
        return ToriiCommand.run(
                Map.of(),
                new BufferedReader(new StringReader("")),
                new PrintWriter(out),
                new PrintWriter(err),
                arguments);
    }
}
