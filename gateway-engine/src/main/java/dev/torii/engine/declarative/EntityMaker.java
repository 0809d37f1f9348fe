package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.SchemaDefaults;
import dev.torii.model.schema.Violation;
import java.util.List;
import java.util.Optional;

/// Makes stored entities of what a file says, by the same rules as the Admin API.
public interface EntityMaker {

    /// A complete, valid entity; its id may be made up.
    ///
    /// @param given references are by id
    /// @param transform whether values such as passwords are plain
    ObjectNode make(EntityKind kind, ObjectNode given, boolean transform, ConfigSnapshot snapshot)
            throws RefusedException;

    /// Looks at an entity among all that there will be.
    void checkAmong(EntityKind kind, ObjectNode entity, ObjectNode given, ConfigSnapshot after)
            throws RefusedException;

    /// Looks for what keeps an entity from going, among all that there will be.
    void checkRemoval(EntityKind kind, String id, ConfigSnapshot after) throws RefusedException;

    /// The schema that counts for this very entity.
    Schema schema(EntityKind kind, ObjectNode entity);

    /// What an entity of this kind is where nothing is said, for one like this.
    default ObjectNode defaults(EntityKind kind, ObjectNode entity) {
        return SchemaDefaults.fill(schema(kind, entity), Json.object());
    }

    /// Whether entities of the kind are not stored as they are written, such as passwords.
    boolean isTransformed(EntityKind kind);

    /// Whether only Torii understands the entity.
    boolean isToriiOnly(EntityKind kind, ObjectNode entity);

    /// What of Kong the entity needs and Torii does not have, such as `plugin 'opa'`.
    Optional<String> missing(EntityKind kind, ObjectNode given);

    /// The entity cannot be.
    final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient List<Violation> violations;

        public RefusedException(List<Violation> violations) {
            super("refused", null, false, false);
            this.violations = List.copyOf(violations);
        }

        List<Violation> violations() {
            return violations;
        }
    }
}
