package dev.torii.engine.vault;

import dev.torii.model.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The types of vaults that are installed.
public final class VaultRegistry {

    private final Map<String, VaultType> types = new TreeMap<>();

    public VaultRegistry(List<VaultType> installed) {
        installed.forEach(type -> types.put(type.name(), type));
    }

    /// Sorted by name.
    public List<VaultType> types() {
        return List.copyOf(types.values());
    }

    public Optional<VaultType> find(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /// The vault entity's own part for a type: its `config`.
    public Optional<Schema> schema(String type) {
        return find(type).map(VaultType::schema);
    }
}
