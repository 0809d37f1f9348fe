package dev.torii.engine.vault;

import dev.torii.engine.store.KeyKeeper;
import dev.torii.model.config.Secret;
import java.util.List;
import java.util.UUID;

/// The login keychain of macOS, by `security`.
final class MacKeychain implements KeyKeeper {

    private static final String SERVICE = "Torii";

    private final OsTool security;

    MacKeychain(OsTool security) {
        this.security = security;
    }

    @Override
    public String name() {
        return "macOS Keychain";
    }

    /// `-i` takes the command from standard input. A key in Base64 needs no quotes there.
    @Override
    public String keep(Secret key) throws UnavailableException {
        String account = UUID.randomUUID().toString();
        security.run(
                "add-generic-password -s %s -a %s -w %s\n"
                        .formatted(SERVICE, account, key.reveal()),
                List.of("-i"));
        return account;
    }

    @Override
    public Secret find(String token) throws UnavailableException {
        return new Secret(
                security.run(
                        "", List.of("find-generic-password", "-s", SERVICE, "-a", token, "-w")));
    }
}
