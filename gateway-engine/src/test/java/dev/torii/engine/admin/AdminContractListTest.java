package dev.torii.engine.admin;

import static dev.torii.engine.admin.Expected.assertAnswer;
import static dev.torii.engine.admin.Expected.assertList;
import static dev.torii.engine.admin.Expected.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What every kind of entity does as a list, and what is said of it as a kind.
class AdminContractListTest extends AdminContract {

    static Stream<EntityKind> standingAlone() {
        return Stream.of(EntityKind.values()).filter(kind -> !row(kind).onlyBelow());
    }

    @Test
    void everyKindHasItsRow() {
        assertThat(EntityKind.values()).allSatisfy(kind -> assertThat(row(kind)).isNotNull());
    }

    @ParameterizedTest
    @EnumSource
    void listsAllInOrderOfId(EntityKind kind) {
        assertList(api.get(path(kind)), several(kind, 0));

        List<ObjectNode> all = several(kind, 3);
        assertList(api.get(path(kind)), all);
        assertList(api.get(path(kind) + "/?size=1000"), all);
        assertHead(path(kind));
    }

    @ParameterizedTest
    @EnumSource
    void listsPageByPage(EntityKind kind) {
        List<ObjectNode> all = several(kind, 5);

        assertPages(path(kind), "?size=2", row(kind).onlyBelow() ? "" : "&size=2", all);
    }

    @ParameterizedTest
    @MethodSource("standingAlone")
    void listsWhatHasAllOrAnyOfTheTags(EntityKind kind) {
        ObjectNode red = tagged(kind, 1, "red");
        ObjectNode both = tagged(kind, 2, "red", "round");
        ObjectNode round = tagged(kind, 3, "round", "large one");
        tagged(kind, 4, "square");

        assertList(api.get(path(kind) + "?tags=red"), sorted(List.of(red, both)));
        assertList(api.get(path(kind) + "?tags=red,round"), List.of(both));
        assertList(api.get(path(kind) + "?tags=red/round"), sorted(List.of(red, both, round)));
        assertList(api.get(path(kind) + "?tags=large%20one"), List.of(round));
        assertList(api.get(path(kind) + "?tags=none"), List.of());
        assertPages(
                path(kind),
                "?tags=red/round&size=2",
                "&tags=red%2Fround&size=2",
                sorted(List.of(red, both, round)));
    }

    @ParameterizedTest
    @EnumSource
    void refusesQueriesThatMakeNoSense(EntityKind kind) {
        Object[][] refused = {
            {"size=x", 9, "invalid size", "size must be a number"},
            {"size=0", 9, "invalid size", "size must be an integer between 1 and 1000"},
            {"size=1001", 9, "invalid size", "size must be an integer between 1 and 1000"},
            {"size=1.5", 9, "invalid size", "size must be an integer between 1 and 1000"},
            {"offset=%2A", 7, "invalid offset", "'*' is not a valid offset: bad base64 encoding"},
        };
        for (Object[] each : refused) {
            assertAnswer(
                    api.get(path(kind) + "?" + each[0]),
                    400,
                    problem((int) each[1], (String) each[2], (String) each[3], null));
        }
        String[][] tags = {
            {"tags=", "cannot be null"},
            {"tags=a,b/c", "invalid filter syntax"},
            {"tags=a,b,c,d,e,f", "cannot query more than 5 tags"},
        };
        for (String[] each : tags) {
            ObjectNode problem =
                    problem(11, "invalid options", "invalid option (tags: " + each[1] + ")", null);
            problem.putObject("options").put("tags", each[1]);
            assertAnswer(api.get(path(kind) + "?" + each[0]), 400, problem);
        }
        assertList(api.get(path(kind) + "?colour=red"), List.of());
    }

    @ParameterizedTest
    @EnumSource
    void answersTheMethodsThatItHas(EntityKind kind) {
        assertMethods(path(kind), List.of("PUT", "PATCH", "DELETE"), "GET, HEAD, OPTIONS, POST");
        assertMethods(
                path(kind, UNKNOWN), List.of("POST"), "DELETE, GET, HEAD, OPTIONS, PATCH, PUT");
    }

    @ParameterizedTest
    @EnumSource
    void servesItsSchemaAndValidatesWithIt(EntityKind kind) {
        JsonNode schema = api.get("/schemas/" + kind.schemaName()).json();
        List<String> fields = new ArrayList<>();
        schema.path("fields").forEach(field -> field.fieldNames().forEachRemaining(fields::add));
        List<String> shown = new ArrayList<>();
        shown(kind, 1, UNKNOWN).fieldNames().forEachRemaining(shown::add);
        // Written with the certificate, but kept apart.
        shown.remove("snis");
        fields.remove("snis");

        assertThat(fields).containsExactlyInAnyOrderElementsOf(shown);
        assertThat(schema.path("entity_checks").isArray()).isTrue();
        assertAnswer(
                send(
                        "POST",
                        "/schemas/" + kind.schemaName() + "/validate",
                        validated(kind, body(kind, 1))),
                200,
                Json.object().put("message", "schema validation successful"));
    }

    private ObjectNode tagged(EntityKind kind, int n, String... tags) {
        ObjectNode body = body(kind, n);
        var list = body.putArray("tags");
        List.of(tags).forEach(list::add);
        return created(path(kind), body);
    }
}
