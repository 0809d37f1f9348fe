package dev.torii.engine.declarative;

import dev.torii.model.config.EntityKind;
import dev.torii.model.config.Relation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How the kinds hang together, read from the schemas' foreign fields.
final class KindOrder {

    private KindOrder() {}

    /// Whether a file is easier to read with the child inside its parent: where the child is part
    /// of it (`services[].routes`), and not where the parent only serves the child
    /// (`client_certificate`).
    static boolean nests(Relation relation) {
        return relation.cascade() || relation.field().equals(relation.parent().singular());
    }

    /// What a list of children inside a parent stands for: `services[].routes`.
    static Optional<Relation> nested(EntityKind parent, String key) {
        return Relation.toParent(parent).stream()
                .filter(link -> link.child().schemaName().equals(key))
                .findFirst();
    }

    /// All kinds, each after those that it refers to.
    static List<EntityKind> parentsFirst() {
        Set<EntityKind> ordered = new LinkedHashSet<>();
        for (EntityKind kind : EntityKind.values()) {
            place(kind, ordered);
        }
        return List.copyOf(ordered);
    }

    private static void place(EntityKind kind, Set<EntityKind> ordered) {
        if (ordered.contains(kind)) {
            return;
        }
        for (Relation link : Relation.ofChild(kind)) {
            if (link.parent() != kind) {
                place(link.parent(), ordered);
            }
        }
        ordered.add(kind);
    }
}
