package dev.torii.engine.admin;

import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.schema.FieldSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which kinds refer to which: read from the schemas' foreign fields.
final class Relations {

    /// @param child the kind that has the field
    /// @param field the field's name
    /// @param parent the kind that it refers to
    /// @param cascade whether children go when their parent goes; else they keep it from going
    record Relation(EntityKind child, String field, EntityKind parent, boolean cascade) {}

    private static final List<Relation> ALL = all();

    private Relations() {}

    private static List<Relation> all() {
        List<Relation> all = new ArrayList<>();
        for (EntityKind child : EntityKind.values()) {
            for (FieldSpec field : EntitySchemas.of(child).fields()) {
                if (field instanceof FieldSpec.Reference reference) {
                    EntityKind.ofSchemaName(reference.target())
                            .ifPresent(parent ->
                                    all.add(
                                            new Relation(
                                                    child,
                                                    reference.name(),
                                                    parent,
                                                    reference.cascade())));
                }
            }
        }
        return List.copyOf(all);
    }

    static List<Relation> toParent(EntityKind parent) {
        return ALL.stream().filter(relation -> relation.parent() == parent).toList();
    }

    static List<Relation> ofChild(EntityKind child) {
        return ALL.stream().filter(relation -> relation.child() == child).toList();
    }

    /// The relation behind `/parents/{key}/children`.
    static Optional<Relation> children(EntityKind parent, String segment) {
        return toParent(parent).stream()
                .filter(relation -> relation.child().nestedPath().equals(segment))
                .findFirst();
    }

    /// The relation behind `/children/{key}/field`. Of server names there is none: their
    /// certificates are found the other way, by `/certificates/{name}`.
    static Optional<Relation> parent(EntityKind child, String field) {
        return ofChild(child).stream()
                .filter(relation ->
                        relation.child() != EntityKind.SNIS && relation.field().equals(field))
                .findFirst();
    }
}
