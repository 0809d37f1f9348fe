package dev.torii.engine.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.gateway.Gateway;
import dev.torii.engine.settings.Settings;
import dev.torii.model.json.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/// A whole gateway with `/chat` on it, or with routes to [Vendor]s, for whichever client.
final class ChatGateway implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Gateway gateway;

    private int routes;

    /// One without routes.
    ChatGateway(Path folder) throws Exception {
        gateway = Gateway.start(Settings.onFreePorts(folder));
    }

    /// @param proxy the configuration of `ai-proxy`
    ChatGateway(Path folder, String proxy) throws Exception {
        this(folder);
        route("chat", proxy);
    }

    private void route(String name, String proxy) throws Exception {
        String service = name + "-service";
        post("/services", "{\"name\":\"" + service + "\",\"url\":\"https://example.com\"}");
        post(
                "/services/" + service + "/routes",
                "{\"name\":\"" + name + "-route\",\"paths\":[\"/" + name + "\"]}");
        post(
                "/services/" + service + "/plugins",
                "{\"name\":\"ai-proxy\",\"config\":" + proxy + "}");
    }

    /// Adds a route for clients of any dialect.
    ///
    /// @return what they take for the provider's address
    String to(Vendor vendor, FakeUpstream upstream) throws Exception {
        routes++;
        String name = "chat" + routes;
        route(
                name,
                "{\"route_type\":\"llm/v1/chat\",\"llm_format\":\"auto\","
                        + vendor.target(upstream, vendor.model())
                        + "}");
        return gateway.proxyUri() + "/" + name;
    }

    /// What clients of `/chat` take for the provider's address.
    String url() {
        return gateway.proxyUri() + "/chat";
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
        http.close();
        gateway.close();
    }
}
