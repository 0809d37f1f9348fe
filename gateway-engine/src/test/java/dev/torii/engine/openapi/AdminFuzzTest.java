package dev.torii.engine.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.gateway.Gateway;
import dev.torii.engine.openapi.ApiContract.Op;
import dev.torii.engine.openapi.Hostility.Attack;
import dev.torii.engine.settings.Settings;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.schema.FieldSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Thousands of requests that nobody should send. The engine answers each, as its own document
/// says, and what it keeps stays whole.
///
/// `-Dtorii.fuzz.cases=100000` sends more, and `-Dtorii.fuzz.seed=5` others; a failure names both.
class AdminFuzzTest {

    private static final long SEED = Long.getLong("torii.fuzz.seed", 20261125L);
    private static final int CASES = Integer.getInteger("torii.fuzz.cases", 1_500);

    /// After how many requests everything that is stored is looked at.
    private static final int ROUND = 250;

    /// The most of a kind that is kept, so that a long run does not slow down.
    private static final int MOST = 40;

    /// What HTTP itself has for requests that are none.
    private static final Set<Integer> PROTOCOL = Set.of(501, 505);

    @TempDir Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Map<String, List<String>> keys = new HashMap<>();
    private Gateway gateway;
    private ApiContract contract;
    private int port;

    @BeforeEach
    void start() throws Exception {
        log.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(log);
        gateway = Gateway.start(Settings.onFreePorts(folder));
        port = gateway.adminUri().getPort();
        contract = new ApiContract(get("/torii/openapi.json"));
        keys.put("entity", List.of("services", "routes", "plugins", "nobody"));
        keys.put("type", List.of("env", "torii", "nobody"));
        keys.put("revision", List.of("1", "2", "-1", "99999999999999999999"));
        keys.put("log_level", List.of("info", "notice", "nobody"));
        keys.put("which", List.of("enabled"));
        keys.put("plugin_name", List.of("key-auth", "ai-proxy", "nobody"));
    }

    @AfterEach
    void stop() {
        gateway.close();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(log);
    }

    @Test
    void nothingThatIsSentBreaksIt() throws Exception {
        int written = 0;
        for (int i = 0; i < CASES; i++) {
            if (i % ROUND == 0) {
                lookAtEverything(i);
            }
            Attack attack = new Hostility(contract, SEED * 1_000_003 + i, keys).next();
            RawHttp.Answer answer = answered(i, attack);
            check(i, attack, answer);
            if (wrote(attack, answer)) {
                written++;
                readBack(i, attack, answer);
                assertAcceptedByTheDocument(i, attack, answer);
            }
        }

        lookAtEverything(CASES);
        assertThat(written).as("requests that changed something").isGreaterThan(CASES / 100);
        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
                .extracting(ILoggingEvent::toString)
                .isEmpty();
    }

    private RawHttp.Answer answered(int i, Attack attack) {
        try {
            return RawHttp.exchange(
                    port, attack.bytes().getBytes(StandardCharsets.ISO_8859_1), attack.ends());
        } catch (IOException e) {
            if (!due(attack)
                    && String.valueOf(e.getMessage())
                            .matches("Connection reset( by peer)?|Broken pipe")) {
                return new RawHttp.Answer("", "");
            }
            throw new AssertionError(about(i, attack, null), e);
        }
    }

    /// Whether an answer must come. Before a path that is none, and where no body is asked for,
    /// Jetty closes without hearing the body out, and what it says may be lost.
    private static boolean due(Attack attack) {
        boolean unheard =
                !attack.operation().json().has("requestBody")
                        && attack.bytes().length() >= Hostility.HUGE;
        return attack.http() && attack.plain() && !unheard;
    }

    private void check(int i, Attack attack, RawHttp.Answer answer) {
        String about = about(i, attack, answer);
        if (!due(attack) && answer.head().isEmpty()) {
            return;
        }
        boolean lacking = attack.operation().json().path("responses").has("501");
        if ((attack.http() && !lacking) || !PROTOCOL.contains(answer.status())) {
            assertThat(answer.status()).as(about).isBetween(200, 499);
        }
        if (answer.status() >= 400 && answer.status() != 415) {
            assertThat(parsed(answer).path("message").isTextual()).as(about).isTrue();
        }
        if (due(attack)) {
            assertThat(
                            contract.faults(
                                    attack.operation(),
                                    answer.status(),
                                    answer.header("content-type"),
                                    answer.body()))
                    .as(about)
                    .isEmpty();
        }
    }

    private static boolean wrote(Attack attack, RawHttp.Answer answer) {
        String method = attack.operation().method();
        return attack.plain()
                && attack.operation().json().has("requestBody")
                && (answer.status() == 201
                        || (answer.status() == 200
                                && (method.equals("PUT") || method.equals("PATCH"))));
    }

    /// What was just answered is what is there.
    private void readBack(int i, Attack attack, RawHttp.Answer answer) throws Exception {
        JsonNode written = parsed(answer);
        var kind = EntityKind.ofSchemaName(attack.operation().json().at("/tags/0").asText());
        if (kind.isPresent() && hasCollection(kind.get())) {
            assertThat(get("/" + kind.get().path() + "/" + written.path("id").asText()))
                    .as(about(i, attack, answer))
                    .isEqualTo(written);
        }
    }

    private boolean hasCollection(EntityKind kind) {
        return contract.operations().stream()
                .anyMatch(op -> op.method().equals("GET") && op.path().equals("/" + kind.path()));
    }

    /// What the engine takes, the document must not forbid. What the path says stands, whatever the
    /// body says of it.
    private void assertAcceptedByTheDocument(int i, Attack attack, RawHttp.Answer answer) {
        String request = attack.bytes();
        int body = request.indexOf("\r\n\r\n") + 4;
        if (!request.substring(0, body).contains("\r\nContent-Type: application/json\r\n")) {
            return;
        }
        ObjectNode sent =
                Objects.requireNonNull(
                        Json.parseObjectOrNull(
                                request.substring(body).getBytes(StandardCharsets.ISO_8859_1)));
        JsonNode written = parsed(answer);
        Op operation = attack.operation();
        for (String name : inPath(operation)) {
            if (sent.has(name) && written.has(name)) {
                sent.set(name, written.get(name));
            }
        }
        assertThat(contract.faults(operation.takes(), sent)).as(about(i, attack, answer)).isEmpty();
    }

    private static Set<String> inPath(Op operation) {
        Set<String> names = new HashSet<>(Set.of("updated_at"));
        if (operation.path().contains("{")) {
            names.add("id");
            EntityKind.ofSchemaName(operation.json().at("/tags/0").asText())
                    .ifPresent(kind -> {
                        names.add(String.valueOf(kind.endpointKey()));
                        EntitySchemas.of(kind).fields().stream()
                                .filter(FieldSpec.Reference.class::isInstance)
                                .forEach(field -> names.add(field.name()));
                    });
        }
        return names;
    }

    /// All that is stored fits its schema and refers to what is there.
    private void lookAtEverything(int i) throws Exception {
        Map<EntityKind, List<JsonNode>> all = new HashMap<>();
        Map<String, Set<String>> ids = new HashMap<>();
        for (EntityKind kind : EntityKind.values()) {
            List<JsonNode> entities = hasCollection(kind) ? entities(kind) : List.of();
            all.put(kind, entities);
            entities.forEach(entity ->
                    ids.computeIfAbsent(kind.schemaName(), k -> new HashSet<>())
                            .add(entity.path("id").asText()));
        }
        for (var entry : all.entrySet()) {
            EntityKind kind = entry.getKey();
            JsonNode schema = contract.component(singular(kind));
            for (JsonNode entity : entry.getValue()) {
                assertThat(contract.faults(schema, entity))
                        .as("after %d of seed %d: %s", i, SEED, entity)
                        .isEmpty();
                for (FieldSpec field : EntitySchemas.of(kind).fields()) {
                    if (field instanceof FieldSpec.Reference reference
                            && entity.path(field.name()).isObject()) {
                        assertThat(ids.getOrDefault(reference.target(), Set.of()))
                                .as("after %d of seed %d: %s", i, SEED, entity)
                                .contains(entity.path(field.name()).path("id").asText());
                    }
                }
            }
            keys.put(
                    singular(kind),
                    new ArrayList<>(
                            entry.getValue().stream()
                                    .map(entity -> entity.path("id").asText())
                                    .limit(MOST)
                                    .toList()));
            for (JsonNode entity : entry.getValue().stream().skip(MOST).toList()) {
                RawHttp.exchange(
                        port,
                        RawHttp.request(
                                "DELETE",
                                "/" + kind.path() + "/" + entity.path("id").asText(),
                                "",
                                new byte[0]),
                        false);
            }
        }
        if (keys.getOrDefault("consumer", List.of()).isEmpty()) {
            createExamples();
        }
    }

    private void createExamples() throws Exception {
        for (Op operation : contract.operations()) {
            if (operation.method().equals("POST") && !operation.path().contains("{")) {
                RawHttp.exchange(
                        port,
                        RawHttp.request(
                                "POST",
                                operation.path(),
                                "Content-Type: application/json\r\n",
                                Json.bytes(operation.example())),
                        false);
            }
        }
    }

    private List<JsonNode> entities(EntityKind kind) throws Exception {
        List<JsonNode> entities = new ArrayList<>();
        JsonNode page = get("/" + kind.path() + "?size=1000");
        page.path("data").forEach(entities::add);
        return entities;
    }

    private static String singular(EntityKind kind) {
        return kind.schemaName().replaceFirst("s$", "");
    }

    private JsonNode get(String path) throws Exception {
        RawHttp.Answer answer =
                RawHttp.exchange(port, RawHttp.request("GET", path, "", new byte[0]), false);
        assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(200);
        return parsed(answer);
    }

    private static JsonNode parsed(RawHttp.Answer answer) {
        try {
            return Json.parse(answer.body());
        } catch (MalformedJsonException e) {
            return Json.object();
        }
    }

    private static String about(int i, Attack attack, RawHttp.@Nullable Answer answer) {
        return "case %d of seed %d: %s%n%s%n-> %s%n%s"
                .formatted(
                        i,
                        SEED,
                        attack.operation().id(),
                        shortened(attack.bytes()),
                        answer == null ? "no answer" : shortened(answer.head()),
                        answer == null ? "" : shortened(answer.body()));
    }

    private static String shortened(String text) {
        return text.length() <= 1_500 ? text : text.substring(0, 1_500) + "… " + text.length();
    }
}
