package dev.torii.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds for every kind of entity alike.
class AdminContractTest {

    /// One line for each kind. JSON is written with single quotes.
    ///
    /// In `sample` and `unique`, `N` becomes a number and `C` a consumer's id.
    enum Kind {
        SERVICES(
                "/services",
                "name",
                "{'name':'s-N','host':'example.com'}",
                "{'name':'s-1','host':'other.test'}",
                "{'host':5}",
                "host",
                "{'retries':7}",
                "retries"),
        ROUTES(
                "/routes",
                "name",
                "{'name':'r-N','paths':['/N']}",
                "{'name':'r-1','paths':['/x']}",
                "{'paths':'/x'}",
                "paths",
                "{'regex_priority':7}",
                "regex_priority"),
        CONSUMERS(
                "/consumers",
                "username",
                "{'username':'c-N'}",
                "{'username':'c-1'}",
                "{'username':[]}",
                "username",
                "{'custom_id':'7'}",
                "custom_id"),
        PLUGINS(
                "/plugins",
                "instance_name",
                "{'name':'limits','instance_name':'p-N','consumer':{'id':'C'},'config':{'minute':1}}",
                "{'name':'auth','instance_name':'p-1'}",
                "{'name':'limits','config':{'minute':'x'}}",
                "config",
                "{'enabled':false}",
                "enabled"),
        KEY_AUTHS(
                "/key-auths",
                "key",
                "{'key':'k-N','consumer':{'id':'C'}}",
                "{'key':'k-1','consumer':{'id':'C'}}",
                "{'key':1,'consumer':{'id':'C'}}",
                "key",
                "{'tags':['seven']}",
                "tags");

        private final String path;
        private final String endpointKey;
        private final String sample;
        private final String unique;
        private final String wrong;
        private final String wrongField;
        private final String patch;
        private final String patchedField;

        Kind(
                String path,
                String endpointKey,
                String sample,
                String unique,
                String wrong,
                String wrongField,
                String patch,
                String patchedField) {
            this.path = path;
            this.endpointKey = endpointKey;
            this.sample = sample;
            this.unique = unique;
            this.wrong = wrong;
            this.wrongField = wrongField;
            this.patch = patch;
            this.patchedField = patchedField;
        }
    }

    private static final String UNKNOWN = "99999999-9999-4999-8999-999999999999";

    private AdminApi api;

    @BeforeEach
    void start() throws Exception {
        api = new AdminApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private String body(String template, int number) {
        String consumer =
                template.contains("'C'")
                        ? api.created(
                                "/consumers",
                                "{'custom_id':'for-" + number + "-" + System.nanoTime() + "'}")
                        : "";
        return template.replace("N", Integer.toString(number)).replace("'C'", "'" + consumer + "'");
    }

    private ObjectNode create(Kind kind, int number) {
        var reply = api.call("POST", kind.path, body(kind.sample, number));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return (ObjectNode) reply.json();
    }

    private static String id(JsonNode entity) {
        return entity.path("id").textValue();
    }

    @ParameterizedTest
    @EnumSource
    void createsAndReadsByIdAndByKey(Kind kind) {
        ObjectNode created = create(kind, 1);

        assertThat(created.path("created_at").longValue())
                .isEqualTo(AdminApi.START.getEpochSecond());
        assertThat(api.get(kind.path + "/" + id(created)).json()).isEqualTo(created);
        assertThat(api.get(kind.path + "/" + id(created).toUpperCase(Locale.ROOT) + "/").json())
                .isEqualTo(created);
        assertThat(api.get(kind.path + "/" + created.path(kind.endpointKey).textValue()).json())
                .isEqualTo(created);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotThereIsNotFound(Kind kind) {
        for (String key : List.of(UNKNOWN, "nobody")) {
            var reply = api.get(kind.path + "/" + key);
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.text()).isEqualTo("{\"message\":\"Not found\"}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsPageByPageInOrderOfId(Kind kind) {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            all.add(id(create(kind, i)));
        }
        List<String> seen = new ArrayList<>();
        String next = kind.path + "?size=2";
        int pages = 0;
        while (next != null) {
            JsonNode page = api.get(next).json();
            page.path("data").forEach(entity -> seen.add(id(entity)));
            next = page.path("next").textValue();
            assertThat(page.has("offset")).isEqualTo(next != null);
            pages++;
        }

        assertThat(seen).containsExactlyElementsOf(all.stream().sorted().toList());
        assertThat(pages).isEqualTo(3);
        assertThat(api.get(kind.path).json().path("data")).hasSize(5);
    }

    @ParameterizedTest
    @EnumSource
    void filtersByTags(Kind kind) {
        String one = id(create(kind, 1));
        String two = id(create(kind, 2));
        create(kind, 3);
        api.call("PATCH", kind.path + "/" + one, "{'tags':['red','round','red']}");
        api.call("PATCH", kind.path + "/" + two, "{'tags':['red']}");

        assertThat(api.get(kind.path + "?tags=red,round").json().path("data"))
                .extracting(AdminContractTest::id)
                .containsExactly(one);
        assertThat(api.get(kind.path + "?tags=red/round").json().path("data"))
                .extracting(AdminContractTest::id)
                .containsExactlyInAnyOrder(one, two);
        assertThat(api.get(kind.path + "/" + one).json().path("tags")).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void putCreatesAndReplacesAsAWhole(Kind kind) {
        String body = body(kind.sample, 1);
        var created = api.call("PUT", kind.path + "/" + UNKNOWN, body);
        assertThat(created.status()).as(created.text()).isEqualTo(200);
        assertThat(id(created.json())).isEqualTo(UNKNOWN);
        api.call("PATCH", kind.path + "/" + UNKNOWN, kind.patch);
        api.clock.set(AdminApi.START.plusSeconds(60));

        var replaced = api.call("PUT", kind.path + "/" + UNKNOWN, body);

        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().path(kind.patchedField))
                .isEqualTo(created.json().path(kind.patchedField));
        assertThat(replaced.json().path("created_at").longValue())
                .isEqualTo(AdminApi.START.getEpochSecond() + 60);
    }

    @ParameterizedTest
    @EnumSource
    void putByKeyTakesTheKeyFromTheUrlAndKeepsTheId(Kind kind) {
        var created = api.call("PUT", kind.path + "/by-url", body(kind.sample, 1));
        assertThat(created.status()).as(created.text()).isEqualTo(200);
        assertThat(created.json().path(kind.endpointKey).textValue()).isEqualTo("by-url");

        var replaced = api.call("PUT", kind.path + "/by-url", created.text().replace('"', '\''));

        assertThat(id(replaced.json())).isEqualTo(id(created.json()));
    }

    @ParameterizedTest
    @EnumSource
    void patchMergesAndKeepsTheRest(Kind kind) {
        ObjectNode before = create(kind, 1);
        api.clock.set(AdminApi.START.plusSeconds(60));

        var reply = api.call("PATCH", kind.path + "/" + id(before), kind.patch);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        ObjectNode after = (ObjectNode) reply.json();
        assertThat(after.path(kind.patchedField)).isNotEqualTo(before.path(kind.patchedField));
        if (before.has("updated_at")) {
            assertThat(after.path("updated_at").longValue())
                    .isEqualTo(AdminApi.START.getEpochSecond() + 60);
        }
        after.set(kind.patchedField, before.get(kind.patchedField));
        assertThat(
                        after.without(List.of("updated_at"))
                                .equals(before.without(List.of("updated_at"))))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void patchOfNothingSaysWhatIsMissing(Kind kind) {
        var byId = api.call("PATCH", kind.path + "/" + UNKNOWN, kind.patch);
        assertThat(byId.status()).isEqualTo(404);
        assertThat(byId.json().path("code").intValue()).isEqualTo(6);
        assertThat(byId.json().path("message").textValue())
                .isEqualTo("could not find the entity with primary key '{id=\"" + UNKNOWN + "\"}'");

        assertThat(
                        api.call("PATCH", kind.path + "/nobody", kind.patch)
                                .json()
                                .path("message")
                                .textValue())
                .isEqualTo(
                        "could not find the entity with '{" + kind.endpointKey + "=\"nobody\"}'");
    }

    @ParameterizedTest
    @EnumSource
    void theIdCannotBeChanged(Kind kind) {
        String id = id(create(kind, 1));

        assertThat(
                        api.call("PATCH", kind.path + "/" + id, "{'id':'" + UNKNOWN + "'}")
                                .json()
                                .path("message")
                                .textValue())
                .isEqualTo("schema violation (id: immutable field cannot be updated)");
    }

    @ParameterizedTest
    @EnumSource
    void deletesAndDoesNotMindWhatIsGone(Kind kind) {
        String id = id(create(kind, 1));

        assertThat(api.delete(kind.path + "/" + id).status()).isEqualTo(204);
        assertThat(api.get(kind.path + "/" + id).status()).isEqualTo(404);
        assertThat(api.delete(kind.path + "/" + id).status()).isEqualTo(204);
        assertThat(api.delete(kind.path + "/nobody").status()).isEqualTo(204);
    }

    @ParameterizedTest
    @EnumSource
    void refusesAKeyThatIsTaken(Kind kind) {
        ObjectNode first = create(kind, 1);

        var reply = api.call("POST", kind.path, body(kind.unique, 2));

        String key = first.path(kind.endpointKey).textValue();
        assertThat(reply.status()).as(reply.text()).isEqualTo(409);
        assertThat(reply.text())
                .isEqualTo(
                        ("{'code':5,'name':'unique constraint violation','message':"
                                        + "'UNIQUE violation detected on @{KEY=\\'VALUE\\'}@',"
                                        + "'fields':{'KEY':'VALUE'}}")
                                .replace('\'', '"')
                                .replace('@', '\'')
                                .replace("KEY", kind.endpointKey)
                                .replace("VALUE", key));
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnIdThatIsTaken(Kind kind) {
        ObjectNode first = create(kind, 1);
        String body = body(kind.sample, 2).replaceFirst("\\{", "{'id':'" + id(first) + "',");

        var reply = api.call("POST", kind.path, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").textValue())
                .isEqualTo("primary key violation on key '{id=\"" + id(first) + "\"}'");
    }

    @ParameterizedTest
    @EnumSource
    void namesTheFieldThatIsWrong(Kind kind) {
        var reply = api.call("POST", kind.path, body(kind.wrong, 1));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("code").intValue()).isEqualTo(2);
        assertThat(reply.json().path("name").textValue()).isEqualTo("schema violation");
        assertThat(reply.json().path("fields").has(kind.wrongField)).as(reply.text()).isTrue();
        assertThat(reply.json().path("message").textValue()).contains(kind.wrongField);
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnUnknownField(Kind kind) {
        String body = body(kind.sample, 1).replaceFirst("\\{", "{'colour':1,");

        var reply = api.call("POST", kind.path, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").textValue())
                .isEqualTo("schema violation (colour: unknown field)");
    }

    @ParameterizedTest
    @EnumSource
    void answersOptionsAndRefusesOtherMethods(Kind kind) {
        var collection = api.call("OPTIONS", kind.path, "");
        assertThat(collection.status()).isEqualTo(204);
        assertThat(collection.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
        assertThat(api.call("OPTIONS", kind.path + "/x", "").header("Access-Control-Allow-Methods"))
                .isEqualTo("DELETE, GET, HEAD, OPTIONS, PATCH, PUT");

        assertThat(api.delete(kind.path).status()).isEqualTo(405);
        var post = api.call("POST", kind.path + "/x", "{}");
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.text()).isEqualTo("{\"message\":\"Method not allowed\"}");
    }

    @ParameterizedTest
    @EnumSource
    void headAnswersAsGetWithoutABody(Kind kind) {
        String id = id(create(kind, 1));

        var reply = api.call("HEAD", kind.path + "/" + id, "");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEmpty();
        assertThat(reply.header("Content-Length")).isNotEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource
    void servesItsSchemaAndValidatesWithIt(Kind kind) {
        String name = kind == Kind.KEY_AUTHS ? "keyauth_credentials" : kind.path.substring(1);
        JsonNode schema = api.get("/schemas/" + name).json();

        assertThat(schema.path("fields").isArray()).isTrue();
        assertThat(schema.path("fields").get(0).path("id").path("type").textValue())
                .isEqualTo("string");
        assertThat(schema.path("entity_checks").isArray()).isTrue();
        assertThat(
                        api.call("POST", "/schemas/" + name + "/validate", body(kind.sample, 1))
                                .json()
                                .path("message")
                                .textValue())
                .isEqualTo("schema validation successful");
        assertThat(api.call("POST", "/schemas/" + name + "/validate", body(kind.wrong, 1)).status())
                .isEqualTo(400);
    }
}
