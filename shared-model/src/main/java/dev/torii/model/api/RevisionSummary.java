package dev.torii.model.api;

import java.util.List;

/// One change of the configuration in a list.
///
/// @param revision the number of the configuration that it made
/// @param time Unix milliseconds
/// @param author what the client called itself
/// @param action `create`, `update`, `delete`, `import` or `restore`
/// @param changed how many entities it changed
/// @param entities the first of them
public record RevisionSummary(
        long revision,
        long time,
        String author,
        String action,
        int changed,
        List<Entity> entities) {

    public RevisionSummary {
        entities = List.copyOf(entities);
    }

    /// An entity that was changed.
    ///
    /// @param kind as in `/schemas/{kind}`
    /// @param name what its URL may call it; its id when it has no name
    /// @param action `create`, `update` or `delete`
    public record Entity(String kind, String id, String name, String action) {}
}
