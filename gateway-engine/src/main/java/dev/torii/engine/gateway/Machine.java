package dev.torii.engine.gateway;

import dev.torii.engine.store.KeyKeeper;
import dev.torii.engine.vault.Keychains;
import java.util.Map;
import java.util.Optional;

/// What an engine takes from the machine that it runs on, and a test does not.
///
/// @param environment the variables that `{vault://env/…}` reads
/// @param keychain the system's; empty where there is none
public record Machine(Map<String, String> environment, Optional<KeyKeeper> keychain) {

    public static Machine ofThisProcess() {
        Map<String, String> environment = System.getenv();
        return new Machine(
                environment, Keychains.find(environment, System.getProperty("os.name", "")));
    }
}
