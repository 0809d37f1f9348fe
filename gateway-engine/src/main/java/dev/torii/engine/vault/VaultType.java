package dev.torii.engine.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.schema.Schema;
import org.jspecify.annotations.Nullable;

/// A kind of place that secrets are kept in. A reference names it, or the prefix of a configured
/// vault of this type.
public interface VaultType {

    /// As in `vaults.name`.
    String name();

    /// What a vault of this type can be configured with: the vault entity's own part, `config`.
    Schema schema();

    /// Looks a secret up. Called when a configuration is put in force, never by a request.
    ///
    /// @param config fits the schema and has all defaults
    /// @param version null for the current one
    /// @throws UnresolvedException when there is no such secret, or it cannot be had now
    String find(ObjectNode config, String resource, @Nullable Integer version)
            throws UnresolvedException;
}
