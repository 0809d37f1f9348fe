package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The Admin API's error bodies, with Kong's codes, names and words.
final class Problems {

    private Problems() {}

    static ProblemException plain(int status, String message) {
        return new ProblemException(Answer.message(status, message));
    }

    static ProblemException notFound() {
        return plain(404, "Not found");
    }

    static ProblemException methodNotAllowed() {
        return plain(405, "Method not allowed");
    }

    static ProblemException schemaViolation(Schema schema, List<Violation> violations) {
        var tree = new ViolationTree(schema.root(), violations);
        return coded(400, 2, "schema violation", tree.message(), "fields", tree.fields());
    }

    static ProblemException invalidPrimaryKey(String id) {
        ObjectNode key = idOf(id);
        return coded(
                400,
                1,
                "invalid primary key",
                "invalid primary key: '" + LuaText.inline(key) + "'",
                "fields",
                key);
    }

    static ProblemException primaryKeyViolation(String id) {
        ObjectNode key = idOf(id);
        return coded(
                400,
                3,
                "primary key violation",
                "primary key violation on key '" + LuaText.inline(key) + "'",
                "fields",
                key);
    }

    static ProblemException noSuchForeign(String field, JsonNode key, String target) {
        ObjectNode fields = Json.object();
        fields.set(field, key);
        return coded(
                400,
                4,
                "foreign key violation",
                "the foreign key '"
                        + LuaText.inline(key)
                        + "' does not reference an existing '"
                        + target
                        + "' entity.",
                "fields",
                fields);
    }

    static ProblemException referenced(EntityKind parent, EntityKind child) {
        return coded(
                400,
                4,
                "foreign key violation",
                "an existing '"
                        + child.schemaName()
                        + "' entity references this '"
                        + parent.schemaName()
                        + "' entity",
                "fields",
                Json.object().put("@referenced_by", child.schemaName()));
    }

    static ProblemException uniqueViolation(ObjectNode key) {
        return coded(
                409,
                5,
                "unique constraint violation",
                "UNIQUE violation detected on '" + LuaText.inline(key) + "'",
                "fields",
                key);
    }

    /// What PATCH says of an entity that is not there.
    static ProblemException noSuchEntity(EntityKey key) {
        return coded(
                404,
                6,
                "not found",
                "could not find the entity with "
                        + (key.isId() ? "primary key " : "")
                        + "'"
                        + LuaText.inline(key.toJson())
                        + "'",
                "fields",
                key.toJson());
    }

    static ProblemException invalidOffset(String offset, String why) {
        return coded(
                400,
                7,
                "invalid offset",
                "'" + offset + "' is not a valid offset: " + why,
                null,
                Json.object());
    }

    static ProblemException invalidSize(String message) {
        return coded(400, 9, "invalid size", message, null, Json.object());
    }

    /// The key in the URL cannot be one.
    static ProblemException invalidUnique(String field, String message) {
        return coded(400, 10, "invalid unique " + field, message, null, Json.object());
    }

    static ProblemException invalidOption(String option, String message) {
        return coded(
                400,
                11,
                "invalid options",
                "invalid option (" + option + ": " + message + ")",
                "options",
                Json.object().put(option, message));
    }

    /// A write where the configuration comes from a file.
    static ProblemException unsupported(String verb, EntityKind kind, @Nullable String key) {
        String by = key == null ? "" : " by '" + key + "'";
        return coded(
                405,
                12,
                "operation unsupported",
                "cannot "
                        + verb
                        + " '"
                        + kind.schemaName()
                        + "' entities"
                        + by
                        + " when not using a database",
                null,
                Json.object());
    }

    static ProblemException unresolvedForeign(
            String field, String unique, String value, EntityKind target) {
        String message =
                "the foreign key cannot be resolved with '"
                        + LuaText.inline(Json.object().put(unique, value))
                        + "' for an existing '"
                        + target.schemaName()
                        + "' entity";
        ObjectNode fields = Json.object();
        fields.putObject(field).put(unique, message);
        return coded(
                400,
                13,
                "foreign keys unresolved",
                "foreign key unresolved (" + field + "." + unique + ": " + message + ")",
                "fields",
                fields);
    }

    /// Something that stays names what shall go, other than by a reference.
    static ProblemException referencedByOthers(String message) {
        return coded(400, 19, "referenced by others", message, null, Json.object());
    }

    private static ObjectNode idOf(String id) {
        return Json.object().put("id", id);
    }

    private static ProblemException coded(
            int status,
            int code,
            String name,
            String message,
            @Nullable String detailsKey,
            ObjectNode details) {
        ObjectNode body = Json.object().put("code", code).put("name", name).put("message", message);
        if (detailsKey != null) {
            body.set(detailsKey, details);
        }
        return new ProblemException(new Answer(status, body));
    }

    /// The beginning of what is said of a configuration that is refused.
    static ObjectNode invalidDeclarative(String message) {
        return Json.object()
                .put("code", 14)
                .put("name", "invalid declarative configuration")
                .put("message", message);
    }
}
