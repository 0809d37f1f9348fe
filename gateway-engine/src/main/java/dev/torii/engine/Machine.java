package dev.torii.engine;

import dev.torii.engine.store.KeyKeeper;
import dev.torii.engine.vault.Keychains;
import java.util.Map;
import java.util.Optional;

/// What an engine takes from the machine that it runs on, and a test does not.
///
/// @param environment the variables that `{vault://env/…}` reads
/// @param keychain the system's; empty where there is none
record Machine(Map<String, String> environment, Optional<KeyKeeper> keychain) {

    static Machine ofThisProcess() {
        Map<String, String> environment = System.getenv();
        return new Machine(
                environment, Keychains.find(environment, System.getProperty("os.name", "")));
    }
}
