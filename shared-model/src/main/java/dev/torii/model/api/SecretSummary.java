package dev.torii.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A secret in Torii's own vault, without its value.
///
/// @param name as in `{vault://torii/NAME}`
/// @param createdAt Unix milliseconds
/// @param updatedAt Unix milliseconds of the last new value
/// @param usedBy the fields that refer to it
public record SecretSummary(String name, long createdAt, long updatedAt, List<Use> usedBy) {

    public SecretSummary {
        usedBy = List.copyOf(usedBy);
    }

    /// One field that refers to a secret.
    ///
    /// @param kind the kind of the entity, such as `plugins`
    /// @param id the entity's id
    /// @param name what the entity is called; null when it has no name
    /// @param field the dotted path of the field
    public record Use(String kind, String id, @Nullable String name, String field) {}
}
