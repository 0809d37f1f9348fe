package dev.torii.engine.gateway;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.settings.Settings;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An engine whose configuration comes from a file: what `/config` answers, and what single
/// entities do.
final class FileBackedConfigTest {

    private static final String FILE =
            """
            _format_version: "3.0"
            services:
            - name: one
              host: one.test
              routes:
              - {name: first, paths: [/first]}
            """;

    @TempDir private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = Gateway.start(settings(FILE));
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
    }

    @Test
    void servesTheEntitiesOfTheFileAndSaysSo() throws Exception {
        assertThat(get("/routes/first").path("paths")).isEqualTo(Json.parse("[\"/first\"]"));
        assertThat(get("/").path("configuration").path("database").asText()).isEqualTo("off");
        JsonNode status = get("/status");
        assertThat(status.path("configuration_hash").asText()).matches("[0-9a-f]{32}");
        assertThat(status.has("database")).isFalse();
        assertThat(get("/torii").path("store").path("kind").asText()).isEqualTo("file");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /routes, cannot create 'routes' entities when not using a database",
        "PUT, /routes/2933fbcc-9d7c-54a7-a984-fe2bde836cea, cannot create or update 'routes' entities when not using a database",
        "PATCH, /routes/first, cannot update 'routes' entities by 'name' when not using a database",
        "DELETE, /services/one, cannot remove 'services' entities by 'name' when not using a database",
        "POST, /services/one/routes, cannot create 'routes' entities when not using a database"
    })
    void refusesToChangeSingleEntities(String method, String path, String message)
            throws Exception {
        HttpResponse<String> response = send(method, path, "application/json", "{}");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(Json.parse(response.body()))
                .isEqualTo(
                        Json.object()
                                .put("code", 12)
                                .put("name", "operation unsupported")
                                .put("message", message));
    }

    @ParameterizedTest
    @CsvSource({"node, debug", "cluster, debug", "node, nothing"})
    void tellsTheLogLevelAndDoesNotSetIt(String whose, String level) throws Exception {
        var answer = send("PUT", "/debug/" + whose + "/log-level/" + level, "application/json", "");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.body())
                .isEqualTo("{\"message\":\"cannot change log level when not using a database\"}");
        assertThat(get("/debug/node/log-level").path("message").asText())
                .isEqualTo("log level: info");
    }

    @Test
    void loadsYamlAndJsonAndForms() throws Exception {
        String yaml = "_format_version: '3.0'\nservices:\n- {name: two, host: two.test}\n";
        String json =
                "{\"_format_version\":\"3.0\",\"services\":[{\"name\":\"three\",\"host\":\"c\"}]}";

        HttpResponse<String> loaded = send("POST", "/config", "application/yaml", yaml);
        assertThat(loaded.statusCode()).isEqualTo(201);
        JsonNode two = Json.parse(loaded.body()).path("services").elements().next();
        assertThat(two.path("name").asText()).isEqualTo("two");
        assertThat(get("/services/two").path("id")).isEqualTo(two.path("id"));
        assertThat(get("/routes").path("data")).isEmpty();

        assertThat(send("POST", "/config", "application/json", json).statusCode()).isEqualTo(201);
        assertThat(get("/services").path("data").get(0).path("name").asText()).isEqualTo("three");

        String inside = Json.object().put("config", yaml).toString();
        assertThat(send("POST", "/config", "application/json", inside).statusCode()).isEqualTo(201);
        String form = "config=" + URLEncoder.encode(FILE, StandardCharsets.UTF_8);
        assertThat(send("POST", "/config", "application/x-www-form-urlencoded", form).statusCode())
                .isEqualTo(201);
        assertThat(get("/services").path("data").get(0).path("name").asText()).isEqualTo("one");
    }

    @Test
    void answers304WhenTheTextIsTheSame() throws Exception {
        assertThat(send("POST", "/config?check_hash=1", "text/yaml", FILE).statusCode())
                .isEqualTo(304);
        assertThat(send("POST", "/config?check_hash=1", "text/yaml", FILE + "\n").statusCode())
                .isEqualTo(201);
    }

    @Test
    void writesWhatItHas() throws Exception {
        String config = get("/config").path("config").asText();

        assertThat(config).startsWith("_format_version: \"3.0\"").contains("name: one");
        assertThat(send("POST", "/config", "text/yaml", config).statusCode()).isEqualTo(201);
        assertThat(get("/config").path("config").asText()).isEqualTo(config);
    }

    @Test
    void refusesWhatIsWrongInTheShapeOfTheDocumentAndKeepsWhatItHas() throws Exception {
        HttpResponse<String> response =
                send(
                        "POST",
                        "/config",
                        "application/json",
                        Json.object()
                                .put("config", "_format_version: '1.1'\nservices:\n- port: -12\n")
                                .toString());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Json.parse(response.body()))
                .isEqualTo(
                        Json.parse(
                                """
                                {"code": 14, "name": "invalid declarative configuration",
                                 "message": "declarative config is invalid: {services={{host=\\"required field missing\\",port=\\"value should be between 0 and 65535\\"}}}",
                                 "fields": {"services": [{"host": "required field missing", "port": "value should be between 0 and 65535"}]}}
                                """));
        assertThat(get("/services/one").path("host").asText()).isEqualTo("one.test");
    }

    @Test
    void saysWhatIsThereTwiceWithNothingForWhatIsRight() throws Exception {
        String twice =
                "_format_version: '3.0'\nservices:\n- {name: foo, host: a}\n- {name: foo, host: b}\n";

        JsonNode answer = Json.parse(send("POST", "/config", "text/yaml", twice).body());

        String said =
                "uniqueness violation: 'services' entity with name set to 'foo' already declared";
        assertThat(answer.path("fields").path("services"))
                .isEqualTo(Json.array().addNull().add(said));
        assertThat(answer.path("message").asText())
                .isEqualTo("declarative config is invalid: {services={[2]=\"" + said + "\"}}");
    }

    @Test
    void refusesWhatIsNoConfiguration() throws Exception {
        JsonNode noObject =
                Json.parse(
                        send("POST", "/config", "application/json", "{\"config\": \"bobby\"}")
                                .body());
        assertThat(noObject.path("fields").path("error").asText())
                .isEqualTo("failed parsing declarative configuration: expected an object");
        assertThat(noObject.path("message").asText())
                .isEqualTo(
                        "declarative config is invalid: {error=\"failed parsing declarative"
                                + " configuration: expected an object\"}");

        HttpResponse<String> nothing = send("POST", "/config", "text/yaml", "");
        assertThat(nothing.statusCode()).isEqualTo(400);
        assertThat(nothing.body())
                .isEqualTo("{\"message\":\"expected a declarative configuration\"}");
    }

    @Test
    void gathersFaultsByEntityWhenAsked() throws Exception {
        String file =
                """
                _format_version: "3.0"
                services:
                - id: 5c3bd2a0-50ba-4a58-8e5f-3d7b5d2a3a01
                  name: bad
                  host: h
                  retries: "5"
                  tags: [x]
                  routes:
                  - name: worse
                    paths: [no-slash]
                """;

        JsonNode answer =
                Json.parse(send("POST", "/config?flatten_errors=1", "text/yaml", file).body());

        assertThat(answer.path("fields")).isEmpty();
        assertThat(answer.path("flattened_errors"))
                .isEqualTo(
                        Json.parse(
                                """
                                [{"entity_type": "service", "entity_id": "5c3bd2a0-50ba-4a58-8e5f-3d7b5d2a3a01",
                                  "entity_name": "bad", "entity_tags": ["x"],
                                  "entity": {"id": "5c3bd2a0-50ba-4a58-8e5f-3d7b5d2a3a01", "name": "bad", "host": "h", "retries": "5", "tags": ["x"]},
                                  "errors": [{"type": "field", "field": "retries", "message": "expected an integer"}]},
                                 {"entity_type": "route", "entity_name": "worse",
                                  "entity": {"name": "worse", "paths": ["no-slash"], "service": {"id": "5c3bd2a0-50ba-4a58-8e5f-3d7b5d2a3a01"}},
                                  "errors": [{"type": "field", "field": "paths.1", "message": "should start with: / (fixed path) or ~/ (regex path)"}]}]
                                """));
    }

    @Test
    void refusesAnImportIntoTheFilesPlace() throws Exception {
        HttpResponse<String> response = send("POST", "/torii/config/import", "text/yaml", FILE);

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.body()).contains("takes its configuration from a file");
    }

    @Test
    void takesNoMorePartsOfAFormThanOtherPathsDo() throws Exception {
        String part = "--b\r\nContent-Disposition: form-data; name=\"n%d\"\r\n\r\nx\r\n";
        String parts = IntStream.rangeClosed(1, 1001).mapToObj(part::formatted).collect(joining());

        HttpResponse<String> response =
                send("POST", "/config", "multipart/form-data; boundary=b", parts + "--b--\r\n");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"message\":\"Too many arguments\"");
    }

    @Test
    void doesNotStartOnAFileWithFaultsAndNamesThem() {
        assertThatThrownBy(() ->
                        Gateway.start(settings("_format_version: '3.0'\nservices:\n- {name: a}\n")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("has 1 fault, so the engine does not start")
                .hasMessageContaining("kong.yaml:3:3: services[1].host: required field missing");
    }

    private Settings settings(String config) throws IOException {
        Path file = Files.writeString(folder.resolve("kong.yaml"), config);
        return new Settings(folder, "127.0.0.1", 0, null, 0, 0, file, List.of());
    }

    private JsonNode get(String path) throws Exception {
        return Json.parse(send("GET", path, "application/json", "").body());
    }

    private HttpResponse<String> send(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(gateway.adminUri().resolve(path))
                        .timeout(Duration.ofSeconds(20))
                        .header("Content-Type", type)
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
