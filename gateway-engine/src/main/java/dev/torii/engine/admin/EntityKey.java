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
/// @param below the parent among whose children the value is looked for; null for everywhere
record EntityKey(EntityKind kind, String field, String value, @Nullable Below below) {

    /// @param field that refers to the parent
    record Below(String field, String parentId) {}

    private static final String ID = "id";

    /// @throws ProblemException 400 for a value that the field could never hold
    static EntityKey parse(EntityKind kind, String segment) {
        String field = kind.endpointKey();
        if (Format.isUuid(segment)) {
            return ofId(kind, segment.toLowerCase(Locale.ROOT));
        }
        if (field == null) {
            throw Problems.invalidPrimaryKey(segment);
        }
        return ofField(kind, field, segment, null);
    }

    /// A key of which only the children of one parent need to differ, or their id.
    ///
    /// @throws ProblemException 400 for a value that the field could never hold
    static EntityKey parse(EntityKind kind, String field, String segment, Below below) {
        return Format.isUuid(segment) ? parse(kind, segment) : ofField(kind, field, segment, below);
    }

    private static EntityKey ofField(
            EntityKind kind, String field, String segment, @Nullable Below below) {
        FieldSpec spec = EntitySchemas.of(kind).root().field(field);
        if (spec != null) {
            var wrong = SchemaValidator.validate(spec, TextNode.valueOf(segment));
            if (!wrong.isEmpty()) {
                throw Problems.invalidUnique(field, wrong.getFirst().message());
            }
        }
        return new EntityKey(kind, field, segment, below);
    }

    static EntityKey ofId(EntityKind kind, String id) {
        return new EntityKey(kind, ID, id, null);
    }

    boolean isId() {
        return field.equals(ID);
    }

    @Nullable ObjectNode find(ConfigSnapshot snapshot) {
        if (isId()) {
            return snapshot.find(kind, value);
        }
        if (below == null) {
            return findBy(snapshot, kind, field, value);
        }
        ObjectNode wanted = toJson();
        wanted.putObject(below.field()).put(ID, below.parentId());
        return first(snapshot.alike(kind, List.of(below.field(), field), wanted));
    }

    static @Nullable ObjectNode findBy(
            ConfigSnapshot snapshot, EntityKind kind, String field, String value) {
        return first(snapshot.having(kind, field, value));
    }

    private static @Nullable ObjectNode first(List<ObjectNode> found) {
        return found.isEmpty() ? null : found.getFirst();
    }

    /// The value, unless it is a secret.
    String shownValue() {
        FieldSpec spec = EntitySchemas.of(kind).root().field(field);
        return spec != null && spec.traits().encrypted() ? "•••" : value;
    }

    ObjectNode toJson() {
        return Json.object().put(field, value);
    }
}
