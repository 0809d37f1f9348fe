package dev.torii.model.config;

import dev.torii.model.schema.FieldSpec;
import java.util.ArrayList;
import java.util.List;

/// A reference from one kind to another, read from the schemas' foreign fields.
///
/// @param child the kind that has the field
/// @param field the field's name
/// @param parent the kind that it refers to
/// @param cascade whether children go when their parent goes; else they keep it from going
public record Relation(EntityKind child, String field, EntityKind parent, boolean cascade) {

    private static final List<Relation> ALL = all();

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

    /// Those of a kind's children.
    public static List<Relation> toParent(EntityKind parent) {
        return ALL.stream().filter(relation -> relation.parent() == parent).toList();
    }

    /// Those that a kind has itself.
    public static List<Relation> ofChild(EntityKind child) {
        return ALL.stream().filter(relation -> relation.child() == child).toList();
    }
}
