package dev.torii.engine.vault;

import dev.torii.model.schema.Schema;
import java.util.Map;
import java.util.Optional;

/// What vaults of each type can be configured with: the vault entity's own part, `config`.
public final class VaultSchemas {

    private static final Map<String, Schema> ALL =
            Map.of(EnvVault.NAME, EnvVault.SCHEMA, ToriiVault.NAME, ToriiVault.SCHEMA);

    private VaultSchemas() {}

    /// The schema of a type; empty when it is not installed.
    public static Optional<Schema> of(String type) {
        return Optional.ofNullable(ALL.get(type));
    }
}
