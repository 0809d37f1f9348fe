package dev.torii.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import dev.torii.model.json.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/// A whole gateway with `/chat` on it, and OpenAI's SDK in front.
final class ChatGateway implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Gateway gateway;
    private final OpenAIClient sdk;

    /// @param proxy the configuration of `ai-proxy`
    ChatGateway(Path folder, String proxy) throws Exception {
        gateway = Gateway.start(Settings.onFreePorts(folder));
        post("/services", "{\"name\":\"chat-service\",\"url\":\"https://example.com\"}");
        post("/services/chat-service/routes", "{\"name\":\"chat-route\",\"paths\":[\"/chat\"]}");
        post("/services/chat-service/plugins", "{\"name\":\"ai-proxy\",\"config\":" + proxy + "}");
        sdk =
                OpenAIOkHttpClient.builder()
                        .baseUrl(gateway.proxyUri() + "/chat")
                        .apiKey("dummy")
                        .maxRetries(0)
                        .build();
    }

    OpenAIClient sdk() {
        return sdk;
    }

    void post(String path, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(gateway.adminUri().resolve(path))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
    }

    JsonNode get(String path) throws Exception {
        return Json.parse(
                http.send(
                                HttpRequest.newBuilder(gateway.adminUri().resolve(path)).build(),
                                BodyHandlers.ofByteArray())
                        .body());
    }

    @Override
    public void close() {
        sdk.close();
        gateway.close();
        http.close();
    }
}
