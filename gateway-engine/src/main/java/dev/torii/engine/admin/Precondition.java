package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// `If-Match`: what a client read before it changes it. Each answer with one entity carries the
/// entity's `ETag`, which is another one as soon as anything about the entity is.
///
/// @param ifMatch the header as it came; null when the client takes what there is
record Precondition(@Nullable String ifMatch) {

    private static final int TAG_BYTES = 16;

    /// @param entity as it is stored
    static String tag(ObjectNode entity) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Json.bytes(entity));
            return '"' + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Asked inside the store's write, so that nobody comes in between.
    ///
    /// @param entity as it is stored now; null when there is none
    /// @throws ProblemException 412 when it is not what the client has read
    void check(EntityKey key, @Nullable ObjectNode entity) {
        if (ifMatch == null) {
            return;
        }
        String name = key.kind().schemaName() + " '" + key.shownValue() + "'";
        if (entity == null) {
            throw Problems.plain(
                    412,
                    name
                            + " is not there (any more), but If-Match asks for one that was read"
                            + " before; leave the header out to create it");
        }
        String tag = tag(entity);
        boolean matches =
                Arrays.stream(ifMatch.split(",", -1))
                        .map(String::strip)
                        .anyMatch(given -> given.equals("*") || given.equals(tag));
        if (!matches) {
            throw Problems.plain(
                    412,
                    name
                            + " is not as it was when it was read: another client has changed it"
                            + " since (its ETag is now "
                            + tag
                            + "); read it again and repeat the change");
        }
    }
}
