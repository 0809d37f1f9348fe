package dev.torii.engine.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one write does, in order.
///
/// @param action a word for what it is, for the history; null leaves it to what the steps come to:
///   `create`, `update` or `delete`
public record ConfigChange(List<Step> steps, @Nullable String action) {

    public static final ConfigChange NONE = new ConfigChange(List.of());

    public ConfigChange {
        steps = List.copyOf(steps);
    }

    public ConfigChange(List<Step> steps) {
        this(steps, null);
    }

    public sealed interface Step {

        EntityKind kind();

        String id();

        /// Inserts or replaces a complete entity.
        record Put(EntityKind kind, String id, ObjectNode entity) implements Step {}

        record Delete(EntityKind kind, String id) implements Step {}
    }
}
