package dev.torii.engine.declarative;

import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.schema.FieldSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How the kinds hang together, read from the schemas' foreign fields.
final class KindOrder {

    /// @param child the kind with the field
    /// @param cascade whether the child goes with its parent
    record Link(EntityKind child, String field, EntityKind parent, boolean cascade) {

        /// Whether a file is easier to read with the child inside its parent: where the child is
        /// part of it (`services[].routes`), and not where the parent only serves the child
        /// (`client_certificate`).
        boolean nests() {
            return cascade || field.equals(singular(parent));
        }
    }

    private static final List<Link> LINKS = links();

    private KindOrder() {}

    private static List<Link> links() {
        List<Link> links = new ArrayList<>();
        for (EntityKind child : EntityKind.values()) {
            for (FieldSpec field : EntitySchemas.of(child).fields()) {
                if (field instanceof FieldSpec.Reference reference) {
                    EntityKind.ofSchemaName(reference.target())
                            .ifPresent(parent ->
                                    links.add(
                                            new Link(
                                                    child,
                                                    reference.name(),
                                                    parent,
                                                    reference.cascade())));
                }
            }
        }
        return List.copyOf(links);
    }

    /// The foreign fields of a kind.
    static List<Link> ofChild(EntityKind child) {
        return LINKS.stream().filter(link -> link.child() == child).toList();
    }

    static List<Link> ofParent(EntityKind parent) {
        return LINKS.stream().filter(link -> link.parent() == parent).toList();
    }

    /// What a list of children inside a parent stands for: `services[].routes`.
    static Optional<Link> nested(EntityKind parent, String key) {
        return ofParent(parent).stream()
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
        for (Link link : ofChild(kind)) {
            if (link.parent() != kind) {
                place(link.parent(), ordered);
            }
        }
        ordered.add(kind);
    }

    /// `service` of `services`.
    static String singular(EntityKind kind) {
        String name = kind.schemaName();
        return name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
    }
}
