package dev.torii.engine.admin;

import static dev.torii.engine.admin.Expected.NOT_ALLOWED;
import static dev.torii.engine.admin.Expected.answered;
import static dev.torii.engine.admin.Expected.assertAnswer;
import static dev.torii.engine.admin.Expected.assertEmpty;
import static dev.torii.engine.admin.Expected.assertList;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.admin.AdminApi.Reply;
import dev.torii.engine.store.ConfigChange;
import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.engine.store.SqliteConfigStore;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;

/// What the contract's tests send and what they expect, by the rows of its table, over one running
/// Admin API with a store on disk that is emptied before each case.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AdminContract {

    static final String UNKNOWN = Placeholders.UNKNOWN;

    private static final Map<EntityKind, KindRow> TABLE = new EnumMap<>(EntityKind.class);

    private final Map<String, ObjectNode> made = new HashMap<>();
    private final Placeholders placeholders = new Placeholders((kind, n) -> id(made(kind, n)));

    AdminApi api;
    private int cases;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        api = new AdminApi(SqliteConfigStore.open(folder, AdminApi.PLUGINS));
    }

    @AfterAll
    void stop() {
        api.close();
        System.out.printf(
                "%s: %d cases of %d kinds%n",
                getClass().getSimpleName(), cases, EntityKind.values().length);
    }

    @BeforeEach
    void empty() {
        cases++;
        made.clear();
        api.clock.set(AdminApi.START);
        api.store.write(
                "test",
                snapshot ->
                        new ConfigChange(
                                Stream.of(EntityKind.values())
                                        .flatMap(kind ->
                                                snapshot.all(kind).stream()
                                                        .<Step>map(
                                                                e -> new Step.Delete(kind, id(e))))
                                        .toList()));
    }

    static KindRow row(EntityKind kind) {
        return TABLE.computeIfAbsent(kind, KindRow::of);
    }

    /// Which kinds refer to which, as far as a test wants to know.
    static Stream<Arguments> parents(BiPredicate<EntityKind, KindRow.Parent> wanted) {
        return Stream.of(EntityKind.values())
                .flatMap(kind ->
                        row(kind).parents().stream()
                                .filter(parent -> wanted.test(kind, parent))
                                .map(parent -> Arguments.of(kind, parent)));
    }

    // What is sent.

    String path(EntityKind kind) {
        return placeholders.in(row(kind).path());
    }

    String path(EntityKind kind, String key) {
        return path(kind) + "/" + Encoding.encoded(key);
    }

    /// The body that makes entity number `n` of a kind.
    ObjectNode body(EntityKind kind, int n) {
        return filled(row(kind).body(n));
    }

    <T extends JsonNode> T filled(T json) {
        return placeholders.in(json);
    }

    Reply send(String method, String path, ObjectNode body) {
        return send(method, path, body, Encoding.JSON);
    }

    Reply send(String method, String path, ObjectNode body, Encoding encoding) {
        return api.raw(method, path, encoding.contentType(), encoding.write(body));
    }

    /// Entity number `n`, made when it is asked for first.
    ObjectNode made(EntityKind kind, int n) {
        ObjectNode known = made.get(kind + " " + n);
        if (known != null) {
            return known;
        }
        ObjectNode entity = created(path(kind), body(kind, n));
        made.put(kind + " " + n, entity);
        return entity;
    }

    ObjectNode created(String path, ObjectNode body) {
        return answered(send("POST", path, body), 201);
    }

    /// Its key in URLs, else its id.
    String keyOf(EntityKind kind, ObjectNode entity) {
        String key = row(kind).key();
        return key == null ? id(entity) : entity.path(key).asText();
    }

    // What is answered.

    /// That HEAD says of a path what GET does.
    void assertHead(String path) {
        Reply get = api.get(path);
        Reply head = api.call("HEAD", path, "");
        assertEmpty(head, get.status());
        assertThat(head.header("Content-Length"))
                .isEqualTo(Integer.toString(get.text().getBytes(StandardCharsets.UTF_8).length));
        assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
    }

    void assertMethods(String path, List<String> refused, String allowed) {
        Reply options = api.call("OPTIONS", path, "");
        assertEmpty(options, 204);
        assertThat(options.header("Allow")).isEqualTo(allowed);
        assertThat(options.header("Access-Control-Allow-Methods")).isEqualTo(allowed);
        for (String method : refused) {
            assertAnswer(api.call(method, path, "{}"), 405, NOT_ALLOWED);
        }
    }

    /// What is answered to entity number `n`'s body, whole but for its id.
    ObjectNode shown(EntityKind kind, int n) {
        return shown(kind, n, placeholders);
    }

    /// Likewise for a child of parent number `of`.
    ObjectNode shown(EntityKind kind, int n, EntityKind parent, int of) {
        var below =
                new Placeholders((asked, m) -> id(made(asked, asked == parent && m == 1 ? of : m)));
        return shown(kind, n, below);
    }

    private ObjectNode shown(EntityKind kind, int n, Placeholders placeholders) {
        ObjectNode shown = merged(body(kind, n), placeholders.in(row(kind).filled()));
        row(kind).times().forEach(time -> shown.set(time, time(kind)));
        return shown;
    }

    ObjectNode shown(EntityKind kind, int n, String id) {
        return shown(kind, n).put("id", id);
    }

    /// The time of the test's clock as the kind writes it.
    JsonNode time(EntityKind kind) {
        Instant now = api.clock.get();
        return row(kind).preciseTimes()
                ? Json.object().put("at", BigDecimal.valueOf(now.toEpochMilli(), 3)).get("at")
                : Json.object().put("at", now.getEpochSecond()).get("at");
    }

    /// The entity after the row's change, a minute later.
    ObjectNode changed(EntityKind kind, ObjectNode before) {
        ObjectNode after = merged(before, filled(row(kind).changed()));
        if (row(kind).times().contains("updated_at")) {
            after.set("updated_at", time(kind));
        }
        return after;
    }

    /// Records field by field, all else as a whole: so are maps, which are named `headers` all.
    static ObjectNode merged(ObjectNode under, ObjectNode over) {
        ObjectNode merged = under.deepCopy();
        over.properties()
                .forEach(e -> {
                    boolean both =
                            e.getValue() instanceof ObjectNode
                                    && merged.get(e.getKey()) instanceof ObjectNode
                                    && !e.getKey().equals("headers");
                    merged.set(
                            e.getKey(),
                            both
                                    ? merged(
                                            (ObjectNode) merged.get(e.getKey()),
                                            (ObjectNode) e.getValue())
                                    : e.getValue());
                });
        return merged;
    }

    /// Reads a list in pages of two and checks each whole, once by following `next` and once with
    /// `size` and `offset`, as other clients do.
    ///
    /// @param tail what `next` has after the offset
    void assertPages(String path, String query, String tail, List<ObjectNode> all) {
        String next = path + query;
        String offset = "";
        for (int from = 0; from < all.size(); from += 2) {
            List<ObjectNode> data = all.subList(from, Math.min(from + 2, all.size()));
            Reply reply = api.get(next);
            assertThat(api.get(path + query + offset).text()).isEqualTo(reply.text());
            if (from + 2 >= all.size()) {
                assertList(reply, data);
                return;
            }
            String token = reply.json().path("offset").asText();
            assertThat(Base64.getDecoder().decode(token))
                    .asString()
                    .startsWith("[\"")
                    .endsWith("\"]");
            assertThat(token).doesNotEndWith("=");
            next = path + "?offset=" + Encoding.encoded(token) + tail;
            offset = "&offset=" + Encoding.encoded(token);
            ObjectNode page = Json.object();
            page.putArray("data").addAll(data);
            assertAnswer(reply, 200, page.put("next", next).put("offset", token));
            if (tail.isEmpty()) {
                next += "&size=2";
            }
        }
        throw new AssertionError(path + " has too many pages");
    }

    List<ObjectNode> several(EntityKind kind, int count) {
        List<ObjectNode> all = new ArrayList<>();
        for (int n = 1; n <= count; n++) {
            all.add(made(kind, n));
        }
        return sorted(all);
    }

    /// What a path says of a target, a body has to where there is no such path.
    ObjectNode validated(EntityKind kind, ObjectNode body) {
        return row(kind).onlyBelow() ? body.setAll(filled(fixed(kind))) : body;
    }

    static ObjectNode fixed(EntityKind kind) {
        ObjectNode fixed = Json.object();
        row(kind)
                .parents()
                .forEach(parent ->
                        fixed.set(parent.field(), row(kind).filled().get(parent.field())));
        return fixed;
    }

    static List<ObjectNode> sorted(List<ObjectNode> entities) {
        return entities.stream()
                .sorted((a, b) -> id(a).compareTo(id(b)))
                .collect(Collectors.toList());
    }

    static String id(JsonNode entity) {
        return entity.path("id").asText();
    }
}
