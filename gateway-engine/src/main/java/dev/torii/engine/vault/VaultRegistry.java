package dev.torii.engine.vault;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The types of vaults that are installed.
public final class VaultRegistry {

    private final Map<String, VaultType> types = new HashMap<>();

    public VaultRegistry(List<VaultType> installed) {
        installed.forEach(type -> types.put(type.name(), type));
    }

    public Optional<VaultType> find(String name) {
        return Optional.ofNullable(types.get(name));
    }
}
