package dev.torii.engine.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.schema.FieldSpec;
import org.jspecify.annotations.Nullable;

/// What one write made of one entity. It holds secrets in plain text.
///
/// @param before null when the write created it
/// @param after null when the write deleted it
public record EntityChange(
        EntityKind kind, String id, @Nullable ObjectNode before, @Nullable ObjectNode after) {

    public static final String CREATE = "create";
    public static final String UPDATE = "update";
    public static final String DELETE = "delete";

    /// `create`, `update` or `delete`.
    public String action() {
        return action(before != null, after != null);
    }

    static String action(boolean before, boolean after) {
        if (!before) {
            return CREATE;
        }
        return after ? UPDATE : DELETE;
    }

    /// What people know it by: the field that may stand for the id in a URL, unless that is a
    /// secret; else the id.
    public String name() {
        ObjectNode entity = after == null ? before : after;
        String field = kind.endpointKey();
        if (entity == null || field == null) {
            return id;
        }
        FieldSpec spec = EntitySchemas.of(kind).root().field(field);
        boolean secret = spec != null && spec.traits().encrypted();
        String name = secret ? null : entity.path(field).textValue();
        return name == null ? id : name;
    }

    /// Secrets do not belong in a log.
    @Override
    public String toString() {
        return action() + " " + kind.schemaName() + " " + id;
    }
}
