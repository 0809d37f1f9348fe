package dev.torii.model.api;

import org.jspecify.annotations.Nullable;

/// A reference to a vault that stands for nothing now, so that whoever holds it does not work as
/// meant.
///
/// @param kind the kind of the entity that holds it, such as `plugins`
/// @param id the entity's id
/// @param name what the entity is called; null when it has no name
/// @param field the dotted path of the field
/// @param reference the field's text
/// @param reason why it stands for nothing, in words
public record UnresolvedReference(
        String kind,
        String id,
        @Nullable String name,
        String field,
        String reference,
        String reason) {

    /// What is missing where, and the way out.
    public String sentence() {
        return "%s is %s, and %s".formatted(field, reference, reason);
    }
}
