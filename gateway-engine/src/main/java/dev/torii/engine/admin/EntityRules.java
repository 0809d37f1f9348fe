package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.Violation;
import java.time.Instant;
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

    /// What is wrong with a change, of which both ends may be right.
    ///
    /// @param given the fields that the client sent
    default List<Violation> checkChange(ObjectNode before, ObjectNode after, ObjectNode given) {
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

    /// What a URL means by this segment.
    ///
    /// @param call the request, which may be turned into what it stands for
    default Addressed address(
            EntityKind kind, String segment, AdminCall call, ConfigSnapshot snapshot) {
        return new Addressed(EntityKey.parse(kind, segment), call);
    }

    /// An entity as a URL names it, and what is asked of it.
    record Addressed(EntityKey key, AdminCall call) {}

    /// What reading says where nothing has the key that a URL names.
    default ProblemException missing(EntityKey key) {
        return Problems.notFound();
    }

    /// What is written together with an entity.
    ///
    /// @param input what the client sent
    default List<Step> beside(ObjectNode entity, Input input, ConfigSnapshot snapshot, long now) {
        return List.of();
    }

    /// Whether children of this kind go with their parent, whatever their schema says.
    default boolean takesAlong(EntityKind child) {
        return false;
    }

    /// Looks for what keeps an entity from going, other than references.
    default void checkRemoval(String id, ConfigSnapshot snapshot) {}

    /// The field that stands for the id in a URL below a parent, when none does elsewhere.
    default @Nullable String keyBelowParent() {
        return null;
    }

    /// How the key in a URL below a parent is written where it is stored.
    default String keyAsStored(String segment) {
        return segment;
    }

    /// Whether PUT below a parent does what PATCH does, and so makes nothing.
    default boolean putMergesBelowParent() {
        return false;
    }

    /// Where the entity stands in the list below a parent: the least comes first.
    default String placeBelowParent(ObjectNode entity) {
        return entity.path("id").asText();
    }

    /// The field that a list can be asked for an exact value of.
    default @Nullable String lookup() {
        return null;
    }

    /// Whether the entity's time has passed, so that it counts no more.
    default boolean isOver(ObjectNode entity, long now) {
        return false;
    }

    /// The fields that a client sees beside those that are stored; null for none.
    default @Nullable Schema alsoShown() {
        return null;
    }

    /// The entity as a client sees it; the stored one is never changed.
    default ObjectNode shown(ObjectNode entity, ConfigSnapshot snapshot, Instant now) {
        return entity;
    }

    /// Whether [#settle] stores something else than the client said, so that a file of stored
    /// entities must say that it is one.
    default boolean isTransformed() {
        return false;
    }

    /// Whether only Torii understands the entity, so that an export for Kong leaves it out.
    default boolean isToriiOnly(ObjectNode entity) {
        return false;
    }
}
