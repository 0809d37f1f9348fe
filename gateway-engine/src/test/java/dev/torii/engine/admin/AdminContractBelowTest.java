package dev.torii.engine.admin;

import static dev.torii.engine.admin.Expected.NOT_FOUND;
import static dev.torii.engine.admin.Expected.assertAnswer;
import static dev.torii.engine.admin.Expected.assertEmpty;
import static dev.torii.engine.admin.Expected.assertList;
import static dev.torii.engine.admin.Expected.problem;
import static dev.torii.engine.admin.Expected.schemaViolation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.admin.AdminApi.Reply;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What every kind of entity does below those that it refers to, and they above it, by the rows of
/// the contract's table. One and two are a parent and another of its kind.
class AdminContractBelowTest extends AdminContract {

    private static final List<String> METHODS = List.of("GET", "PUT", "PATCH", "DELETE");

    static Stream<Arguments> parents() {
        return parents((kind, parent) -> true);
    }

    static Stream<Arguments> standingAlone() {
        return parents((kind, parent) -> !row(kind).onlyBelow());
    }

    static Stream<Arguments> keyed() {
        return parents(
                (kind, parent) -> !row(kind).onlyBelow() && row(kind).keyBelowParent() != null);
    }

    static Stream<Arguments> reachable() {
        return parents((kind, parent) -> parent.isReachedFromChild() && !row(kind).onlyBelow());
    }

    static Stream<Arguments> orphans() {
        return parents((kind, parent) -> !parent.required());
    }

    static Stream<Arguments> unreachable() {
        return parents((kind, parent) -> !parent.isReachedFromChild());
    }

    /// The path of a parent's children.
    private String below(KindRow.Parent parent, String key) {
        return path(parent.kind(), key) + "/" + parent.below();
    }

    private String below(KindRow.Parent parent, int n) {
        return below(parent, id(made(parent.kind(), n)));
    }

    private static String child(String below, String key) {
        return below + "/" + Encoding.encoded(key);
    }

    /// The body of child number `n`, without its parent.
    private ObjectNode orphan(EntityKind kind, KindRow.Parent parent, int n) {
        ObjectNode body = body(kind, n);
        body.remove(parent.field());
        return body;
    }

    private ObjectNode born(EntityKind kind, KindRow.Parent parent, int of, int n) {
        return created(below(parent, of), orphan(kind, parent, n));
    }

    private ObjectNode link(KindRow.Parent parent, int n) {
        return Json.object().put("id", id(made(parent.kind(), n)));
    }

    /// Child number `n` of a parent, whole but for its id.
    private ObjectNode shown(EntityKind kind, KindRow.Parent parent, int of, int n, String id) {
        ObjectNode shown = shown(kind, n, parent.kind(), of).put("id", id);
        shown.set(parent.field(), link(parent, of));
        return shown;
    }

    private static String keyBelow(EntityKind kind, ObjectNode entity) {
        String key = row(kind).keyBelowParent();
        return key == null ? id(entity) : entity.path(key).asText();
    }

    @ParameterizedTest
    @MethodSource("parents")
    void postMakesAChildOfTheParentInThePath(EntityKind kind, KindRow.Parent parent) {
        for (Encoding encoding : Encoding.values()) {
            ObjectNode body = body(kind, 1);
            body.set(parent.field(), link(parent, 2));

            Reply reply = send("POST", below(parent, 1), body, encoding);

            assertAnswer(reply, 201, shown(kind, parent, 1, 1, id(reply.json())));
            assertEmpty(api.delete(child(below(parent, 1), id(reply.json()))), 204);
        }
    }

    @ParameterizedTest
    @MethodSource("parents")
    void listsTheChildrenOfOneParent(EntityKind kind, KindRow.Parent parent) {
        List<ObjectNode> own = sorted(List.of(born(kind, parent, 1, 1), born(kind, parent, 1, 2)));
        ObjectNode others = born(kind, parent, 2, 3);
        ObjectNode one = made(parent.kind(), 1);

        assertList(api.get(below(parent, 1)), own);
        assertList(api.get(below(parent, keyOf(parent.kind(), one)) + "/"), own);
        assertList(api.get(below(parent, 2)), List.of(others));
        assertList(api.get(below(parent, 1) + "?tags=nobody-has-it"), own);
        assertList(api.get(below(parent, 3)), List.of());
        assertHead(below(parent, 1));
    }

    @ParameterizedTest
    @MethodSource("parents")
    void listsTheChildrenPageByPage(EntityKind kind, KindRow.Parent parent) {
        List<ObjectNode> all = new ArrayList<>();
        for (int n = 1; n <= 5; n++) {
            all.add(born(kind, parent, 1, n));
        }

        assertPages(below(parent, 1), "?size=2", "", sorted(all));
    }

    @ParameterizedTest
    @MethodSource("parents")
    void findsAChildByIdAndByKey(EntityKind kind, KindRow.Parent parent) {
        ObjectNode entity = born(kind, parent, 1, 1);
        String own = below(parent, 1);

        assertAnswer(api.get(child(own, id(entity))), 200, entity);
        assertAnswer(api.get(child(own, keyBelow(kind, entity)) + "/"), 200, entity);
        assertHead(child(own, id(entity)));
    }

    @ParameterizedTest
    @MethodSource("parents")
    void anotherParentsChildIsNotFound(EntityKind kind, KindRow.Parent parent) {
        ObjectNode entity = born(kind, parent, 1, 1);
        String others = below(parent, 2);

        for (String key : List.of(id(entity), keyBelow(kind, entity), UNKNOWN)) {
            assertAnswer(api.get(child(others, key)), 404, NOT_FOUND);
            assertAnswer(api.delete(child(others, key)), 404, NOT_FOUND);
            assertAnswer(
                    send("PATCH", child(others, key), filled(row(kind).change())), 404, NOT_FOUND);
        }
        assertList(api.get(below(parent, 1)), List.of(entity));
    }

    @ParameterizedTest
    @MethodSource("standingAlone")
    void putMakesReplacesAndMovesAChild(EntityKind kind, KindRow.Parent parent) {
        String own = below(parent, 1);

        Reply made = send("PUT", child(own, UNKNOWN), orphan(kind, parent, 1));
        assertAnswer(made, 200, shown(kind, parent, 1, 1, UNKNOWN));
        Reply replaced = send("PUT", child(own, UNKNOWN), orphan(kind, parent, 2));
        assertAnswer(replaced, 200, shown(kind, parent, 1, 2, UNKNOWN));
        Reply moved = send("PUT", child(below(parent, 2), UNKNOWN), orphan(kind, parent, 3));
        assertAnswer(moved, 200, shown(kind, parent, 2, 3, UNKNOWN));

        assertList(api.get(own), List.of());
    }

    @ParameterizedTest
    @MethodSource("keyed")
    void putByKeyTakesTheKeyFromTheUrl(EntityKind kind, KindRow.Parent parent) {
        String field = row(kind).keyBelowParent();
        String key = body(kind, 2).path(field).asText();
        ObjectNode before = born(kind, parent, 1, 2);

        Reply reply = send("PUT", child(below(parent, 1), key), orphan(kind, parent, 1));

        assertAnswer(reply, 200, shown(kind, parent, 1, 1, id(before)).put(field, key));
    }

    @ParameterizedTest
    @MethodSource("parents")
    void patchMergesAChild(EntityKind kind, KindRow.Parent parent) {
        ObjectNode before = born(kind, parent, 1, 1);
        api.clock.set(AdminApi.START.plusSeconds(60));
        String path = child(below(parent, 1), keyBelow(kind, before));

        Reply reply = send("PATCH", path, filled(row(kind).change()));

        assertAnswer(reply, 200, changed(kind, before));
        assertAnswer(api.get(child(below(parent, 1), id(before))), 200, reply.json());
    }

    @ParameterizedTest
    @MethodSource("parents")
    void patchMayGiveAChildAway(EntityKind kind, KindRow.Parent parent) {
        ObjectNode before = born(kind, parent, 1, 1);
        String path = child(below(parent, 1), id(before));
        ObjectNode away = Json.object().set(parent.field(), link(parent, 2));
        ObjectNode given = before.deepCopy().set(parent.field(), link(parent, 2));
        String needed = parent.givenAwayWith();
        if (needed != null) {
            String message =
                    "all or none of these fields must be set: '%s', '%s.id'"
                            .formatted(needed, parent.field());
            ObjectNode fields = Json.object();
            fields.putArray("@entity").add(message);
            assertAnswer(
                    send("PATCH", path, away),
                    400,
                    schemaViolation("schema violation (" + message + ")", fields));
            away.set(needed, body(kind, 1).get(needed));
            given.set(needed, shown(kind, parent, 2, 1, "").get(needed));
        }

        Reply reply = send("PATCH", path, away);

        assertAnswer(reply, 200, given);
        assertList(api.get(below(parent, 1)), List.of());
        assertList(api.get(below(parent, 2)), List.of(given));
    }

    @ParameterizedTest
    @MethodSource("parents")
    void deletesAChild(EntityKind kind, KindRow.Parent parent) {
        ObjectNode one = born(kind, parent, 1, 1);
        ObjectNode two = born(kind, parent, 1, 2);
        String own = below(parent, 1);

        assertEmpty(api.delete(child(own, id(one))), 204);
        assertList(api.get(own), List.of(two));
        assertEmpty(api.delete(child(own, keyBelow(kind, two))), 204);
        assertList(api.get(own), List.of());
        assertAnswer(api.delete(child(own, id(one))), 404, NOT_FOUND);
    }

    @ParameterizedTest
    @MethodSource("parents")
    void nothingIsFoundBelowAParentThatIsNotThere(EntityKind kind, KindRow.Parent parent) {
        String below = below(parent, UNKNOWN);
        ObjectNode body = orphan(kind, parent, 1);

        for (String method : List.of("GET", "POST")) {
            assertAnswer(send(method, below, body), 404, NOT_FOUND);
        }
        for (String method : METHODS) {
            assertAnswer(send(method, child(below, UNKNOWN), body), 404, NOT_FOUND);
        }
    }

    @ParameterizedTest
    @MethodSource("parents")
    void answersTheMethodsThatItHas(EntityKind kind, KindRow.Parent parent) {
        assertMethods(
                below(parent, 1), List.of("PUT", "PATCH", "DELETE"), "GET, HEAD, OPTIONS, POST");
        assertMethods(
                child(below(parent, 1), UNKNOWN),
                List.of("POST"),
                "DELETE, GET, HEAD, OPTIONS, PATCH, PUT");
    }

    @ParameterizedTest
    @MethodSource("parents")
    void aParentTakesItsChildrenAlongOrStays(EntityKind kind, KindRow.Parent parent) {
        ObjectNode entity = born(kind, parent, 1, 1);
        ObjectNode others = born(kind, parent, 2, 2);
        String path = path(parent.kind(), id(made(parent.kind(), 1)));

        Reply reply = api.delete(path);

        if (parent.onDelete().equals("cascade")) {
            assertEmpty(reply, 204);
            assertThat(api.store.snapshot().find(kind, id(entity))).isNull();
        } else {
            assertAnswer(
                    reply,
                    400,
                    problem(
                            4,
                            "foreign key violation",
                            "an existing '"
                                    + kind.schemaName()
                                    + "' entity references this '"
                                    + parent.kind().schemaName()
                                    + "' entity",
                            Json.object().put("@referenced_by", kind.schemaName())));
            assertEmpty(api.delete(child(below(parent, 1), id(entity))), 204);
            assertEmpty(api.delete(path), 204);
        }
        assertAnswer(api.get(child(below(parent, 2), id(others))), 200, others);
    }

    @ParameterizedTest
    @MethodSource("reachable")
    void aChildLeadsToItsParent(EntityKind kind, KindRow.Parent parent) {
        ObjectNode entity = born(kind, parent, 1, 1);
        ObjectNode one = made(parent.kind(), 1);
        String up = path(kind, keyOf(kind, entity)) + "/" + parent.field();

        assertAnswer(api.get(up), 200, one);
        assertAnswer(api.get(up + "/"), 200, one);
        assertHead(up);
        assertMethods(up, List.of("POST", "DELETE"), "DELETE, GET, HEAD, OPTIONS, PATCH, PUT");

        Reply put = send("PUT", up, body(parent.kind(), 1));
        assertAnswer(put, 200, one);
        Reply patched = send("PATCH", up, filled(row(parent.kind()).change()));
        assertAnswer(patched, 200, changed(parent.kind(), one));
        assertAnswer(api.get(path(kind, id(entity))), 200, entity);
    }

    @ParameterizedTest
    @MethodSource("reachable")
    void aChildThatIsNotThereLeadsNowhere(EntityKind kind, KindRow.Parent parent) {
        for (String method : METHODS) {
            String up = path(kind, UNKNOWN) + "/" + parent.field();
            assertAnswer(send(method, up, body(parent.kind(), 1)), 404, NOT_FOUND);
        }
    }

    @ParameterizedTest
    @MethodSource("orphans")
    void anOrphanIsGivenAParent(EntityKind kind, KindRow.Parent parent) {
        ObjectNode entity = created(path(kind), orphan(kind, parent, 1));
        String up = path(kind, id(entity)) + "/" + parent.field();
        ObjectNode body = body(parent.kind(), 3);

        for (String method : List.of("GET", "PATCH", "DELETE")) {
            assertAnswer(send(method, up, body), 404, NOT_FOUND);
        }
        Reply made = send("PUT", up, body);

        assertAnswer(made, 200, shown(parent.kind(), 3, id(made.json())));
        ObjectNode linked = entity.deepCopy();
        linked.putObject(parent.field()).put("id", id(made.json()));
        assertAnswer(api.get(path(kind, id(entity))), 200, linked);
        assertAnswer(api.get(up), 200, made.json());
    }

    @ParameterizedTest
    @MethodSource("unreachable")
    void someChildrenDoNotLeadToTheirParent(EntityKind kind, KindRow.Parent parent) {
        ObjectNode entity = born(kind, parent, 1, 1);

        for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
            String up = path(kind, id(entity)) + "/" + parent.field();
            assertAnswer(api.call(method, up, "{}"), 404, NOT_FOUND);
        }
    }
}
