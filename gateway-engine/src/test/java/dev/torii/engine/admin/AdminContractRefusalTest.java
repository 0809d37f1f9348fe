package dev.torii.engine.admin;

import static dev.torii.engine.admin.Expected.assertAnswer;
import static dev.torii.engine.admin.Expected.assertList;
import static dev.torii.engine.admin.Expected.lua;
import static dev.torii.engine.admin.Expected.problem;
import static dev.torii.engine.admin.Expected.schemaViolation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.engine.admin.AdminApi.Reply;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What every kind of entity refuses, and in which words.
class AdminContractRefusalTest extends AdminContract {

    private static final List<String> WRITING = List.of("PUT", "PATCH");

    @ParameterizedTest
    @EnumSource
    void anIdIsTakenOnce(EntityKind kind) {
        ObjectNode first = made(kind, 1);
        ObjectNode key = Json.object().put("id", id(first));

        assertAnswer(
                send("POST", path(kind), body(kind, 2).put("id", id(first))),
                400,
                problem(
                        3,
                        "primary key violation",
                        "primary key violation on key '" + lua(key) + "'",
                        key));
        assertList(api.get(path(kind)), List.of(first));
    }

    @ParameterizedTest
    @EnumSource
    void theIdStays(EntityKind kind) {
        ObjectNode entity = made(kind, 1);

        assertAnswer(
                send("PATCH", path(kind, id(entity)), Json.object().put("id", UNKNOWN)),
                400,
                schemaViolation(
                        "schema violation (id: immutable field cannot be updated)",
                        Json.object().put("id", "immutable field cannot be updated")));
        assertList(api.get(path(kind)), List.of(entity));
    }

    @ParameterizedTest
    @EnumSource
    void refusesFieldsThatItDoesNotKnow(EntityKind kind) {
        ObjectNode entity = made(kind, 1);
        ObjectNode problem =
                schemaViolation(
                        "schema violation (colour: unknown field)",
                        Json.object().put("colour", "unknown field"));

        assertAnswer(send("POST", path(kind), body(kind, 2).put("colour", 1)), 400, problem);
        for (String method : WRITING) {
            assertAnswer(
                    send(method, path(kind, id(entity)), body(kind, 1).put("colour", 1)),
                    400,
                    problem);
        }
        assertList(api.get(path(kind)), List.of(entity));
    }

    static Stream<Arguments> refused() {
        return Stream.of(EntityKind.values())
                .flatMap(kind ->
                        row(kind).refused().stream().map(refused -> Arguments.of(kind, refused)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void saysWhatIsWrong(EntityKind kind, KindRow.Refused refused) {
        ObjectNode problem = schemaViolation(refused.message(), refused.fields());
        ObjectNode body = filled(refused.body());

        assertAnswer(send("POST", path(kind), body), 400, problem);
        assertAnswer(
                send("POST", "/schemas/" + kind.schemaName() + "/validate", validated(kind, body)),
                400,
                problem);
        assertList(api.get(path(kind)), List.of());
    }

    static Stream<Arguments> unique() {
        return Stream.of(EntityKind.values())
                .flatMap(kind ->
                        row(kind).unique().stream().map(unique -> Arguments.of(kind, unique)));
    }

    @ParameterizedTest
    @MethodSource("unique")
    void whatIsUniqueIsTakenOnce(EntityKind kind, KindRow.Unique unique) {
        ObjectNode key = filled(unique.key());
        ObjectNode first = made(kind, 1);
        ObjectNode second = made(kind, 2);
        ObjectNode like = body(kind, 3);
        like.setAll(filled(unique.given()));
        ObjectNode problem =
                problem(
                        5,
                        "unique constraint violation",
                        "UNIQUE violation detected on '" + lua(key) + "'",
                        key);

        assertAnswer(send("POST", path(kind), like), 409, problem);
        assertAnswer(send("PUT", path(kind, id(second)), like), 409, problem);
        assertAnswer(send("PATCH", path(kind, id(second)), filled(unique.given())), 409, problem);
        assertList(api.get(path(kind)), sorted(List.of(first, second)));
    }

    /// Of what is found below its parent alone, the path says which it is, whatever a body does.
    static Stream<Arguments> parents() {
        return parents((kind, parent) -> !row(kind).onlyBelow());
    }

    @ParameterizedTest
    @MethodSource("parents")
    void aReferenceHasToLeadSomewhere(EntityKind kind, KindRow.Parent parent) {
        ObjectNode entity = made(kind, 1);
        ObjectNode unknown = Json.object().put("id", UNKNOWN);
        String target = parent.kind().schemaName();

        assertRefused(
                entity,
                kind,
                parent,
                unknown,
                problem(
                        4,
                        "foreign key violation",
                        "the foreign key '"
                                + lua(unknown)
                                + "' does not reference an existing '"
                                + target
                                + "' entity.",
                        Json.object().set(parent.field(), unknown)));
        String key = row(parent.kind()).key();
        if (key != null) {
            ObjectNode nobody = Json.object().put(key, "nobody");
            String message =
                    "the foreign key cannot be resolved with '"
                            + lua(nobody)
                            + "' for an existing '"
                            + target
                            + "' entity";
            assertRefused(
                    entity,
                    kind,
                    parent,
                    nobody,
                    problem(
                            13,
                            "foreign keys unresolved",
                            "foreign key unresolved ("
                                    + parent.field()
                                    + "."
                                    + key
                                    + ": "
                                    + message
                                    + ")",
                            Json.object().set(parent.field(), Json.object().put(key, message))));
        }
    }

    @ParameterizedTest
    @MethodSource("parents")
    void aReferenceHasToBeOne(EntityKind kind, KindRow.Parent parent) {
        ObjectNode entity = made(kind, 1);
        String field = parent.field();

        assertRefused(entity, kind, parent, Json.object(), missing(field, "missing primary key"));
        assertRefused(
                entity,
                kind,
                parent,
                Json.object().put("id", "7"),
                missing(field, "expected a valid UUID"));
        assertRefused(
                entity, kind, parent, TextNode.valueOf("x"), missing(field, "missing primary key"));
        assertRefused(
                entity,
                kind,
                parent,
                Json.object().putNull("id"),
                missing(field, "required field missing"));
    }

    private static ObjectNode missing(String field, String message) {
        return schemaViolation(
                "schema violation (" + field + ".id: " + message + ")",
                Json.object().set(field, Json.object().put("id", message)));
    }

    /// That a body is refused with this value in this field, in every way that it can be sent.
    private void assertRefused(
            ObjectNode entity,
            EntityKind kind,
            KindRow.Parent parent,
            JsonNode value,
            ObjectNode problem) {
        String field = parent.field();
        String path = path(kind, id(entity));
        ObjectNode change = Json.object().set(field, value);
        if (parent.givenAwayWith() != null) {
            change.set(parent.givenAwayWith(), body(kind, 1).get(parent.givenAwayWith()));
        }

        assertAnswer(send("POST", path(kind), body(kind, 2).set(field, value)), 400, problem);
        assertAnswer(send("PUT", path, body(kind, 1).set(field, value)), 400, problem);
        assertAnswer(send("PATCH", path, change), 400, problem);
        assertAnswer(api.get(path), 200, entity);
    }

    @ParameterizedTest
    @MethodSource("parents")
    void aReferenceMayNameWhatItLeadsTo(EntityKind kind, KindRow.Parent parent) {
        String key = row(parent.kind()).key();
        ObjectNode two = made(parent.kind(), 2);
        ObjectNode given =
                key == null
                        ? Json.object().put("id", id(two).toUpperCase(Locale.ROOT))
                        : Json.object().set(key, two.get(key));
        ObjectNode body = body(kind, 1).set(parent.field(), given);

        Reply reply = send("POST", path(kind), body);

        ObjectNode expected = shown(kind, 1, parent.kind(), 2).put("id", id(reply.json()));
        expected.putObject(parent.field()).set("id", two.get("id"));
        assertAnswer(reply, 201, expected);
    }

    @ParameterizedTest
    @MethodSource("parents")
    void aReferenceIsTakenAwayUnlessItIsNeeded(EntityKind kind, KindRow.Parent parent) {
        ObjectNode entity = made(kind, 1);

        Reply reply = send("PATCH", path(kind, id(entity)), Json.object().putNull(parent.field()));

        if (parent.required()) {
            assertAnswer(
                    reply,
                    400,
                    schemaViolation(
                            "schema violation (" + parent.field() + ": required field missing)",
                            Json.object().put(parent.field(), "required field missing")));
        } else {
            assertAnswer(reply, 200, entity.deepCopy().putNull(parent.field()));
        }
    }
}
