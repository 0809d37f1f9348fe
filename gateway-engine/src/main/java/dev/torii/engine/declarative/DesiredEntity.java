package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;

/// An entity of a file, complete.
record DesiredEntity(FileEntity source, ObjectNode entity) {

    EntityKind kind() {
        return source.kind();
    }

    String id() {
        return entity.path("id").asText();
    }

    @Override
    public String toString() {
        return "DesiredEntity" + source.path();
    }
}
