package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;

/// The `ttl` of keys. A client says and sees the seconds that are left from now; stored are the
/// seconds from `created_at`.
final class KeyLife {

    private static final String TTL = "ttl";

    private KeyLife() {}

    /// Turns what the client said into what is stored; 0 means for ever.
    static void store(ObjectNode credential, long now) {
        JsonNode ttl = credential.path(TTL);
        if (ttl.isNumber()) {
            if (ttl.longValue() == 0) {
                credential.putNull(TTL);
            } else {
                credential.put(TTL, ttl.longValue() + now - createdAt(credential));
            }
        }
    }

    static boolean isOver(EntityKind kind, ObjectNode entity, long now) {
        return kind == EntityKind.KEYAUTH_CREDENTIALS
                && entity.path(TTL).isNumber()
                && left(entity, now) <= 0;
    }

    /// The entity as a client sees it.
    static ObjectNode shown(EntityKind kind, ObjectNode entity, long now) {
        if (kind != EntityKind.KEYAUTH_CREDENTIALS || !entity.path(TTL).isNumber()) {
            return entity;
        }
        return entity.deepCopy().put(TTL, left(entity, now));
    }

    private static long left(ObjectNode credential, long now) {
        return createdAt(credential) + credential.path(TTL).longValue() - now;
    }

    private static long createdAt(ObjectNode credential) {
        return credential.path("created_at").longValue();
    }
}
