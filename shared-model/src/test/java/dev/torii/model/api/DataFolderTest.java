package dev.torii.model.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DataFolderTest {

    private static final Path HOME = Path.of("/home/hana").toAbsolutePath();

    @Test
    void linuxFollowsTheXdgVariableWhenItIsAbsolute() {
        Path xdg = Path.of("/srv/hana").toAbsolutePath();

        assertThat(DataFolder.usual(Map.of("XDG_DATA_HOME", xdg.toString()), "Linux", HOME))
                .isEqualTo(xdg.resolve("torii"));
        assertThat(DataFolder.usual(Map.of("XDG_DATA_HOME", "data"), "Linux", HOME))
                .isEqualTo(HOME.resolve(".local/share/torii"));
    }

    @Test
    void linuxHasADefault() {
        assertThat(DataFolder.usual(Map.of(), "Linux", HOME))
                .isEqualTo(HOME.resolve(".local/share/torii"));
    }

    @Test
    void macUsesApplicationSupport() {
        assertThat(DataFolder.usual(Map.of(), "Mac OS X", HOME))
                .isEqualTo(HOME.resolve("Library/Application Support/Torii"));
    }

    @Test
    void windowsUsesTheLocalProfile() {
        Path local = Path.of("/profiles/hana/AppData/Local").toAbsolutePath();

        assertThat(DataFolder.usual(Map.of("LOCALAPPDATA", local.toString()), "Windows 11", HOME))
                .isEqualTo(local.resolve("Torii"));
        assertThat(DataFolder.usual(Map.of(), "Windows 11", HOME))
                .isEqualTo(HOME.resolve("AppData/Local/Torii"));
    }
}
