package dev.torii.engine.admin;

import static dev.torii.engine.admin.Expected.NOT_FOUND;
import static dev.torii.engine.admin.Expected.answered;
import static dev.torii.engine.admin.Expected.assertAnswer;
import static dev.torii.engine.admin.Expected.assertEmpty;
import static dev.torii.engine.admin.Expected.assertList;
import static dev.torii.engine.admin.Expected.noSuchEntity;
import static dev.torii.engine.admin.Expected.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

/// What every kind of entity does at its own path: how it is made, read, replaced, changed and
/// deleted.
class AdminContractTest extends AdminContract {

    static Stream<Arguments> encodings() {
        return Stream.of(EntityKind.values())
                .flatMap(kind -> Stream.of(Encoding.values()).map(e -> Arguments.of(kind, e)));
    }

    static Stream<EntityKind> keyed() {
        return Stream.of(EntityKind.values()).filter(kind -> row(kind).key() != null);
    }

    static Stream<EntityKind> keyless() {
        return Stream.of(EntityKind.values()).filter(kind -> row(kind).key() == null);
    }

    static Stream<EntityKind> standingAlone() {
        return Stream.of(EntityKind.values()).filter(kind -> !row(kind).onlyBelow());
    }

    static Stream<EntityKind> onlyBelow() {
        return Stream.of(EntityKind.values()).filter(kind -> row(kind).onlyBelow());
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void postMakesAWholeEntity(EntityKind kind, Encoding encoding) {
        Reply reply = send("POST", path(kind), body(kind, 1), encoding);

        ObjectNode entity = answered(reply, 201);
        assertAnswer(reply, 201, shown(kind, 1, id(entity)));
        assertThat(id(entity))
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertAnswer(api.get(path(kind, id(entity))), 200, entity);
    }

    @ParameterizedTest
    @EnumSource
    void postTakesTheIdThatItIsGiven(EntityKind kind) {
        Reply reply = send("POST", path(kind) + "/", body(kind, 1).put("id", UNKNOWN));

        assertAnswer(reply, 201, shown(kind, 1, UNKNOWN));
    }

    @ParameterizedTest
    @EnumSource
    void readsById(EntityKind kind) {
        ObjectNode entity = made(kind, 1);
        made(kind, 2);

        assertAnswer(api.get(path(kind, id(entity))), 200, entity);
        assertAnswer(api.get(path(kind, id(entity)) + "/"), 200, entity);
        assertAnswer(api.get(path(kind, id(entity).toUpperCase(Locale.ROOT))), 200, entity);
        assertHead(path(kind, id(entity)));
    }

    @ParameterizedTest
    @MethodSource("keyed")
    void readsByKey(EntityKind kind) {
        ObjectNode entity = made(kind, 1);
        made(kind, 2);

        assertAnswer(api.get(path(kind, keyOf(kind, entity))), 200, entity);
        assertAnswer(api.get(path(kind, keyOf(kind, entity)) + "/"), 200, entity);
        assertHead(path(kind, keyOf(kind, entity)));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotThereCannotBeRead(EntityKind kind) {
        KindRow row = row(kind);

        assertAnswer(
                api.get(path(kind, UNKNOWN)),
                row.noSuchId().status(),
                filled(row.noSuchId().body()));
        assertAnswer(
                api.get(path(kind, "nobody")), row.noSuchName().status(), row.noSuchName().body());
        assertHead(path(kind, UNKNOWN));
        assertHead(path(kind, "nobody"));
    }

    @ParameterizedTest
    @MethodSource("keyless")
    void whatHasNoKeyIsNotFoundByName(EntityKind kind) {
        KindRow row = row(kind);

        for (String method : List.of("PATCH", "DELETE")) {
            assertAnswer(
                    send(method, path(kind, "nobody"), filled(row.change())),
                    row.noSuchName().status(),
                    row.noSuchName().body());
        }
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void putMakesWhatIsNotThere(EntityKind kind, Encoding encoding) {
        Reply reply = send("PUT", path(kind, UNKNOWN), body(kind, 1), encoding);

        if (row(kind).onlyBelow()) {
            assertAnswer(reply, 404, NOT_FOUND);
            return;
        }
        assertAnswer(reply, 200, shown(kind, 1, UNKNOWN));
        assertAnswer(api.get(path(kind, UNKNOWN)), 200, reply.json());
    }

    @ParameterizedTest
    @MethodSource("standingAlone")
    void putReplacesTheWhole(EntityKind kind) {
        ObjectNode other = filled(row(kind).other());
        ObjectNode fresh = created(path(kind), other);
        assertEmpty(api.delete(path(kind, id(fresh))), 204);
        String id = id(made(kind, 1));

        Reply reply = send("PUT", path(kind, id), other.deepCopy().put("id", UNKNOWN));

        assertAnswer(reply, 200, fresh.put("id", id));
        assertAnswer(api.get(path(kind, id)), 200, fresh);
        assertList(api.get(path(kind)), List.of(fresh));
    }

    @ParameterizedTest
    @MethodSource("standingAlone")
    void putResetsWhatItDoesNotSayAndTheTimesToo(EntityKind kind) {
        ObjectNode before = made(kind, 1);
        answered(send("PATCH", path(kind, id(before)), filled(row(kind).change())), 200);
        api.clock.set(AdminApi.START.plusSeconds(60));

        ObjectNode again = answered(send("PUT", path(kind, id(before)), body(kind, 1)), 200);
        assertThat(again).isEqualTo(parsed(Json.text(shown(kind, 1, id(before)))));

        ObjectNode dated = body(kind, 1);
        dated.set("created_at", before.get("created_at"));
        assertThat(answered(send("PUT", path(kind, id(before)), dated), 200).get("created_at"))
                .isEqualTo(before.get("created_at"));
    }

    @ParameterizedTest
    @MethodSource("onlyBelow")
    void putBelowAParentAloneMergesAndMakesNothing(EntityKind kind) {
        ObjectNode change = filled(row(kind).change());
        ObjectNode before = made(kind, 1);
        api.clock.set(AdminApi.START.plusSeconds(60));

        assertAnswer(send("PUT", path(kind, "nobody"), body(kind, 2)), 404, NOT_FOUND);
        Reply reply = send("PUT", path(kind, keyOf(kind, before)), change);

        assertAnswer(reply, 200, changed(kind, before));
        assertAnswer(api.get(path(kind, id(before))), 200, reply.json());
        assertList(api.get(path(kind)), List.of(changed(kind, before)));
    }

    static Stream<EntityKind> keyedAndStandingAlone() {
        return keyed().filter(kind -> !row(kind).onlyBelow());
    }

    @ParameterizedTest
    @MethodSource("keyedAndStandingAlone")
    void putByKeyTakesTheKeyFromTheUrl(EntityKind kind) {
        String key = keyOf(kind, body(kind, 2));
        Reply made = send("PUT", path(kind, key), body(kind, 1));

        ObjectNode expected = shown(kind, 1, id(made.json())).put(row(kind).key(), key);
        assertAnswer(made, 200, expected);

        Reply replaced = send("PUT", path(kind, key), body(kind, 1).put("id", UNKNOWN));
        assertAnswer(replaced, 200, expected);
        assertList(api.get(path(kind)), List.of(expected));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void patchMerges(EntityKind kind, Encoding encoding) {
        ObjectNode before = made(kind, 1);
        api.clock.set(AdminApi.START.plusSeconds(60));

        Reply reply = send("PATCH", path(kind, id(before)), filled(row(kind).change()), encoding);

        assertAnswer(reply, 200, changed(kind, before));
        assertAnswer(api.get(path(kind, id(before))), 200, reply.json());
    }

    @ParameterizedTest
    @MethodSource("keyed")
    void patchMergesByKey(EntityKind kind) {
        ObjectNode before = made(kind, 1);

        Reply reply = send("PATCH", path(kind, keyOf(kind, before)), filled(row(kind).change()));

        assertAnswer(reply, 200, changed(kind, before));
    }

    @ParameterizedTest
    @EnumSource
    void patchOfAllThatWasReadChangesNothing(EntityKind kind) {
        ObjectNode before = made(kind, 1);
        ObjectNode sent = before.deepCopy();
        // A password is read as its hash, and hashed again when it is sent.
        sent.remove("password");

        assertAnswer(send("PATCH", path(kind, id(before)), sent), 200, before);
        assertAnswer(send("PATCH", path(kind, id(before)), Json.object()), 200, before);
        assertAnswer(
                send("PATCH", path(kind, id(before)), (ObjectNode) parsed("{\"tags\":null}")),
                200,
                before.deepCopy().putNull("tags"));
    }

    @ParameterizedTest
    @EnumSource
    void patchMakesNothing(EntityKind kind) {
        ObjectNode change = filled(row(kind).change());
        ObjectNode byId = Json.object().put("id", UNKNOWN);
        boolean below = row(kind).onlyBelow();

        assertAnswer(
                send("PATCH", path(kind, UNKNOWN), change),
                404,
                below ? NOT_FOUND : noSuchEntity("primary key '", byId));
        if (row(kind).key() != null) {
            ObjectNode byKey = Json.object().put(row(kind).key(), "nobody");
            assertAnswer(
                    send("PATCH", path(kind, "nobody"), change),
                    404,
                    below ? NOT_FOUND : noSuchEntity("'", byKey));
        }
        assertList(api.get(path(kind)), List.of());
    }

    @ParameterizedTest
    @EnumSource
    void deletesById(EntityKind kind) {
        assertDeletes(kind, id(made(kind, 1)));
    }

    @ParameterizedTest
    @MethodSource("keyed")
    void deletesByKey(EntityKind kind) {
        assertDeletes(kind, keyOf(kind, made(kind, 1)));
    }

    private void assertDeletes(EntityKind kind, String key) {
        ObjectNode kept = made(kind, 2);

        assertEmpty(api.delete(path(kind, key)), 204);

        assertList(api.get(path(kind)), List.of(kept));
        Reply again = api.delete(path(kind, key));
        if (row(kind).onlyBelow()) {
            assertAnswer(again, 404, NOT_FOUND);
        } else {
            assertEmpty(again, 204);
        }
    }

    @ParameterizedTest
    @MethodSource("onlyBelow")
    void whatIsFoundBelowItsParentAloneHasNoOtherPath(EntityKind kind) {
        ObjectNode entity = made(kind, 1);

        for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
            for (String path :
                    List.of(
                            "/" + kind.path(),
                            "/" + kind.path() + "/" + id(entity),
                            "/" + kind.path() + "/" + id(entity) + "/upstream")) {
                assertAnswer(api.call(method, path, "{}"), 404, NOT_FOUND);
            }
        }
    }
}
