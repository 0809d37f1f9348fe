package dev.torii.desktop.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.schema.Violation;
import java.net.http.HttpClient;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminClientTest {

    private final FakeEngine engine = new FakeEngine();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AdminClient client = new AdminClient(http, engine::adminUri);

    @AfterEach
    void close() {
        http.close();
        engine.close();
    }

    @Test
    void createsReadsChangesAndDeletes() throws AdminProblem {
        ObjectNode made =
                client.create(EntityKind.SERVICES, Json.object().put("name", "chat-service"));
        String id = made.path("id").asText();

        client.update(EntityKind.SERVICES, id, Json.object().put("enabled", false));

        assertThat(client.get(EntityKind.SERVICES, "chat-service").path("enabled").asBoolean(true))
                .isFalse();
        client.delete(EntityKind.SERVICES, id);
        assertThat(client.list(EntityKind.SERVICES)).isEmpty();
    }

    @Test
    void createsBelowAParentAndListsWhatBelongsToIt() throws AdminProblem {
        String service =
                client.create(EntityKind.SERVICES, Json.object().put("name", "a"))
                        .path("id")
                        .asText();
        client.create(EntityKind.SERVICES, service, EntityKind.ROUTES, Json.object());
        client.create(EntityKind.ROUTES, Json.object());

        assertThat(client.list(EntityKind.SERVICES, service, EntityKind.ROUTES)).hasSize(1);
        assertThat(client.list(EntityKind.ROUTES)).hasSize(2);
    }

    @Test
    void tellsWhichFieldsARefusalIsAbout() throws MalformedJsonException {
        engine.refuseNextWrite(
                400,
                (ObjectNode)
                        Json.parse(
                                """
                                {"name": "schema violation", "code": 2,
                                 "message": "2 schema violations",
                                 "fields": {
                                   "config": {"model": {"options": {"temperature": "expected 0 to 5"}}},
                                   "paths": [null, "should start with: /"],
                                   "@entity": ["at least one of 'a' or 'b'"]}}
                                """));

        AdminProblem problem =
                catchThrowableOfType(
                        AdminProblem.class, () -> client.create(EntityKind.PLUGINS, Json.object()));

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.name()).isEqualTo("schema violation");
        assertThat(problem.violations())
                .containsExactly(
                        Violation.of(
                                "expected 0 to 5", "config", "model", "options", "temperature"),
                        Violation.of("should start with: /", "paths", "2"),
                        Violation.of("at least one of 'a' or 'b'", Violation.ENTITY));
    }

    @Test
    void saysWhereNobodyAnswers() {
        String address = engine.adminUri().getAuthority();
        engine.close();

        AdminProblem problem =
                catchThrowableOfType(AdminProblem.class, () -> client.list(EntityKind.SERVICES));

        assertThat(problem.unreachable()).isTrue();
        assertThat(problem).hasMessageContaining(address);
    }

    @Test
    void escapesKeysInPaths() {
        AdminProblem problem =
                catchThrowableOfType(
                        AdminProblem.class, () -> client.get(EntityKind.SERVICES, "a b/c?d"));

        assertThat(problem.status()).isEqualTo(404);
        assertThat(engine.calls()).containsExactly("GET /services/a%20b%2Fc%3Fd");
    }

    @Test
    void readsPrioritiesIdentityAndRequests() throws AdminProblem {
        engine.requests(SampleTraffic.requests(Instant.now()));

        assertThat(client.pluginPriorities()).containsEntry("ai-proxy", 770);
        assertThat(client.identity().ports().proxy()).isEqualTo(engine.proxyUri().getPort());
        assertThat(client.requests(Instant.EPOCH, 10_000)).hasSize(820);
    }
}
