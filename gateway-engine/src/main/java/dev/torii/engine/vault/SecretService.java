package dev.torii.engine.vault;

import dev.torii.engine.store.KeyKeeper;
import dev.torii.model.config.Secret;
import java.util.List;
import java.util.UUID;

/// The keyring of a Linux desktop (GNOME Keyring, KWallet), by `secret-tool` of libsecret.
final class SecretService implements KeyKeeper {

    private final OsTool secretTool;

    SecretService(OsTool secretTool) {
        this.secretTool = secretTool;
    }

    @Override
    public String name() {
        return "Secret Service";
    }

    @Override
    public String keep(Secret key) throws UnavailableException {
        String id = UUID.randomUUID().toString();
        secretTool.run(
                key.reveal(),
                List.of(
                        "store",
                        "--label=Torii: key of the secrets",
                        "service",
                        "torii",
                        "id",
                        id));
        return id;
    }

    @Override
    public Secret find(String token) throws UnavailableException {
        return new Secret(secretTool.run("", List.of("lookup", "service", "torii", "id", token)));
    }
}
