package dev.torii.engine.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.gateway.Gateway;
import dev.torii.engine.settings.Settings;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/// A whole gateway with every model at one address, as `torii all-in-one` sets it up; its providers
/// are all at one upstream.
final class ModelsGateway implements AutoCloseable {

    private final Gateway gateway;

    ModelsGateway(Path folder, String upstream) throws Exception {
        gateway = Gateway.start(Settings.onFreePorts(Files.createDirectories(folder)));
        post("/services", "{\"name\":\"models\",\"host\":\"localhost\"}");
        post(
                "/services/models/routes",
                "{\"name\":\"models\",\"paths\":[\"/v1\",\"/v1beta\",\"~/$\"],\"strip_path\":false}");
        post(
                "/routes/models/plugins",
                """
                {"name":"ai-models","config":{
                  "targets":[
                    {"model":{"provider":"openai","options":{"upstream_url":"%1$s/v1/chat/completions"}},
                     "auth":{"header_name":"Authorization","header_value":"Bearer sk-real"}},
                    {"model":{"provider":"anthropic","options":{"upstream_url":"%1$s/v1/messages","anthropic_version":"2023-06-01"}},
                     "auth":{"header_name":"x-api-key","header_value":"sk-ant-real"}},
                    {"model":{"provider":"gemini","options":{"upstream_url":"%1$s"}},
                     "auth":{"header_name":"x-goog-api-key","header_value":"AIza-real"}}],
                  "aliases":[{"alias":"gpt-5.5","model":"anthropic/claude-sonnet-4-5"}]}}\
                """
                        .formatted(upstream));
    }

    private void post(String path, String body) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response =
                    http.send(
                            HttpRequest.newBuilder(gateway.adminUri().resolve(path))
                                    .header("content-type", "application/json")
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        }
    }

    /// Where the gateway listens; it ends in no slash.
    String url() {
        return "http://127.0.0.1:" + gateway.proxyUri().getPort();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
