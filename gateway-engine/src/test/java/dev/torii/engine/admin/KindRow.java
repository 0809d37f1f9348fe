package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What the Admin API promises of one kind of entity: a row of the contract's table, which lies as
/// `contract/<kind>.yaml` among the tests' resources. What its values in angle brackets stand for
/// says [Placeholders].
///
/// @param path of the collection
/// @param key the field that may stand for the id in a URL; null when none does
/// @param keyBelow the one that does below a parent, when it is another
/// @param onlyBelow whether there is no collection beside those below parents
/// @param times the fields that hold when it was made and changed
/// @param preciseTimes whether they have milliseconds
/// @param valid a body with all that is of interest; it makes the kind's entity number 1
/// @param filled what the answer to it has besides
/// @param other a body that differs from it as far as can be
/// @param change a body for PATCH
/// @param changed what the answer to it has changed, when that is not simply the body
/// @param numbered what sets entity number N apart from number 1
/// @param unique what no two of them may share
/// @param parents what they refer to
/// @param noSuchId the answer to reading what is not there, when it is not the usual one
/// @param noSuchName the answer to `nobody` in the place of an id, when there is no key
/// @param refused bodies that break the schema
record KindRow(
        String path,
        @Nullable String key,
        @Nullable String keyBelow,
        boolean onlyBelow,
        List<String> times,
        boolean preciseTimes,
        ObjectNode valid,
        ObjectNode filled,
        ObjectNode other,
        ObjectNode change,
        ObjectNode changed,
        ObjectNode numbered,
        List<Unique> unique,
        List<Parent> parents,
        Answered noSuchId,
        Answered noSuchName,
        List<Refused> refused) {

    /// @param body what the second body has to have for it; null for the key itself
    record Unique(@Nullable ObjectNode body, ObjectNode key) {

        ObjectNode given() {
            return body == null ? key : body;
        }
    }

    /// @param field that refers to it
    /// @param below the segment of the children's path, after the parent's own
    /// @param onDelete `cascade` when the children go with it, `restrict` when they keep it
    /// @param required whether a child cannot be without
    /// @param fromChild whether the path of the child leads to it; true unless it is said
    /// @param givenAwayWith the field that has to be sent anew with another parent; null for none
    record Parent(
            String field,
            EntityKind kind,
            String below,
            String onDelete,
            boolean required,
            @Nullable Boolean fromChild,
            @Nullable String givenAwayWith) {

        boolean isReachedFromChild() {
            return fromChild == null || fromChild;
        }

        @Override
        public String toString() {
            return field + " of " + kind;
        }
    }

    record Answered(int status, JsonNode body) {}

    /// @param fields and
    /// @param message as they are in the answer
    record Refused(ObjectNode body, ObjectNode fields, String message) {

        @Override
        public String toString() {
            return Json.text(body);
        }
    }

    private static final JsonMapper MAPPER =
            Json.MAPPER
                    .rebuild()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(
                            com.fasterxml.jackson.databind.MapperFeature
                                    .ACCEPT_CASE_INSENSITIVE_ENUMS)
                    .build();

    private static final Answered NOT_FOUND = new Answered(404, Expected.NOT_FOUND);

    KindRow {
        times = times == null ? List.of("created_at", "updated_at") : times;
        changed = changed == null ? change : changed;
        unique = unique == null ? List.of() : unique;
        parents = parents == null ? List.of() : parents;
        noSuchId = noSuchId == null ? NOT_FOUND : noSuchId;
        noSuchName = noSuchName == null ? NOT_FOUND : noSuchName;
    }

    static KindRow of(EntityKind kind) {
        return yaml("/contract/" + kind.schemaName() + ".yaml", KindRow.class);
    }

    /// What a file of the tests' resources says.
    static <T> T yaml(String file, Class<T> type) {
        try (InputStream yaml = KindRow.class.getResourceAsStream(file)) {
            if (yaml == null) {
                throw new AssertionError("add " + file + ": every kind has its row in the table");
            }
            Object read = new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
            return MAPPER.convertValue(read, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The body that makes entity number `n`, with its placeholders.
    ObjectNode body(int n) {
        ObjectNode body = valid.deepCopy();
        if (n > 1) {
            String own = Json.text(numbered).replaceAll("\\bN\\b", Integer.toString(n));
            body.setAll((ObjectNode) Expected.parsed(own));
        }
        return body;
    }

    /// The path segments that name a kind below its parents: `keyBelow`, or else the usual key.
    @Nullable String keyBelowParent() {
        return keyBelow == null ? key : keyBelow;
    }
}
