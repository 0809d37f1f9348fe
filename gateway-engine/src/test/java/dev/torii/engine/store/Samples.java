package dev.torii.engine.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.schema.PluginSchemas;
import dev.torii.model.schema.Schema;
import java.util.Optional;

/// Entities to store.
final class Samples {

    /// Knows one plugin, `vaulted`, whose `config.token` is a secret.
    static final PluginSchemas PLUGINS =
            name -> name.equals("vaulted") ? Optional.of(vaulted()) : Optional.empty();

    private Samples() {}

    static ObjectNode consumer(String id, String username) {
        return entity(EntityKind.CONSUMERS, Json.object().put("id", id).put("username", username));
    }

    static ObjectNode key(String id, String key) {
        ObjectNode credential = Json.object().put("id", id).put("key", key).put("created_at", 1);
        credential.putObject("consumer").put("id", "c");
        return entity(EntityKind.KEYAUTH_CREDENTIALS, credential);
    }

    static ObjectNode plugin(String id, String token) {
        ObjectNode plugin = Json.object().put("id", id).put("name", "vaulted");
        plugin.putObject("config").put("token", token).put("note", "open");
        return EntitySchemas.fill(EntityKind.PLUGINS, EntitySchemas.ofPlugin(vaulted()), plugin);
    }

    private static ObjectNode entity(EntityKind kind, ObjectNode given) {
        return EntitySchemas.fill(kind, EntitySchemas.of(kind), given);
    }

    private static Schema vaulted() {
        try {
            return Schema.parse(
                    "vaulted",
                    (ObjectNode)
                            Json.parse(
                                    """
                                    {"fields": [{"config": {"type": "record", "fields": [
                                      {"token": {"type": "string", "encrypted": true}},
                                      {"note": {"type": "string"}}
                                    ]}}]}
                                    """));
        } catch (MalformedJsonException e) {
            throw new IllegalStateException(e);
        }
    }
}
