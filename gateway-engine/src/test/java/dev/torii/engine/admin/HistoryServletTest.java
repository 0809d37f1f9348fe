package dev.torii.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.admin.AdminApi.Reply;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.store.ConfigChange;
import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.engine.store.HistoryLimits;
import dev.torii.engine.store.SqliteConfigStore;
import dev.torii.model.api.AdminPaths;
import dev.torii.model.config.EntityKind;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryServletTest {

    private static final String SECRET = "sk-very-secret-0123456789";

    @TempDir Path folder;

    private SqliteConfigStore store;
    private AdminApi api;

    @BeforeEach
    void start() throws Exception {
        store =
                SqliteConfigStore.open(
                        folder,
                        new PluginRegistry(
                                List.of(new SamplePlugins.Limits(), new SamplePlugins.Auth())),
                        new HistoryLimits(8, Duration.ofDays(1)),
                        () -> AdminApi.START);
        api = new AdminApi(store);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Reply restore(long revision, String query) {
        return api.call("POST", "/torii/history/" + revision + "/restore" + query, "");
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(one -> one.path(field).asText())
                .toList();
    }

    @Test
    void namesTheClientOfEachChange() {
        api.send(
                HttpRequest.newBuilder(api.uri("/services"))
                        .header(AdminPaths.CLIENT_HEADER, "  Torii Desktop  ")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\":\"a\",\"host\":\"h\"}")));
        api.send(
                HttpRequest.newBuilder(api.uri("/services/a"))
                        .header(AdminPaths.CLIENT_HEADER, "")
                        .header("User-Agent", "curl/8.1.2 (x)")
                        .DELETE());

        JsonNode page = api.get("/torii/history").json();

        assertThat(texts(page.path("data"), "author")).containsExactly("curl", "Torii Desktop");
        assertThat(texts(page.path("data"), "action")).containsExactly("delete", "create");
        JsonNode first = page.path("data").get(0);
        assertThat(first.path("revision").longValue()).isEqualTo(2);
        assertThat(first.path("time").longValue()).isEqualTo(AdminApi.START.toEpochMilli());
        assertThat(first.path("changed").intValue()).isEqualTo(1);
        assertThat(first.path("entities").get(0).path("kind").asText()).isEqualTo("services");
        assertThat(first.path("entities").get(0).path("name").asText()).isEqualTo("a");
        assertThat(page.path("next").isNull()).isTrue();
    }

    @Test
    void pagesAndFilters() {
        for (int i = 1; i <= 5; i++) {
            api.created("/consumers", "{'username':'c" + i + "'}");
        }
        String id = api.created("/services", "{'name':'s','host':'h'}");

        JsonNode first = api.get("/torii/history?size=2&kind=consumers").json();
        JsonNode second = api.get(first.path("next").asText()).json();
        JsonNode third = api.get(second.path("next").asText()).json();

        assertThat(first.path("next").asText())
                .isEqualTo("/torii/history?kind=consumers&size=2&offset=4");
        assertThat(first.path("offset").asText()).isEqualTo("4");
        assertThat(texts(first.path("data"), "revision")).containsExactly("5", "4");
        assertThat(texts(second.path("data"), "revision")).containsExactly("3", "2");
        assertThat(texts(third.path("data"), "revision")).containsExactly("1");
        assertThat(third.path("next").isNull()).isTrue();
        assertThat(
                        texts(
                                api.get("/torii/history?id=" + id.toUpperCase(Locale.ROOT))
                                        .json()
                                        .path("data"),
                                "revision"))
                .containsExactly("6");
    }

    @Test
    void showsAnUpdateFieldByFieldWithSecretsMasked() {
        String id =
                api.created(
                        "/plugins",
                        "{'name':'limits','config':{'minute':1,'secret':'" + SECRET + "'}}");
        api.call(
                "PATCH",
                "/plugins/" + id,
                "{'config':{'minute':2,'names':['b'],'secret':'sk-another-one-9876543210'}}");

        Reply reply = api.get("/torii/history/2");

        assertThat(reply.text()).doesNotContain(SECRET).doesNotContain("another-one");
        JsonNode change = reply.json().path("changes").get(0);
        assertThat(change.path("action").asText()).isEqualTo("update");
        JsonNode fields = change.path("fields");
        assertThat(texts(fields, "path"))
                .containsExactlyInAnyOrder("/config/minute", "/config/names", "/config/secret");
        for (JsonNode field : fields) {
            if (field.path("path").asText().equals("/config/minute")) {
                assertThat(field.path("before").intValue()).isEqualTo(1);
                assertThat(field.path("after").intValue()).isEqualTo(2);
            }
            if (field.path("path").asText().equals("/config/secret")) {
                assertThat(field.path("before").asText()).isEqualTo("••••6789");
                assertThat(field.path("after").asText()).isEqualTo("••••3210");
            }
        }
        assertThat(api.get("/torii/history/1").text()).doesNotContain(SECRET);
        assertThat(api.get("/torii/history").text()).doesNotContain(SECRET);
    }

    @Test
    void undoesAndRedoes() {
        String service = api.created("/services", "{'name':'s','host':'one'}");
        String route = api.created("/services/s/routes", "{'name':'r','paths':['/r']}");
        api.call("PATCH", "/services/s", "{'host':'two'}");
        api.delete("/routes/r");

        Reply undone = restore(2, "");

        assertThat(undone.status()).as(undone.text()).isEqualTo(200);
        assertThat(undone.json().path("restored").longValue()).isEqualTo(2);
        assertThat(undone.json().path("revision").longValue()).isEqualTo(5);
        assertThat(undone.json().path("dry_run").booleanValue()).isFalse();
        assertThat(texts(undone.json().path("changes"), "action"))
                .containsExactlyInAnyOrder("update", "create");
        assertThat(api.get("/services/" + service).json().path("host").asText()).isEqualTo("one");
        assertThat(api.get("/routes/r").json().path("id").asText()).isEqualTo(route);
        assertThat(
                        api.get("/torii/history?size=1")
                                .json()
                                .path("data")
                                .get(0)
                                .path("action")
                                .asText())
                .isEqualTo("restore");

        Reply redone = restore(4, "");

        assertThat(redone.status()).isEqualTo(200);
        assertThat(api.get("/services/s").json().path("host").asText()).isEqualTo("two");
        assertThat(api.get("/routes/r").status()).isEqualTo(404);
        assertThat(restore(0, "").status()).isEqualTo(200);
        assertThat(api.get("/services").json().path("data")).isEmpty();
    }

    @Test
    void aDryRunChangesNothing() {
        api.created("/consumers", "{'username':'a'}");
        api.created("/consumers", "{'username':'b'}");

        Reply reply = restore(1, "?dry_run=1");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("dry_run").booleanValue()).isTrue();
        assertThat(reply.json().path("revision").longValue()).isEqualTo(2);
        assertThat(texts(reply.json().path("changes"), "name")).containsExactly("b");
        assertThat(store.snapshot().revision()).isEqualTo(2);
    }

    @Test
    void restoringWhatIsThereAlreadyChangesNothing() {
        api.created("/consumers", "{'username':'a'}");

        Reply reply = restore(1, "");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("revision").longValue()).isEqualTo(1);
        assertThat(reply.json().path("changes")).isEmpty();
    }

    @Test
    void everyListedRevisionCanBeRestoredAndOthersSayWhyNot() {
        for (int i = 1; i <= 10; i++) {
            api.created("/consumers", "{'username':'c" + i + "'}");
        }
        List<String> listed = texts(api.get("/torii/history").json().path("data"), "revision");

        assertThat(listed).hasSize(8).first().isEqualTo("10");
        assertThat(listed)
                .allSatisfy(revision ->
                        assertThat(restore(Long.parseLong(revision), "?dry_run=true").status())
                                .isEqualTo(200));
        assertThat(restore(1, "").status()).isEqualTo(404);
        assertThat(restore(1, "").text()).contains("revision 1: it is not kept any more");
        assertThat(restore(99, "").text()).contains("there is none yet (the newest is 10)");
        assertThat(api.get("/torii/history/1").status()).isEqualTo(404);
        assertThat(store.snapshot().revision()).isEqualTo(10);
    }

    @Test
    void refusesWhatWouldNotBeValidToday() {
        String plugin = api.created("/plugins", "{'name':'limits','config':{'minute':1}}");
        // As if an older version had stored what this one refuses.
        store.write(
                "old",
                current -> {
                    ObjectNode broken =
                            Objects.requireNonNull(current.find(EntityKind.PLUGINS, plugin))
                                    .deepCopy();
                    broken.withObject("/config").put("minute", -1);
                    return new ConfigChange(
                            List.of(new Step.Put(EntityKind.PLUGINS, plugin, broken)));
                });
        api.delete("/plugins/" + plugin);

        Reply reply = restore(2, "");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.json().path("message").asText())
                .startsWith("revision 2 cannot be restored, and nothing has been changed: plugins ")
                .contains("minute");
        assertThat(store.snapshot().revision()).isEqualTo(3);
        assertThat(restore(1, "").status()).isEqualTo(200);
    }

    @Test
    void refusesWhatWouldReferToNothing() {
        // As if the rules had been other ones when these were written.
        String id = "00000000-0000-4000-8000-000000000001";
        String consumer = api.created("/consumers", "{'username':'c'}");
        api.created("/consumers/c/key-auth", "{'key':'" + SECRET + "'}");
        store.write(
                "old",
                current ->
                        new ConfigChange(List.of(new Step.Delete(EntityKind.CONSUMERS, consumer))));
        api.created("/services", "{'id':'" + id + "','name':'s','host':'h'}");
        store.write(
                "old",
                current ->
                        new ConfigChange(
                                current.all(EntityKind.KEYAUTH_CREDENTIALS).stream()
                                        .<Step>map(key ->
                                                new Step.Delete(
                                                        EntityKind.KEYAUTH_CREDENTIALS,
                                                        key.path("id").asText()))
                                        .toList()));

        Reply reply = restore(4, "");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.text())
                .contains("does not reference an existing 'consumers' entity")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    GET    | /torii/history?size=0              | 400 | size: 0 (expected: a whole number from 1 to 1000)
                    GET    | /torii/history?size=-1             | 400 | size: -1
                    GET    | /torii/history?offset=x            | 400 | offset: x (expected: a revision's number)
                    GET    | /torii/history?kind=cats           | 400 | kind: cats (expected: services, routes
                    GET    | /torii/history?knid=services       | 400 | unknown parameter: knid
                    GET    | /torii/history/x                   | 400 | revision: x
                    GET    | /torii/history/7                   | 404 | there is none yet
                    GET    | /torii/history/1/nothing           | 404 | Not found
                    GET    | /torii/history/1/restore           | 405 | Method not allowed
                    POST   | /torii/history                     | 405 | Method not allowed
                    DELETE | /torii/history/1                   | 405 | Method not allowed
                    POST   | /torii/history/x/restore           | 400 | revision: x
                    POST   | /torii/history/1/restore?dry_run=2 | 400 | dry_run: 2 (expected: 1 or 0, true or false)
                    """)
    void saysWhatIsWrongWithAQuestion(String method, String path, int status, String message) {
        Reply reply = api.call(method, path, "");

        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.json().path("message").asText()).contains(message);
    }
}
