package dev.torii.engine.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.gateway.Gateway;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.settings.Settings;
import dev.torii.engine.store.ConfigStore;
import dev.torii.engine.store.SqliteConfigStore;
import dev.torii.model.config.EntityKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `torii config …`, on a data folder and against an engine that runs.
final class ConfigCommandsTest {

    private static final String KEY = "annas-key-for-this-test";
    private static final String FILE =
            """
            _format_version: "3.0"
            services:
            - name: one
              host: one.test
              routes:
              - {name: first, paths: [/first]}
            consumers:
            - username: anna
              keyauth_credentials: [{key: %s}]
            """
                    .formatted(KEY);

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String typed = "";
    private Path file;
    private Path data;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("kong.yaml"), FILE);
        data = folder.resolve("data");
    }

    @Test
    void importsIntoADataFolderAndThenHasNothingToDo() {
        assertThat(config("import", file, "--yes")).isZero();
        assertThat(out.toString())
                .contains(
                        "+ services one",
                        "    host: \"one.test\"",
                        "+ routes first of service one",
                        "4 to create, 0 to change, 0 to delete.",
                        "Done: revision 1.")
                .doesNotContain(KEY);
        assertThat(stored()).isEqualTo(4);

        out.getBuffer().setLength(0);
        assertThat(config("import", file)).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("No differences.\n");
        assertThat(config("diff", file)).isZero();
    }

    @Test
    void changesNothingInADryRunOrWhenNobodySaysYes() {
        assertThat(config("import", file, "--dry-run")).isZero();
        assertThat(config("import", file)).isEqualTo(1);
        typed = "n\n";
        assertThat(config("import", file)).isEqualTo(1);
        assertThat(err.toString()).contains("nothing was changed, since nobody said yes");
        assertThat(stored()).isZero();

        typed = "y\n";
        assertThat(config("import", file)).isZero();
        assertThat(stored()).isEqualTo(4);
    }

    @Test
    void refusesAFileWithAllItsFaultsAndChangesNothing() throws IOException {
        Files.writeString(
                file,
                "_format_version: '3.0'\nservices:\n- {name: a, port: x}\n- {name: b, host: b}\n");

        assertThat(config("import", file, "--yes")).isEqualTo(1);
        assertThat(config("diff", file)).isEqualTo(1);
        assertThat(config("validate", file)).isEqualTo(1);

        assertThat(err.toString())
                .contains(
                        file + " has 2 faults, so nothing was changed",
                        file + ":3:3: services[1].host: required field missing",
                        file + ":3:13: services[1].port: expected an integer");
        assertThat(stored()).isZero();
    }

    @Test
    void saysThatAFileIsRightOrMissing() {
        assertThat(config("validate", file)).isZero();
        assertThat(out.toString()).contains(file + " is right: 4 entities.");
        assertThat(config("validate", folder.resolve("nowhere.yaml"))).isEqualTo(2);
        assertThat(err.toString()).contains("(expected: a file that exists)");
    }

    @Test
    void tellsADifferenceByItsExitCode() {
        assertThat(config("diff", file)).isEqualTo(3);
        assertThat(stored()).isZero();
    }

    @Test
    void exportsWhatItImportedAndMasksSecretsWhenAsked() throws IOException {
        config("import", file, "--yes");
        Path export = folder.resolve("export.yaml");

        assertThat(config("export", export)).isZero();
        assertThat(Files.readString(export))
                .isEqualTo(
                        """
                        _format_version: "3.0"
                        services:
                        - name: one
                          host: one.test
                          routes:
                          - name: first
                            paths:
                            - /first
                        consumers:
                        - username: anna
                          keyauth_credentials:
                          - key: %s
                        """
                                .formatted(KEY));
        assertThat(config("diff", export)).isZero();

        out.getBuffer().setLength(0);
        assertThat(run("config", "export", "--mask-secrets", "--data-dir", data.toString()))
                .isZero();
        assertThat(out.toString()).startsWith("# The secrets are masked").doesNotContain(KEY);
    }

    @Test
    void saysWhatAnExportLeavesOut() throws Exception {
        Files.writeString(
                file,
                """
                _format_version: "3.0"
                vaults: [{prefix: llm, name: torii}]
                plugins:
                - name: ai-models
                  config: {targets: [{model: {provider: ollama}}]}
                """);
        assertThat(config("import", file, "--yes")).isZero();
        Path export = folder.resolve("export.json");
        String others =
                "the secrets in Torii's vault, the history and the usage, which are no"
                        + " configuration.";
        String told =
                "Left out: what only Torii understands (plugins: 1, vaults: 1), which --torii adds; "
                        + others;

        assertThat(config("export", export)).isZero();
        assertThat(err.toString()).isEqualToIgnoringNewLines(told);
        err.getBuffer().setLength(0);
        assertThat(config("export", export, "--torii")).isZero();
        assertThat(err.toString()).isEqualToIgnoringNewLines("Left out: " + others);
        err.getBuffer().setLength(0);
        try (DataDir dataDir = DataDir.open(data);
                Gateway gateway = Gateway.start(Settings.onFreePorts(data))) {
            dataDir.announce(gateway.running());
            assertThat(config("export", export)).isZero();
        }
        assertThat(err.toString()).isEqualToIgnoringNewLines(told);
        assertThat(Files.readString(export)).doesNotContain("Left out", "left_out");
    }

    @Test
    void worksAgainstTheEngineThatRuns() throws Exception {
        Settings settings = Settings.onFreePorts(data);
        try (DataDir dataDir = DataDir.open(data);
                Gateway gateway = Gateway.start(settings)) {
            dataDir.announce(gateway.running());

            assertThat(config("diff", file)).isEqualTo(3);
            assertThat(config("import", file, "--yes")).isZero();
            assertThat(config("diff", file)).isZero();
            Files.writeString(file, "_format_version: '3.0'\nservices:\n- {name: a}\n");
            assertThat(config("import", file, "--yes")).isEqualTo(1);
            assertThat(err.toString()).contains(":3:3: services[1].host: required field missing");

            Path export = folder.resolve("export.json");
            assertThat(config("export", export)).isZero();
            assertThat(config("diff", export)).isZero();
        }
        assertThat(stored()).isEqualTo(4);
    }

    private int config(String command, Path argument, String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "config";
        arguments[1] = command;
        arguments[2] = argument.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        if (command.equals("validate")) {
            return run(arguments);
        }
        String[] placed = Arrays.copyOf(arguments, arguments.length + 2);
        placed[arguments.length] = "--data-dir";
        placed[arguments.length + 1] = data.toString();
        return run(placed);
    }

    private int run(String... arguments) {
        return ToriiCommand.run(
                Map.of(),
                new BufferedReader(new StringReader(typed)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                arguments);
    }

    private int stored() {
        try (DataDir _ = DataDir.open(data);
                ConfigStore store = SqliteConfigStore.open(data, PluginRegistry.discovered())) {
            int count = 0;
            for (EntityKind kind : EntityKind.values()) {
                count += store.snapshot().all(kind).size();
            }
            return count;
        }
    }
}
