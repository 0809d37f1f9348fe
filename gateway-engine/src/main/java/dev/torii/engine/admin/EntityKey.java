package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.Format;
import dev.torii.model.schema.SchemaValidator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a URL names an entity: by id, or by the kind's endpoint key. What looks like a UUID is
/// always an id.
///
/// @param field `id` or the endpoint key's field
record EntityKey(EntityKind kind, String field, String value) {

    private static final String ID = "id";

    /// @throws ProblemException 404 for a kind without an endpoint key, 400 for a value that the
    ///   field could never hold
    static EntityKey parse(EntityKind kind, String segment) {
        if (Format.isUuid(segment)) {
            return new EntityKey(kind, ID, segment.toLowerCase(Locale.ROOT));
        }
        String field = kind.endpointKey();
        if (field == null) {
            throw Problems.notFound();
        }
        FieldSpec spec = EntitySchemas.of(kind).root().field(field);
        if (spec != null) {
            var wrong = SchemaValidator.validate(spec, TextNode.valueOf(segment));
            if (!wrong.isEmpty()) {
                throw Problems.invalidUnique(field, wrong.getFirst().message());
            }
        }
        return new EntityKey(kind, field, segment);
    }

    static EntityKey ofId(EntityKind kind, String id) {
        return new EntityKey(kind, ID, id);
    }

    boolean isId() {
        return field.equals(ID);
    }

    @Nullable ObjectNode find(ConfigSnapshot snapshot) {
        return isId() ? snapshot.find(kind, value) : findBy(snapshot, kind, field, value);
    }

    static @Nullable ObjectNode findBy(
            ConfigSnapshot snapshot, EntityKind kind, String field, String value) {
        List<ObjectNode> found = snapshot.having(kind, field, value);
        return found.isEmpty() ? null : found.getFirst();
    }

    ObjectNode toJson() {
        return Json.object().put(field, value);
    }
}
