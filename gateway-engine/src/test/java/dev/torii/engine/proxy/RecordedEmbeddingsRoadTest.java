package dev.torii.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Recordings;
import dev.torii.engine.dialect.Recordings.Recording;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every recorded answer with embeddings, on the whole road from its provider to a client of
/// OpenAI's.
class RecordedEmbeddingsRoadTest {

    @TestFactory
    Stream<DynamicTest> comeThroughTheGateway() {
        return Stream.of(
                        "openai/embeddings",
                        "azure/embeddings",
                        "openrouter/embeddings",
                        "vllm/embeddings",
                        "mistral/embeddings",
                        "cohere/embeddings",
                        "gemini/embeddings",
                        "ollama/embed",
                        "bedrock/invoke")
                .flatMap(RecordedEmbeddingsRoadTest::each);
    }

    private static Stream<DynamicTest> each(String folder) {
        try {
            return Recordings.each(folder, RecordedEmbeddingsRoadTest::replay);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replay(Recording recording) throws Exception {
        String provider = recording.name().substring(0, recording.name().indexOf('/'));
        String path = recording.json().at("/request/path").textValue();
        ObjectNode asked = asked(provider, recording);
        try (TestGateway gateway = new TestGateway();
                FakeUpstream upstream = new FakeUpstream();
                HttpClient client = HttpClient.newHttpClient()) {
            gateway.route("{\"name\":\"r\",\"paths\":[\"/vectors\"]}");
            gateway.plugin(plugin(provider, path, asked, upstream.url()));
            JsonNode headers = recording.response().path("headers");
            upstream.always(
                    FakeUpstream.whole(
                            recording.status(),
                            headers.path("content-type").textValue(),
                            new String(recording.body(), StandardCharsets.UTF_8),
                            "x-amzn-bedrock-input-token-count",
                            headers.path("x-amzn-bedrock-input-token-count").asText("0")));

            HttpResponse<String> response =
                    client.send(
                            HttpRequest.newBuilder(URI.create(gateway.url("/vectors")))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofByteArray(Json.bytes(asked)))
                                    .build(),
                            BodyHandlers.ofString());

            Received received = upstream.take();
            assertThat(received.target().replace("%3A", ":")).isEqualTo(path);
            assertThat(response.statusCode()).isEqualTo(recording.status());
            JsonNode body = Json.parse(response.body());
            if (recording.status() != 200) {
                assertThat(body).isEqualTo(Json.parse(recording.body()));
                return;
            }
            int inputs = asked.path("input").isArray() ? asked.path("input").size() : 1;
            assertThat(body.path("object").textValue()).isEqualTo("list");
            assertThat(body.path("data")).hasSize(inputs);
            boolean packed = asked.path("encoding_format").asText().equals("base64");
            for (JsonNode row : body.path("data")) {
                assertThat(
                                packed
                                        ? row.path("embedding").isTextual()
                                        : row.at("/embedding/0").isNumber())
                        .isTrue();
            }
            long tokens = body.at("/usage/prompt_tokens").asLong();
            assertThat(tokens).isPositive();
            assertThat(
                            Objects.requireNonNull(
                                            Objects.requireNonNull(gateway.takeEnded().llm())
                                                    .usage())
                                    .promptTokens())
                    .isEqualTo(tokens);
        }
    }

    /// What a client of OpenAI's would have asked.
    private static ObjectNode asked(String provider, Recording recording) {
        ObjectNode request = recording.request();
        return switch (provider) {
            case "cohere" -> openAi(request.at("/texts/0"), request.path("output_dimension"));
            case "gemini" ->
                    openAi(
                            request.at("/requests/0/content/parts/0/text"),
                            request.at("/requests/0/outputDimensionality"));
            case "bedrock" ->
                    openAi(
                            request.at("/singleEmbeddingParams/text/value"),
                            request.at("/singleEmbeddingParams/embeddingDimension"));
            default -> request.deepCopy();
        };
    }

    private static ObjectNode openAi(JsonNode text, JsonNode dimensions) {
        return Json.object()
                .put("input", text.textValue())
                .put("dimensions", dimensions.intValue());
    }

    private static String plugin(String provider, String path, ObjectNode asked, String url) {
        String model =
                asked.path("model")
                        .asText(
                                switch (provider) {
                                    case "cohere" -> "embed-v4.0";
                                    default ->
                                            path.replaceFirst("^.*/models?/", "")
                                                    .replaceFirst("(:[a-zA-Z]+|/invoke)$", "");
                                });
        ObjectNode config = Json.object().put("route_type", "llm/v1/embeddings");
        ObjectNode options =
                config.putObject("model")
                        .put("provider", provider)
                        .put("name", model)
                        .putObject("options");
        switch (provider) {
            case "azure" ->
                    options.put("azure_instance", "i")
                            .put("azure_deployment_id", "d")
                            .put("azure_api_version", "v1")
                            .put("upstream_url", url + path);
            case "openrouter" -> options.put("upstream_url", url + "/api/v1");
            case "bedrock" -> {
                options.put("upstream_url", url).putObject("bedrock").put("aws_region", "r");
                config.putObject("auth")
                        .put("aws_access_key_id", "a")
                        .put("aws_secret_access_key", "s");
            }
            default -> options.put("upstream_url", url);
        }
        ObjectNode plugin = Json.object().put("name", "ai-proxy");
        plugin.set("config", config);
        return Json.text(plugin);
    }
}
