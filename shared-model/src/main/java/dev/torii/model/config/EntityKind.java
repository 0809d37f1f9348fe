package dev.torii.model.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The kinds of configured entities.
public enum EntityKind {
    SERVICES("services", "name"),
    ROUTES("routes", "name"),
    CONSUMERS("consumers", "username"),
    PLUGINS("plugins", "instance_name"),
    KEYAUTH_CREDENTIALS("keyauth_credentials", "key-auths", "key-auth", "key"),
    BASICAUTH_CREDENTIALS("basicauth_credentials", "basic-auths", "basic-auth", "username"),
    ACLS("acls", null),
    JWT_SECRETS("jwt_secrets", "jwts", "jwt", "key"),
    HMACAUTH_CREDENTIALS("hmacauth_credentials", "hmac-auths", "hmac-auth", "username"),
    UPSTREAMS("upstreams", "name"),
    TARGETS("targets", null),
    CERTIFICATES("certificates", null),
    SNIS("snis", "name"),
    CA_CERTIFICATES("ca_certificates", null),
    VAULTS("vaults", "prefix"),
    KEYS("keys", "name"),
    KEY_SETS("key_sets", "key-sets", "key-sets", "name");

    private final String schemaName;
    private final String path;
    private final String nestedPath;
    private final @Nullable String endpointKey;

    /// Of a kind that goes by one name everywhere.
    EntityKind(String name, @Nullable String endpointKey) {
        this(name, name, name, endpointKey);
    }

    EntityKind(String schemaName, String path, String nestedPath, @Nullable String endpointKey) {
        this.schemaName = schemaName;
        this.path = path;
        this.nestedPath = nestedPath;
        this.endpointKey = endpointKey;
    }

    /// The name in `/schemas/{name}`, in foreign references and in error messages.
    public String schemaName() {
        return schemaName;
    }

    /// The schema name of one: `service` of `services`.
    public String singular() {
        return schemaName.endsWith("s")
                ? schemaName.substring(0, schemaName.length() - 1)
                : schemaName;
    }

    /// The collection's path segment: `/services`, `/key-auths`.
    public String path() {
        return path;
    }

    /// The path segment below a parent: `/consumers/{c}/key-auth`.
    public String nestedPath() {
        return nestedPath;
    }

    /// Whether there is a collection of all of them; targets are found below their upstream alone.
    public boolean standsAlone() {
        return this != TARGETS;
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
