package dev.torii.model.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of one entity. Secrets are masked.
///
/// @param kind as in `/schemas/{kind}`
/// @param name what its URL may call it; its id when it has no name
/// @param action `create`, `update` or `delete`
/// @param fields what differs, of an update
/// @param before null of a new entity
/// @param after null of a deleted one
public record EntityDiff(
        String kind,
        String id,
        String name,
        String action,
        List<FieldDiff> fields,
        @Nullable ObjectNode before,
        @Nullable ObjectNode after) {

    public EntityDiff {
        fields = List.copyOf(fields);
    }

    /// A field that differs.
    ///
    /// @param path as a JSON pointer
    /// @param before null when it was not there
    /// @param after null when it is not there any more
    public record FieldDiff(String path, @Nullable JsonNode before, @Nullable JsonNode after) {}
}
