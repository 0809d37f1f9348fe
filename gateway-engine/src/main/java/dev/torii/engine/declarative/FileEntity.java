package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entity as a file has it, without the children that stand in it.
///
/// @param path from the document's root
/// @param json what the file says; references as they stand there
/// @param parent the entity that it stands in; null at the top
/// @param parentField the reference that its place stands for
public record FileEntity(
        EntityKind kind,
        List<String> path,
        ObjectNode json,
        @Nullable FileEntity parent,
        @Nullable String parentField) {

    List<String> below(List<String> field) {
        List<String> whole = new ArrayList<>(path);
        whole.addAll(field);
        return whole;
    }

    /// The secrets in it do not belong in a log.
    @Override
    public String toString() {
        return "FileEntity" + path;
    }
}
