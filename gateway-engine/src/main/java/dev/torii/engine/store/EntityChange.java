package dev.torii.engine.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;
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
        if (before == null) {
            return CREATE;
        }
        return after == null ? DELETE : UPDATE;
    }

    /// Secrets do not belong in a log.
    @Override
    public String toString() {
        return action() + " " + kind.schemaName() + " " + id;
    }
}
