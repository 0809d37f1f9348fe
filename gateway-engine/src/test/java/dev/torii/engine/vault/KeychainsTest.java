package dev.torii.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torii.engine.store.KeyKeeper;
import dev.torii.engine.store.KeyKeeper.UnavailableException;
import dev.torii.model.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The system's own tools, played by scripts that note how they are called.
@DisabledOnOs(OS.WINDOWS)
class KeychainsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Secret KEY = new Secret("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    @TempDir private Path folder;

    /// @param body where FOLDER stands for the test's folder
    private Path script(String name, String body) throws IOException {
        Path script = folder.resolve(name);
        String text = "#!/bin/sh\nprintf '%s\\n' \"$*\" >> FOLDER/calls\n" + body + "\n";
        Files.writeString(script, text.replace("FOLDER", folder.toString()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }

    private OsTool tool(String name, String body) throws IOException {
        return new OsTool(script(name, body), PATIENCE);
    }

    private String calls() throws IOException {
        return Files.readString(folder.resolve("calls"));
    }

    @Test
    void theSecretServiceGetsTheKeyByStandardInput() throws Exception {
        KeyKeeper keeper =
                new SecretService(
                        tool(
                                "secret-tool",
                                "if [ $1 = store ]; then cat > FOLDER/kept; else cat FOLDER/kept; fi"));

        String token = keeper.keep(KEY);

        assertThat(keeper.find(token)).isEqualTo(KEY);
        assertThat(calls())
                .contains("store", "lookup service torii id " + token)
                .doesNotContain(KEY.reveal());
    }

    @Test
    void theMacKeychainGetsTheKeyByStandardInput() throws Exception {
        KeyKeeper keeper =
                new MacKeychain(
                        tool(
                                "security",
                                "if [ $1 = -i ]; then read _ _ service _ account _ key;"
                                        + " echo \"$key\" > \"FOLDER/$service.$account\";"
                                        + " else cat \"FOLDER/$3.$5\"; fi"));

        String token = keeper.keep(KEY);

        assertThat(keeper.find(token)).isEqualTo(KEY);
        assertThat(calls())
                .contains("find-generic-password -s Torii -a " + token + " -w")
                .doesNotContain(KEY.reveal());
    }

    @Test
    void windowsSealsTheKeyAndOpensItAgain() throws Exception {
        KeyKeeper keeper =
                new WindowsProtection(
                        tool(
                                "powershell.exe",
                                "case \"$*\" in *::Protect*) tr 'A-Z' 'a-z';; *) cat;; esac"));

        String token = keeper.keep(KEY);

        assertThat(token).isEqualTo(KEY.reveal().toLowerCase(Locale.ROOT));
        assertThat(keeper.find(token).reveal()).isEqualTo(token);
        assertThat(calls()).contains("Unprotect").doesNotContain(KEY.reveal());
    }

    @Test
    void saysWhyAToolFailed() throws Exception {
        KeyKeeper keeper =
                new SecretService(tool("secret-tool", "echo 'The keyring is locked' >&2; exit 1"));

        assertThatThrownBy(() -> keeper.keep(KEY))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("secret-tool says: The keyring is locked")
                .hasMessageNotContaining(KEY.reveal());
        assertThatThrownBy(() ->
                        new MacKeychain(new OsTool(folder.resolve("security"), PATIENCE)).find("x"))
                .hasMessage("security cannot be started");
    }

    @Test
    void doesNotWaitForEver() throws Exception {
        Path script = script("secret-tool", "exec sleep 60");
        KeyKeeper keeper = new SecretService(new OsTool(script, Duration.ofMillis(50)));

        assertThatThrownBy(() -> keeper.find("x")).hasMessage("secret-tool does not answer");
    }

    @Test
    void onLinuxThereIsOneOnlyInASession() throws Exception {
        script("secret-tool", "");
        String path = "/nowhere:" + folder;

        assertThat(Keychains.find(Map.of("PATH", path), "Linux")).isEmpty();
        assertThat(Keychains.find(Map.of("DBUS_SESSION_BUS_ADDRESS", "unix:x"), "Linux")).isEmpty();
        var session = Map.of("PATH", path, "DBUS_SESSION_BUS_ADDRESS", "unix:x");
        assertThat(Keychains.find(session, "Linux"))
                .map(KeyKeeper::name)
                .contains("Secret Service");
    }

    @Test
    void canBeSwitchedOff() throws Exception {
        script("secret-tool", "");
        var environment =
                Map.of(
                        "PATH", folder.toString(),
                        "DBUS_SESSION_BUS_ADDRESS", "unix:x",
                        "TORII_KEYCHAIN", "off");

        assertThat(Keychains.find(environment, "Linux")).isEmpty();
    }
}
