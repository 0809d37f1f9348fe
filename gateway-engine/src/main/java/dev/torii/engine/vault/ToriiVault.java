package dev.torii.engine.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.SecretStore;
import dev.torii.engine.store.StoreException;
import dev.torii.engine.store.StoredSecret;
import dev.torii.model.schema.Schema;
import org.jspecify.annotations.Nullable;

/// Torii's own vault: secrets in the data folder, sealed.
public final class ToriiVault implements VaultType {

    public static final String NAME = "torii";
    static final Schema SCHEMA = Schema.load(ToriiVault.class, "torii.json");

    private final SecretStore secrets;

    public ToriiVault(SecretStore secrets) {
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    /// There is one version of each secret: the others are passed over.
    @Override
    public String find(ObjectNode config, String resource, @Nullable Integer version)
            throws UnresolvedException {
        StoredSecret secret;
        try {
            secret = secrets.find(resource).orElse(null);
        } catch (StoreException e) {
            throw new UnresolvedException(String.valueOf(e.getMessage()));
        }
        if (secret == null) {
            throw new UnresolvedException(
                    "Torii's vault has no secret of that name; add it with: torii secret set "
                            + resource);
        }
        return secret.value().reveal();
    }
}
