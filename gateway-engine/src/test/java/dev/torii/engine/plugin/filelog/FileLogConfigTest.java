package dev.torii.engine.plugin.filelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.plugin.PluginBench;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLogConfigTest {

    private final PluginBench bench = new PluginBench(new FileLogFactory());

    @TempDir private Path folder;

    private List<String> violations(Path path) {
        return bench.faults("{'path':'" + path + "'}");
    }

    @Test
    void keepsTheFileOpenUnlessToldOtherwise() {
        Path path = folder.resolve("requests.jsonl");

        assertThat(Json.convert(bench.config("{'path':'" + path + "'}"), FileLogConfig.class))
                .isEqualTo(new FileLogConfig(path.toString(), false));
    }

    @Test
    void needsAPath() {
        assertThat(bench.faults("{}")).containsExactly("config.path: required field missing");
    }

    @Test
    void refusesAFolder() {
        assertThat(violations(folder))
                .containsExactly("config.path: " + folder + " is a folder (expected: a file)");
    }

    @Test
    void refusesAFileInAFolderThatIsNotThere() {
        assertThat(violations(folder.resolve("none/requests.jsonl")))
                .containsExactly(
                        "config.path: there is no folder "
                                + folder.resolve("none")
                                + "; create it, or name another");
    }

    @Test
    void refusesTextThatNoFileCanBeNamed() {
        assertThat(bench.faults("{'path':'a\\u0000b'}"))
                .containsExactly("config.path: not a valid filename");
    }

    @Test
    void acceptsAFileThatIsThere() throws IOException {
        assertThat(violations(Files.createFile(folder.resolve("there.jsonl")))).isEmpty();
    }

    @Test
    void refusesLua() {
        Path path = folder.resolve("requests.jsonl");

        assertThat(bench.faults("{'path':'" + path + "','custom_fields_by_lua':{'a':'return 1'}}"))
                .containsExactly(
                        "config.custom_fields_by_lua: Torii runs no Lua; leave"
                                + " custom_fields_by_lua out");
        assertThat(bench.faults("{'path':'" + path + "','custom_fields_by_lua':null}")).isEmpty();
    }
}
