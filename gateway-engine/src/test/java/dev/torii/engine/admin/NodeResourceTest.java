package dev.torii.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeResourceTest {

    private AdminApi api;

    @BeforeEach
    void start() throws Exception {
        api = new AdminApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void tellsWhichEntitiesBearATag() {
        String alice = api.created("/consumers", "{'username':'alice','tags':['red','big one']}");
        String key = api.created("/consumers/alice/key-auth", "{'tags':['red']}");

        List<String> red = new ArrayList<>();
        for (JsonNode row : api.get("/tags/red").json().path("data")) {
            red.add(row.path("entity_name").asText() + " " + row.path("entity_id").asText());
            assertThat(row.path("tag").asText()).isEqualTo("red");
        }
        assertThat(red)
                .containsExactlyInAnyOrder("consumers " + alice, "keyauth_credentials " + key);
        assertThat(api.get("/tags/big%20one").json().path("data")).hasSize(1);
        assertThat(api.get("/tags/blue").text()).isEqualTo("{\"data\":[],\"next\":null}");
        assertThat(api.get("/tags").json().path("data")).hasSize(3);
        assertThat(api.call("POST", "/tags", "{}").status()).isEqualTo(405);
    }

    @Test
    void tagsComeInPages() {
        for (int i = 0; i < 5; i++) {
            api.created("/consumers", "{'username':'c" + i + "','tags':['one','two']}");
        }
        List<JsonNode> rows = new ArrayList<>();
        JsonNode page = api.get("/tags?size=3").json();
        page.path("data").forEach(rows::add);
        while (page.has("offset")) {
            page = api.get("/tags?size=3&offset=" + page.path("offset").asText()).json();
            assertThat(page.path("data").size()).isLessThanOrEqualTo(3);
            page.path("data").forEach(rows::add);
        }
        assertThat(rows).hasSize(10).doesNotHaveDuplicates();
        assertThat(api.get("/tags/one?size=2").json().path("next").asText())
                .startsWith("/tags/one?offset=");
    }

    @Test
    void listsItsPathsBySegments() {
        List<String> paths = new ArrayList<>();
        api.get("/endpoints").json().path("data").forEach(path -> paths.add(path.asText()));

        assertThat(paths)
                .contains(
                        "/",
                        "/services/{services}/routes/{routes}",
                        "/routes/{routes}/service",
                        "/key-auths/{keyauth_credentials}/consumer",
                        "/consumers/{consumers}/acls/{acls}",
                        "/tags/{tags}")
                .containsSubsequence("/key-sets", "/key-sets/{key_sets}", "/keys")
                .doesNotHaveDuplicates();
    }

    @Test
    void answersAtEachPathThatItLists() {
        for (JsonNode path : api.get("/endpoints").json().path("data")) {
            if (path.asText().startsWith("/debug") || path.asText().equals("/metrics")) {
                // Servlets of their own, which are not part of this test's server.
                continue;
            }
            String concrete = path.asText().replaceAll("\\{[^}]*}", "x");
            assertThat(api.call("OPTIONS", concrete, "").status()).as(concrete).isEqualTo(204);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/clustering/data-planes | 400 | this endpoint is only available when Kong is configured to run as Control Plane for the cluster",
                "/clustering/status | 400 | this endpoint is only available when Kong is configured to run as Control Plane for the cluster",
                "/filter-chains?size=1000 | 400 | this endpoint is only available when wasm is enabled",
                "/filter-chains/x | 400 | this endpoint is only available when wasm is enabled",
                "/routes/x/filter-chains | 400 | this endpoint is only available when wasm is enabled",
                "/services/x/filter-chains/y | 400 | this endpoint is only available when wasm is enabled",
                "/cache/x | 404 | Not found",
                "/status/dns | 501 | not implemented with the legacy DNS client",
            })
    void saysOfWhatItLacksThatItLacksIt(String path, int status, String message) {
        var reply = api.get(path);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().path("message").asText()).isEqualTo(message);
    }

    @Test
    void emptiesTheCacheThatItHasNot() {
        assertThat(api.delete("/cache").status()).isEqualTo(204);
        assertThat(api.delete("/cache/x").status()).isEqualTo(204);
        assertThat(api.get("/timers").json().path("worker").path("count").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/workspaces",
                "/kong",
                "/default/kong",
                "/rbac/users",
                "/licenses",
                "/partials",
                "/consumer_groups",
                "/mtls-auths",
                "/nothing",
                "/tags/a/b"
            })
    void knowsNothingOfTheRest(String path) {
        var reply = api.get(path);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text()).isEqualTo("{\"message\":\"Not found\"}");
    }

    @Test
    void saysOfItselfWhatClientsReadFirst() {
        JsonNode root = api.get("/").json();

        assertThat(root.path("version").asText()).isEqualTo("3.10.0");
        assertThat(root.path("configuration").path("database").asText()).isEqualTo("postgres");
        assertThat(root.at("/plugins/available_on_server/auth/priority").asInt()).isEqualTo(1250);
        assertThat(root.at("/configuration/proxy_listeners/0/listener").asText())
                .isEqualTo("127.0.0.1:8000");
        assertThat(root.at("/configuration/admin_gui_listeners").isArray()).isTrue();
        assertThat(root.at("/configuration/log_level").asText()).isEqualTo("info");
        assertThat(root.at("/configuration/pg_host").asText()).isEqualTo("127.0.0.1");
        assertThat(root.at("/configuration/pg_port").isInt()).isTrue();
        assertThat(root.at("/configuration/pg_user").asText()).isEqualTo("kong");
        assertThat(root.at("/configuration/pg_password").asText()).isEqualTo("******");
        assertThat(root.at("/configuration/pg_ssl").isBoolean()).isTrue();
    }
}
