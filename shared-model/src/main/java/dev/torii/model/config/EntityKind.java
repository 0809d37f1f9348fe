package dev.torii.model.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The kinds of configured entities.
public enum EntityKind {
    SERVICES("services", "services", "name"),
    ROUTES("routes", "routes", "name"),
    CONSUMERS("consumers", "consumers", "username"),
    PLUGINS("plugins", "plugins", "instance_name"),
    KEYAUTH_CREDENTIALS("keyauth_credentials", "key-auths", "key");

    private final String schemaName;
    private final String path;
    private final @Nullable String endpointKey;

    EntityKind(String schemaName, String path, @Nullable String endpointKey) {
        this.schemaName = schemaName;
        this.path = path;
        this.endpointKey = endpointKey;
    }

    /// The name in `/schemas/{name}`, in foreign references and in error messages.
    public String schemaName() {
        return schemaName;
    }

    /// The collection's path segment: `/services`, `/key-auths`.
    public String path() {
        return path;
    }

    /// The path segment below a parent: `/consumers/{c}/key-auth`.
    public String nestedPath() {
        return this == KEYAUTH_CREDENTIALS ? "key-auth" : path;
    }

    /// The unique field that may stand for the id in a URL.
    public @Nullable String endpointKey() {
        return endpointKey;
    }

    public static Optional<EntityKind> ofPath(String path) {
        for (EntityKind kind : values()) {
            if (kind.path.equals(path)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    public static Optional<EntityKind> ofSchemaName(String name) {
        for (EntityKind kind : values()) {
            if (kind.schemaName.equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
