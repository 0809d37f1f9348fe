package dev.torii.model.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.SchemaDefaults;
import dev.torii.model.schema.SchemaValidator;
import dev.torii.model.schema.Violation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The schemas of the entity kinds, read from the files beside this class.
public final class EntitySchemas {

    private static final Map<EntityKind, Schema> ALL = load();

    private EntitySchemas() {}

    private static Map<EntityKind, Schema> load() {
        Map<EntityKind, Schema> all = new EnumMap<>(EntityKind.class);
        for (EntityKind kind : EntityKind.values()) {
            all.put(kind, Schema.load(EntitySchemas.class, kind.schemaName() + ".json"));
        }
        return all;
    }

    /// The kind's schema; that of plugins without any plugin's own part.
    public static Schema of(EntityKind kind) {
        Schema schema = ALL.get(kind);
        if (schema == null) {
            throw new IllegalStateException("no schema of " + kind);
        }
        return schema;
    }

    /// The schema of plugins of one type.
    ///
    /// @param own the plugin's own part, as its `schema.json` has it
    public static Schema ofPlugin(Schema own) {
        return of(EntityKind.PLUGINS).overlaidBy(own);
    }

    /// A complete copy of the entity, as [SchemaDefaults] fills it, with the defaults that depend
    /// on other fields.
    public static ObjectNode fill(EntityKind kind, Schema schema, ObjectNode entity) {
        return SchemaDefaults.fill(
                schema, kind == EntityKind.ROUTES ? RouteRules.prepare(entity) : entity);
    }

    /// Of a reference that is none, what it says wrongly of its target counts before that.
    private static List<Violation> ofReference(
            Schema schema, ObjectNode entity, Violation violation) {
        if (violation.path().size() < 2) {
            return List.of(violation);
        }
        String name = violation.path().getFirst();
        if (!(schema.root().field(name) instanceof FieldSpec.Reference reference)
                || !(entity.get(name) instanceof ObjectNode said)) {
            return List.of(violation);
        }
        List<Violation> wrong =
                EntityKind.ofSchemaName(reference.target())
                        .map(target -> SchemaValidator.validatePart(of(target), said))
                        .orElse(List.of())
                        .stream()
                        .map(each -> each.below(name))
                        .toList();
        return wrong.isEmpty() ? List.of(violation) : wrong;
    }

    /// All that is wrong with a complete entity on its own, apart from the other entities.
    public static List<Violation> validate(EntityKind kind, Schema schema, ObjectNode entity) {
        List<Violation> violations = new ArrayList<>();
        for (Violation violation : SchemaValidator.validate(schema, entity)) {
            violations.addAll(ofReference(schema, entity, violation));
        }
        if (kind == EntityKind.ROUTES) {
            violations.addAll(RouteRules.check(entity, violations));
        }
        return List.copyOf(violations);
    }
}
