package dev.torii.engine.admin;

import dev.torii.engine.openapi.ApiDocument;
import dev.torii.engine.store.ConfigStore;
import dev.torii.engine.store.SecretStore;
import dev.torii.engine.vault.References;
import java.io.Serial;
import java.util.List;

/// `/torii/secrets`: the secrets of Torii's own vault.
public final class SecretsServlet extends AnsweringServlet {

    @Serial private static final long serialVersionUID = 1L;

    private final transient SecretsResource secrets;

    public SecretsServlet(SecretStore secrets, References references, ConfigStore store) {
        this.secrets = new SecretsResource(secrets, references, store);
    }

    @Override
    Endpoint endpoint(List<String> path) {
        // The first two are /torii/secrets.
        return secrets.endpoint(path.subList(2, path.size()));
    }

    @Override
    public void describe(ApiDocument api) {
        SecretsOperations.describe(api);
    }
}
