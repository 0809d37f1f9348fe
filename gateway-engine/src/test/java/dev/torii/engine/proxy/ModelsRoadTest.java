package dev.torii.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.model.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which models there are, told to clients of each vendor.
class ModelsRoadTest {

    private static final String NAMES = "openai/gpt-5-mini,local/org/Model:latest,fast";

    private final HttpClient client = HttpClient.newHttpClient();
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new TestGateway();
        gateway.route("{\"name\":\"all\",\"paths\":[\"/\"]}");
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
    }

    private void models() {
        plugin(
                """
                {'name':'ai-models','config':{'targets':[
                   {'model':{'provider':'openai'},'models':['gpt-5-mini']},
                   {'prefix':'local','model':{'provider':'openai'},'models':['org/Model:latest']}],
                 'aliases':[{'alias':'fast','model':'local/qwen3:8b'}]}}\
                """);
    }

    private void proxy(String format, String name) {
        plugin(
                """
                {'name':'ai-proxy','config':{'route_type':'llm/v1/chat','llm_format':'%s',
                 'model':{'provider':'openai'%s}}}\
                """
                        .formatted(format, name));
    }

    private void plugin(String json) {
        gateway.plugin(json.replace('\'', '"'));
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(gateway.url(path)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).isEqualTo(200);
        return Json.parse(response.body());
    }

    private static String joined(JsonNode models, String name) {
        return String.join(",", models.findValuesAsText(name));
    }

    @Test
    void listsThemToEachVendorsClients() throws Exception {
        models();

        assertThat(joined(json(get("/v1/models")).path("data"), "id")).isEqualTo(NAMES);
        JsonNode anthropic = json(get("/v1/models", "anthropic-version", "2023-06-01"));
        assertThat(joined(anthropic.path("data"), "id")).isEqualTo(NAMES);
        assertThat(anthropic.path("has_more").isBoolean()).isTrue();
        assertThat(anthropic.path("last_id").textValue()).isEqualTo("fast");
        for (JsonNode gemini :
                new JsonNode[] {
                    json(get("/v1beta/models?key=k")),
                    json(get("/v1/models", "x-goog-api-key", "k"))
                }) {
            assertThat(joined(gemini.path("models"), "name").replace("models/", ""))
                    .isEqualTo(NAMES);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "openai/gpt-5-mini,           openai/gpt-5-mini",
        "openai%2Fgpt-5-mini,         openai/gpt-5-mini",
        "gpt-5-mini,                  gpt-5-mini",
        "local/org/Model:latest,      local/org/Model:latest",
        "local%2Forg%2FModel%3Alatest, local/org/Model:latest",
        "fast,                        fast"
    })
    void tellsOfOne(String asked, String id) throws Exception {
        models();

        JsonNode openAi = json(get("/v1/models/" + asked));
        assertThat(openAi.path("id").textValue()).isEqualTo(id);
        assertThat(openAi.path("object").textValue()).isEqualTo("model");
        assertThat(openAi.path("owned_by").textValue()).isEqualTo("openai");
        JsonNode anthropic = json(get("/v1/models/" + asked, "anthropic-version", "2023-06-01"));
        assertThat(anthropic.path("id").textValue()).isEqualTo(id);
        assertThat(anthropic.path("type").textValue()).isEqualTo("model");
        JsonNode gemini = json(get("/v1beta/models/" + asked));
        assertThat(gemini.path("name").textValue()).isEqualTo("models/" + id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope", "openai/nope", "gpt-5", "local/"})
    void knowsNoOthers(String asked) throws Exception {
        models();

        HttpResponse<String> openAi = get("/v1/models/" + asked + "x");
        assertThat(openAi.statusCode()).isEqualTo(404);
        assertThat(Json.parse(openAi.body()).at("/error/message").textValue()).contains(asked);
        HttpResponse<String> anthropic =
                get("/v1/models/" + asked + "x", "anthropic-version", "2023-06-01");
        assertThat(anthropic.statusCode()).isEqualTo(404);
        assertThat(Json.parse(anthropic.body()).at("/error/type").textValue())
                .isEqualTo("not_found_error");
        HttpResponse<String> gemini = get("/v1beta/models/" + asked + "x");
        assertThat(gemini.statusCode()).isEqualTo(404);
        assertThat(Json.parse(gemini.body()).at("/error/status").textValue())
                .isEqualTo("NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({
        "openai,    /v1/models,     /data/0/id,     ''",
        "anthropic, /v1/models,     /data/0/id,     ''",
        "gemini,    /v1beta/models, /models/0/name, models/"
    })
    void tellsOfTheOnlyOne(String format, String path, String place, String before)
            throws Exception {
        proxy(format, ",'name':'org/m:1'");

        assertThat(json(get("/x" + path)).at(place).textValue()).isEqualTo(before + "org/m:1");
        String name = format.equals("gemini") ? "/name" : "/id";
        assertThat(json(get("/x" + path + "/org/m:1")).at(name).textValue())
                .isEqualTo(before + "org/m:1");
        HttpResponse<String> other = get("/x" + path + "/org/m:2");
        assertThat(other.statusCode()).isEqualTo(404);
        assertThat(other.body())
                .contains("there is no model 'org/m:2' here; the one there is: org/m:1");
    }

    @Test
    void hasNoListWhereTheClientChooses() throws Exception {
        proxy("openai", "");

        assertThat(get("/v1/models").statusCode()).isEqualTo(400);
        assertThat(get("/v1/models/m").statusCode()).isEqualTo(400);
    }
}
