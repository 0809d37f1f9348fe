package dev.torii.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.model.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A model whose key is a reference that stands for nothing: whoever asks for it is told, and the
/// others answer.
class MissingKeyRoadTest extends RoadBench {

    private static final String MISSING = "{vault://env/gone}";
    private static final String REASON = "no vault is called 'env'";

    private static final String CHAT = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]%s}";

    @BeforeEach
    void serve() {
        upstream.always(FakeUpstream.json(200, "{\"choices\":[]}"));
        gateway.route("{\"name\":\"all\",\"paths\":[\"/\"]}");
    }

    private String target(String prefix, String provider, String model, String key) {
        return """
        {"prefix":"%s","models":["%s"],
         "model":{"provider":"%s","options":{"anthropic_version":"2023-06-01","upstream_url":"%s/v1"}},
         "auth":{"header_name":"authorization","header_value":"%s"}}\
        """
                .formatted(prefix, model, provider, upstream.url(), key);
    }

    private void models(String... targets) {
        gateway.plugin(
                "{\"name\":\"ai-models\",\"config\":{\"targets\":["
                        + String.join(",", targets)
                        + "]}}");
    }

    private void oneOfTwo() {
        models(
                target("lost", "anthropic", "claude-x", MISSING),
                target("there", "openai", "gpt-x", "Bearer real"));
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(gateway.url(path)))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(gateway.url(path))).build(),
                BodyHandlers.ofString());
    }

    private static String message(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(500);
        return Json.parse(response.body()).at("/error/message").textValue();
    }

    @Test
    void leavesTheOtherModelsAlone() throws Exception {
        oneOfTwo();

        HttpResponse<String> answer =
                post("/v1/chat/completions", CHAT.formatted(",\"model\":\"there/gpt-x\""));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(upstream.take().header("authorization")).isEqualTo("Bearer real");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/chat/completions | ,'model':'claude-x' | '' | ''",
                "/v1/responses | ,'model':'lost/claude-x','input':'hi' | /error/type | server_error",
                "/v1/messages | ,'model':'lost/claude-x','max_tokens':9 | /error/type | api_error",
                "/v1beta/models/lost/claude-x:generateContent | ,'contents':[{'parts':[{'text':'hi'}]}]"
                        + " | /error/status | INTERNAL",
            })
    void tellsWhoAsksWhatIsMissingInTheClientsDialect(
            String path, String fields, String place, String kind) throws Exception {
        oneOfTwo();

        HttpResponse<String> answer = post(path, CHAT.formatted(fields.replace('\'', '"')));

        assertThat(message(answer))
                .startsWith(
                        "anthropic/claude-x cannot be asked: config.targets.1.auth.header_value is "
                                + MISSING
                                + ", and "
                                + REASON);
        if (!place.isEmpty()) {
            assertThat(Json.parse(answer.body()).at(place).textValue()).isEqualTo(kind);
        }
        assertThat(upstream.waiting()).isZero();
        assertThat(Objects.requireNonNull(gateway.takeEnded().outcome()).error())
                .isEqualTo("no_credential");
    }

    @Test
    void listsOnlyWhatCanBeAsked() throws Exception {
        oneOfTwo();

        JsonNode list = Json.parse(get("/v1/models").body());

        assertThat(list.path("data").findValuesAsText("id")).containsExactly("there/gpt-x");
        assertThat(message(get("/v1/models/lost/claude-x")))
                .startsWith("lost/claude-x cannot be asked: config.targets.1.auth.header_value is");
        assertThat(post("/v1/chat/completions", CHAT.formatted("")).body())
                .contains("expected one of: there/…, gpt-x\"");
    }

    @Test
    void saysSoWhenNoKeyIsThere() throws Exception {
        models(target("lost", "anthropic", "claude-x", MISSING));

        assertThat(Json.parse(get("/v1/models").body()).path("data")).isEmpty();
        assertThat(post("/v1/chat/completions", CHAT.formatted("")).body())
                .contains("expected one of: none, since every key is missing");
    }

    @Test
    void isTheSameWhereThereIsOneModel() throws Exception {
        gateway.plugin(
                """
                {"name":"ai-proxy","config":{"route_type":"llm/v1/chat",
                 "auth":{"header_name":"Authorization","header_value":"%s"},
                 "model":{"provider":"openai","name":"gpt-x","options":{"upstream_url":"%s"}}}}\
                """
                        .formatted(MISSING, upstream.url()));
        String told = "cannot be asked: config.auth.header_value is " + MISSING + ", and " + REASON;

        assertThat(message(post("/v1/chat/completions", CHAT.formatted(""))))
                .startsWith("openai/gpt-x " + told);
        assertThat(message(get("/v1/models"))).startsWith("gpt-x " + told);
        assertThat(upstream.waiting()).isZero();
    }
}
