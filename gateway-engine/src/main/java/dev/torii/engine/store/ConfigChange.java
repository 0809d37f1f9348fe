package dev.torii.engine.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;
import java.util.List;

/// What one write does, in order.
public record ConfigChange(List<Step> steps) {

    public ConfigChange {
        steps = List.copyOf(steps);
    }

    public sealed interface Step {

        EntityKind kind();

        /// Inserts or replaces a complete entity.
        record Put(EntityKind kind, String id, ObjectNode entity) implements Step {}

        record Delete(EntityKind kind, String id) implements Step {}
    }
}
