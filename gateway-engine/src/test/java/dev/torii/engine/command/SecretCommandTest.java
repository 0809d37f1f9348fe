package dev.torii.engine.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torii.engine.gateway.Gateway;
import dev.torii.engine.gateway.Machine;
import dev.torii.engine.settings.Settings;
import dev.torii.model.api.RunningEngine;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SecretCommandTest {

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Gateway gateway;
    private String typed = "Bearer sk-very-secret";

    @BeforeEach
    void start() throws Exception {
        gateway =
                Gateway.start(
                        Settings.onFreePorts(folder), new Machine(Map.of(), Optional.empty()));
        gateway.running().announce(folder);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private int run(String... arguments) {
        var writer = new PrintWriter(out);
        CommandLine line =
                ToriiCommand.commandLine(
                        Map.of(),
                        new BufferedReader(Reader.nullReader()),
                        writer,
                        new PrintWriter(err),
                        new SecretCommand(writer, _ -> typed));
        var all = new String[arguments.length + 3];
        all[0] = "secret";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--data-dir";
        all[arguments.length + 2] = folder.toString();
        return line.execute(all);
    }

    @Test
    void setsListsAndRemovesASecret() {
        assertThat(run("set", "openai")).isZero();
        assertThat(run("set", "openai")).isZero();
        assertThat(run("list")).isZero();
        assertThat(run("remove", "openai")).isZero();
        assertThat(run("list")).isZero();

        assertThat(out.toString().lines())
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                "Stored openai. Use it as {vault://torii/openai}."),
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                "Changed openai. Use it as {vault://torii/openai}."),
                        line -> assertThat(line).isEqualTo("NAME    UPDATED           USED BY"),
                        line ->
                                assertThat(line)
                                        .matches("openai  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  -"),
                        line -> assertThat(line).isEmpty(),
                        line -> assertThat(line).isEqualTo("Their key is in the key file."),
                        line -> assertThat(line).isEqualTo("Removed openai."),
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                "There are no secrets. Add one with: torii secret set NAME"));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void doesNotRemoveWhatIsUsedUnlessForced() throws Exception {
        run("set", "openai");
        try (EngineClient client = EngineClient.of(folder)) {
            client.ask(
                    "POST",
                    "/plugins",
                    Map.of(
                            "name",
                            "ai-proxy",
                            "config",
                            Map.of(
                                    "route_type", "llm/v1/chat",
                                    "auth",
                                            Map.of(
                                                    "header_name", "Authorization",
                                                    "header_value", "{vault://torii/openai}"),
                                    "model", Map.of("provider", "openai"))));
        }

        assertThat(run("list")).isZero();
        assertThat(out.toString()).contains("plugins ai-proxy (config.auth.header_value)");
        assertThat(run("remove", "openai")).isEqualTo(1);
        assertThat(err.toString())
                .contains("still referred to by plugins ai-proxy")
                .contains("delete it all the same with --force");
        assertThat(run("remove", "--force", "openai")).isZero();
    }

    @Test
    void refusesAnEmptyValue() {
        typed = "";

        assertThat(run("set", "openai")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        "torii: the value is empty; type it, or send it to standard input\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {".hidden", "a b", "a/b", "ü"})
    void saysWhatANameLooksLike(String name) {
        assertThat(run("set", name)).isEqualTo(1);

        assertThat(err.toString()).startsWith("torii: name: '" + name + "' (expected: 1 to 128");
    }

    @Test
    void takesNoValueAsAnArgument() {
        assertThat(run("set", "openai", "sk-oops")).isEqualTo(2);

        assertThat(out.toString()).isEmpty();
    }

    @Test
    void saysThatNoEngineRuns() throws Exception {
        RunningEngine.withdraw(folder);

        assertThat(run("list")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("torii: no engine runs on the data folder " + folder)
                .contains("torii start");
    }

    @Test
    void saysThatTheEngineDoesNotAnswer() throws Exception {
        URI nobody = gateway.adminUri();
        gateway.close();
        new RunningEngine(ProcessHandle.current().pid(), "1", nobody, null, nobody, nobody)
                .announce(folder);

        assertThat(run("list")).isEqualTo(1);
        assertThat(err.toString()).startsWith("torii: the engine does not answer on " + nobody);
    }

    @Test
    void readsStandardInputWithoutTheLineEndOfEcho() throws Exception {
        assertThat(piped("sk-1\n")).isEqualTo("sk-1");
        assertThat(piped("sk-1\r\n")).isEqualTo("sk-1");
        assertThat(piped("{\n \"a\": \"ü\"\n}\n\n")).isEqualTo("{\n \"a\": \"ü\"\n}\n");
        assertThatThrownBy(() -> SecretInput.piped(new ByteArrayInputStream(new byte[] {-1})))
                .hasMessage("the value is no text in UTF-8");
    }

    private static String piped(String text) throws Exception {
        return SecretInput.piped(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }
}
