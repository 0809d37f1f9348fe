package dev.torii.engine.admin;

import dev.torii.model.config.EntityKind;
import dev.torii.model.schema.Format;
import org.jspecify.annotations.Nullable;

/// Says no to writes of single entities where the configuration comes from a file.
final class FileBackedWrites {

    private FileBackedWrites() {}

    static void refuse(Place place, String method) {
        switch (place) {
            case Place.Collection(var kind) -> refuse(method, kind, null);
            case Place.Item(var kind, var key) -> refuse(method, kind, key);
            case Place.Children(_, var relation) -> refuse(method, relation.child(), null);
            case Place.Child(_, var relation, var key) -> refuse(method, relation.child(), key);
            case Place.Parent(_, var relation) -> refuse(method, relation.parent(), null);
            default -> {}
        }
    }

    private static void refuse(String method, EntityKind kind, @Nullable String key) {
        String verb =
                switch (method) {
                    case "POST" -> "create";
                    case "PUT" -> "create or update";
                    case "PATCH" -> "update";
                    default -> "remove";
                };
        throw Problems.unsupported(
                verb, kind, key == null || Format.isUuid(key) ? null : kind.endpointKey());
    }
}
