package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigSnapshot;
import java.time.Instant;

/// The `ttl` of keys. A client says and sees the seconds that are left from now; stored are the
/// seconds from `created_at`.
final class KeyAuthRules implements EntityRules {

    private static final String TTL = "ttl";

    /// 0 means for ever.
    @Override
    public void settle(ObjectNode credential, ObjectNode given, long now) {
        JsonNode ttl = credential.path(TTL);
        if (given.has(TTL) && ttl.isNumber()) {
            if (ttl.longValue() == 0) {
                credential.putNull(TTL);
            } else {
                credential.put(TTL, ttl.longValue() + now - createdAt(credential));
            }
        }
    }

    @Override
    public boolean isOver(ObjectNode credential, long now) {
        return credential.path(TTL).isNumber() && left(credential, now) <= 0;
    }

    @Override
    public ObjectNode shown(ObjectNode credential, ConfigSnapshot snapshot, Instant now) {
        if (!credential.path(TTL).isNumber()) {
            return credential;
        }
        // Whole seconds that are left: right after a key is made it is one less than was said.
        long begun = now.getNano() == 0 ? now.getEpochSecond() : now.getEpochSecond() + 1;
        return credential.deepCopy().put(TTL, Math.max(0, left(credential, begun)));
    }

    private static long left(ObjectNode credential, long now) {
        return createdAt(credential) + credential.path(TTL).longValue() - now;
    }

    private static long createdAt(ObjectNode credential) {
        return credential.path("created_at").longValue();
    }
}
