package dev.torii.engine.declarative;

import dev.torii.model.config.EntityKind;
import java.util.List;

/// What an import does to one entity.
///
/// @param name how a person knows it
/// @param fields of an update, or of a new entity those that it says something of
public record PlannedChange(
        Operation operation, EntityKind kind, String id, String name, List<FieldChange> fields) {

    public PlannedChange {
        fields = List.copyOf(fields);
    }

    public enum Operation {
        CREATE,
        UPDATE,
        DELETE
    }

    /// One field, before and after.
    ///
    /// @param field its dotted path
    /// @param before as JSON, empty for nothing; a secret is masked
    /// @param after likewise
    public record FieldChange(String field, String before, String after) {}
}
