package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What holds for one kind of entity and cannot be said in its schema. The same object serves all
/// requests; most kinds need none of it.
interface EntityRules {

    /// The schema that counts for this very entity.
    ///
    /// @param common the kind's own
    /// @param stored what is patched, which counts where the body says nothing; null when there is
    ///   nothing to patch
    default Schema schema(Schema common, Input input, @Nullable ObjectNode stored) {
        return common;
    }

    /// Turns what a client may write in short into the fields that it stands for, in place.
    default void expand(ObjectNode given) {}

    /// What is wrong with a complete entity that fits its schema.
    default List<Violation> check(ObjectNode entity) {
        return List.of();
    }

    /// Looks at a valid entity among the others.
    ///
    /// @param input what the client sent
    default void checkAmong(ObjectNode entity, Input input, ConfigSnapshot snapshot) {}

    /// Turns what a client says into what is stored, in place.
    ///
    /// @param entity complete and valid
    /// @param given the fields that the client sent
    default void settle(ObjectNode entity, ObjectNode given, long now) {}

    /// The field that stands for the id in a URL below a parent, when none does elsewhere.
    default @Nullable String keyBelowParent() {
        return null;
    }

    /// The field that a list can be asked for an exact value of.
    default @Nullable String lookup() {
        return null;
    }

    /// Whether the entity's time has passed, so that it counts no more.
    default boolean isOver(ObjectNode entity, long now) {
        return false;
    }

    /// The entity as a client sees it; the stored one is never changed.
    default ObjectNode shown(ObjectNode entity, long now) {
        return entity;
    }
}
