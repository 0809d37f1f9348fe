package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The ids that entities of a file get when they have none: made of what tells them apart, as Kong
/// makes them, so that each reading of the file gives the same ones.
final class NameUuid {

    private static final UUID ENTITIES = UUID.fromString("fd02801f-0957-4a15-a55a-c8d9606f30b5");

    /// Kong's name of any workspace.
    private static final String WORKSPACE = "*";

    private NameUuid() {}

    /// Empty when nothing tells the entity apart, or when only the server will know what does.
    ///
    /// @param parentId of the entity that this one stands in
    static Optional<String> of(FileEntity entity, @Nullable String parentId) {
        Schema schema = EntitySchemas.of(entity.kind());
        String key =
                schema.cacheKey().isEmpty()
                        ? endpointKey(entity)
                        : cacheKey(entity, schema, parentId);
        return Optional.ofNullable(key).map(name -> of(entity.kind(), name));
    }

    static String of(EntityKind kind, String name) {
        return version5(version5(ENTITIES, kind.schemaName()), name).toString();
    }

    private static @Nullable String endpointKey(FileEntity entity) {
        String field = entity.kind().endpointKey();
        return field == null ? null : entity.json().path(field).textValue();
    }

    private static @Nullable String cacheKey(
            FileEntity entity, Schema schema, @Nullable String parentId) {
        ObjectNode json = entity.json();
        List<String> parts = new ArrayList<>(List.of(schema.name(), WORKSPACE));
        for (String name : schema.cacheKey()) {
            FieldSpec field = schema.root().field(name);
            JsonNode value = json.get(name);
            if (field != null && field.traits().auto()) {
                return null;
            }
            if (value != null && value.isTextual()) {
                parts.add(value.textValue());
            } else if (value == null) {
                if (name.equals(entity.parentField()) && parentId != null) {
                    parts.add(parentId);
                } else if (field != null && field.traits().required()) {
                    return null;
                } else {
                    parts.add("");
                }
            } else if (value.path("id").isTextual()) {
                // A reference written as an object: Kong has no word for it here.
                parts.add(value.path("id").textValue());
            }
        }
        return String.join(":", parts);
    }

    private static UUID version5(UUID namespace, String name) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(
                    ByteBuffer.allocate(16)
                            .putLong(namespace.getMostSignificantBits())
                            .putLong(namespace.getLeastSignificantBits())
                            .array());
            var hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
            return new UUID(
                    (hash.getLong() & ~0xf000L) | 0x5000L,
                    (hash.getLong() & ~(3L << 62)) | (2L << 62));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
