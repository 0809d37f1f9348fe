package dev.torii.model.api;

import java.util.List;

/// `GET /torii/history/{revision}`: one change of the configuration as a whole.
///
/// @param revision the number of the configuration that it made
/// @param time Unix milliseconds
/// @param author what the client called itself
/// @param action `create`, `update`, `delete`, `import` or `restore`
public record RevisionDetail(
        long revision, long time, String author, String action, List<EntityDiff> changes) {

    public RevisionDetail {
        changes = List.copyOf(changes);
    }
}
