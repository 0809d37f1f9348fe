package dev.torii.engine.admin;

import dev.torii.model.config.EntityKind;
import dev.torii.model.config.Relation;
import java.util.Optional;

/// The relations that paths speak of.
final class Relations {

    private Relations() {}

    /// The relation behind `/parents/{key}/children`.
    static Optional<Relation> children(EntityKind parent, String segment) {
        return Relation.toParent(parent).stream()
                .filter(relation -> relation.child().nestedPath().equals(segment))
                .findFirst();
    }

    /// The relation behind `/children/{key}/field`. Of server names there is none: their
    /// certificates are found the other way, by `/certificates/{name}`.
    static Optional<Relation> parent(EntityKind child, String field) {
        return Relation.ofChild(child).stream()
                .filter(relation ->
                        relation.child() != EntityKind.SNIS && relation.field().equals(field))
                .findFirst();
    }
}
