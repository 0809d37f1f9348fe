package dev.torii.engine.admin;

import static dev.torii.model.config.EntityKind.ACLS;
import static dev.torii.model.config.EntityKind.BASICAUTH_CREDENTIALS;
import static dev.torii.model.config.EntityKind.CA_CERTIFICATES;
import static dev.torii.model.config.EntityKind.CERTIFICATES;
import static dev.torii.model.config.EntityKind.CONSUMERS;
import static dev.torii.model.config.EntityKind.HMACAUTH_CREDENTIALS;
import static dev.torii.model.config.EntityKind.JWT_SECRETS;
import static dev.torii.model.config.EntityKind.KEYAUTH_CREDENTIALS;
import static dev.torii.model.config.EntityKind.KEYS;
import static dev.torii.model.config.EntityKind.KEY_SETS;
import static dev.torii.model.config.EntityKind.PLUGINS;
import static dev.torii.model.config.EntityKind.ROUTES;
import static dev.torii.model.config.EntityKind.SERVICES;
import static dev.torii.model.config.EntityKind.SNIS;
import static dev.torii.model.config.EntityKind.TARGETS;
import static dev.torii.model.config.EntityKind.UPSTREAMS;
import static dev.torii.model.config.EntityKind.VAULTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.admin.AdminApi.Reply;
import dev.torii.engine.admin.DeckFile.Wanted;
import dev.torii.engine.plugin.PluginFactory;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.plugin.PluginType;
import dev.torii.engine.store.SqliteConfigStore;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What decK does to a gateway: it reads all that there is, writes what differs, kind by kind in an
/// order of its own, and deletes in the reverse one.
class DeckOrderTest {

    /// Those of one level are written at the same time, those of the next after them.
    private static final List<List<EntityKind>> LEVELS =
            List.of(
                    List.of(CERTIFICATES, CA_CERTIFICATES, CONSUMERS, VAULTS, KEY_SETS),
                    List.of(
                            SNIS,
                            SERVICES,
                            UPSTREAMS,
                            KEYS,
                            KEYAUTH_CREDENTIALS,
                            HMACAUTH_CREDENTIALS,
                            JWT_SECRETS,
                            BASICAUTH_CREDENTIALS,
                            ACLS),
                    List.of(ROUTES, TARGETS),
                    List.of(PLUGINS));

    private static final PluginRegistry INSTALLED = withSamples();

    @TempDir Path folder;

    private AdminApi api;

    @BeforeEach
    void start() throws Exception {
        api = new AdminApi(SqliteConfigStore.open(folder, INSTALLED), INSTALLED);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static PluginRegistry withSamples() {
        PluginRegistry discovered = PluginRegistry.discovered();
        List<PluginFactory> all = new ArrayList<>();
        for (PluginType type : discovered.types()) {
            all.add(discovered.find(type.name()).orElseThrow());
        }
        all.add(new SamplePlugins.Limits());
        all.add(new SamplePlugins.Auth());
        return new PluginRegistry(all);
    }

    @Test
    void everyKindHasItsLevel() {
        assertThat(LEVELS.stream().flatMap(List::stream))
                .containsExactlyInAnyOrder(EntityKind.values());
    }

    @Test
    void findsADatabaseThatCanBeWritten() {
        JsonNode root = api.get("/").json();

        assertThat(root.path("version").asText()).matches("3\\.\\d+\\.\\d+");
        assertThat(root.path("configuration").path("database").asText()).isEqualTo("postgres");
    }

    /// What Kong has in other editions, or not any more, decK goes without.
    @ParameterizedTest
    @CsvSource({
        "/consumer_groups, 404",
        "/partials, 404",
        "/licenses, 404",
        "/oauth2, 404",
        "/mtls-auths, 404",
        "/filter-chains, 400"
    })
    void goesWithoutWhatIsNotThere(String path, int status) {
        Reply reply = api.get(path + "?size=1000");

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().path("message").isTextual()).isTrue();
    }

    @Test
    void syncsOnceAndFindsNothingMoreToDo() throws Exception {
        List<Wanted> wanted = new DeckFile(api).wanted();
        assertThat(differences(wanted)).hasSameSizeAs(wanted);

        sync(wanted);

        assertThat(differences(wanted)).isEmpty();
        Map<String, List<ObjectNode>> first = read();
        sync(wanted);
        assertThat(differences(wanted)).isEmpty();
        // Lists are as they were sent, each time.
        assertThat(read()).hasToString(first.toString());
    }

    @Test
    void readsOnlyWhatBearsItsTags() throws Exception {
        sync(new DeckFile(api).wanted());
        List<Wanted> tagged = new ArrayList<>();
        for (Wanted each : new DeckFile(api).wanted()) {
            ObjectNode body = each.body().deepCopy();
            body.putArray("tags").add("team-a").add("blue");
            tagged.add(new Wanted(each.kind(), each.id(), body));
        }
        tagged.removeIf(each -> !each.id().equals(DeckFile.idOf(each.kind(), 2)));
        sync(tagged);

        for (EntityKind kind : EntityKind.values()) {
            if (kind != TARGETS) {
                assertThat(list("/" + kind.path() + "?size=1000&tags=team-a%2Cblue"))
                        .as(kind.toString())
                        .extracting(AdminContract::id)
                        .containsExactly(DeckFile.idOf(kind, 2));
            }
        }
    }

    @Test
    void changesWhatDiffersAndNoMore() throws Exception {
        List<Wanted> wanted = new DeckFile(api).wanted();
        sync(wanted);
        String snis = api.get("/snis?size=1000").text();

        List<Wanted> other = new ArrayList<>();
        for (Wanted each : wanted) {
            ObjectNode body = each.body().deepCopy();
            body.putArray("tags").add("zebra").add("ant");
            other.add(new Wanted(each.kind(), each.id(), body));
        }
        sync(other.stream().filter(each -> each.kind() != SNIS).toList());

        assertThat(differences(other)).extracting(Wanted::kind).containsOnly(SNIS);
        // A certificate is sent with its names, so that they stay what they are.
        assertThat(api.get("/snis?size=1000").text()).isEqualTo(snis);
    }

    @Test
    void deletesInTheReverseOrder() throws Exception {
        List<Wanted> wanted = new DeckFile(api).wanted();
        sync(wanted);

        for (List<EntityKind> level : LEVELS.reversed()) {
            for (Reply reply :
                    together(
                            wanted.stream().filter(each -> level.contains(each.kind())).toList(),
                            each -> api.delete(each.path()))) {
                assertThat(reply.status()).as(reply.text()).isEqualTo(204);
            }
        }

        assertThat(read().values()).allSatisfy(entities -> assertThat(entities).isEmpty());
    }

    private void sync(List<Wanted> wanted) throws Exception {
        for (List<EntityKind> level : LEVELS) {
            for (Reply reply :
                    together(
                            wanted.stream().filter(each -> level.contains(each.kind())).toList(),
                            this::put)) {
                assertThat(reply.status()).as(reply.text()).isIn(200, 201);
            }
        }
    }

    private Reply put(Wanted wanted) {
        ObjectNode body = wanted.body().deepCopy();
        if (wanted.kind() == CERTIFICATES) {
            // The names that it has by now, since PUT would take them away.
            ArrayNode names = body.putArray("snis");
            for (JsonNode sni : list("/snis?size=1000")) {
                if (sni.path("certificate").path("id").asText().equals(wanted.id())) {
                    names.add(sni.get("name"));
                }
            }
        }
        String path = wanted.path();
        Reply reply = api.raw("PUT", path, "application/json", Json.bytes(body));
        if (wanted.kind() == TARGETS && reply.status() == 404) {
            String list = path.substring(0, path.lastIndexOf('/'));
            return api.raw("POST", list, "application/json", Json.bytes(body));
        }
        return reply;
    }

    private interface Request {
        Reply of(Wanted wanted);
    }

    private static List<Reply> together(List<Wanted> wanted, Request request) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Reply>> calls = new ArrayList<>();
            wanted.forEach(each -> calls.add(() -> request.of(each)));
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> future : threads.invokeAll(calls)) {
                replies.add(future.get());
            }
            return replies;
        }
    }

    /// All entities of a gateway, by the path that lists them.
    private Map<String, List<ObjectNode>> read() throws Exception {
        Map<String, List<ObjectNode>> state = new TreeMap<>();
        List<String> paths =
                new ArrayList<>(
                        Stream.of(EntityKind.values())
                                .filter(kind -> kind != TARGETS)
                                .map(kind -> "/" + kind.path())
                                .toList());
        for (JsonNode upstream : list("/upstreams?size=1000")) {
            paths.add("/upstreams/" + upstream.path("id").asText() + "/targets");
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, Future<List<ObjectNode>>> lists = new TreeMap<>();
            paths.forEach(path -> lists.put(path, threads.submit(() -> list(path + "?size=1000"))));
            for (var each : lists.entrySet()) {
                state.put(each.getKey(), each.getValue().get());
            }
        }
        return state;
    }

    private List<ObjectNode> list(String path) {
        List<ObjectNode> all = new ArrayList<>();
        JsonNode page = api.get(path).json();
        page.path("data").forEach(entity -> all.add((ObjectNode) entity));
        assertThat(page.has("offset")).isFalse();
        return all;
    }

    /// Of what is wanted, that which is not there as it was sent.
    private List<Wanted> differences(List<Wanted> wanted) throws Exception {
        Map<String, ObjectNode> found = new TreeMap<>();
        read().values().stream()
                .flatMap(Collection::stream)
                .forEach(entity -> found.put(AdminContract.id(entity), entity));
        return wanted.stream().filter(each -> !says(found.get(each.id()), sent(each))).toList();
    }

    /// Without what is not read as it was written, and what decK does not compare.
    private static JsonNode sent(Wanted wanted) {
        ObjectNode sent = wanted.body().deepCopy();
        if (wanted.kind() == BASICAUTH_CREDENTIALS) {
            sent.remove("password");
        }
        return Expected.parsed(Json.text(sent));
    }

    /// Whether what was found has all that was sent, field by field.
    private static boolean says(@Nullable JsonNode found, JsonNode sent) {
        if (found == null) {
            return false;
        }
        if (!(sent instanceof ObjectNode object)) {
            return found.equals(sent);
        }
        return object.properties().stream()
                .allMatch(e -> says(found.get(e.getKey()), e.getValue()));
    }
}
