package dev.torii.engine.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.Vault;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.schema.SchemaDefaults;
import dev.torii.model.schema.VaultReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What references mean under one configuration: the installed types of vaults by their names, and
/// the configured vaults by their prefixes.
final class ConfiguredVaults {

    private final VaultRegistry registry;
    private final Map<String, Vault> byPrefix = new HashMap<>();

    ConfiguredVaults(VaultRegistry registry, ConfigSnapshot snapshot) {
        this.registry = registry;
        snapshot.vaults().forEach(vault -> byPrefix.put(vault.prefix(), vault));
    }

    /// The type that a reference leads to; empty when no vault is called so.
    Optional<VaultType> type(VaultReference reference) {
        Optional<VaultType> named = registry.find(reference.vault());
        if (named.isPresent()) {
            return named;
        }
        return Optional.ofNullable(byPrefix.get(reference.vault()))
                .flatMap(vault -> registry.find(vault.name()));
    }

    /// What a reference stands for.
    String resolve(String text) throws UnresolvedException {
        VaultReference reference;
        try {
            reference = VaultReference.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UnresolvedException(String.valueOf(e.getMessage()));
        }
        VaultType type =
                type(reference)
                        .orElseThrow(() ->
                                new UnresolvedException(
                                        "no vault is called '%s' (expected: env, torii, or the prefix of a configured vault)"
                                                .formatted(reference.vault())));
        String secret =
                type.find(config(type, reference), reference.resource(), reference.version());
        String key = reference.key();
        return key == null ? secret : part(secret, key);
    }

    private ObjectNode config(VaultType type, VaultReference reference) {
        Vault vault = byPrefix.get(reference.vault());
        ObjectNode own = vault == null ? Json.object() : vault.config().deepCopy();
        reference.options().forEach(own::put);
        ObjectNode filled = SchemaDefaults.fill(type.schema(), Json.object().set("config", own));
        return filled.get("config") instanceof ObjectNode config ? config : own;
    }

    private static String part(String secret, String key) throws UnresolvedException {
        JsonNode part;
        try {
            part = Json.parse(secret).get(key);
        } catch (MalformedJsonException e) {
            throw new UnresolvedException(
                    "the secret is no JSON, so nothing can be taken from it by the key '"
                            + key
                            + "'");
        }
        if (part == null || !part.isTextual()) {
            throw new UnresolvedException("the secret has no text under the key '" + key + "'");
        }
        return part.textValue();
    }
}
