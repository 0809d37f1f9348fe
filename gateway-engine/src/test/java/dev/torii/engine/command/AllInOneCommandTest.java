package dev.torii.engine.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.gateway.Gateway;
import dev.torii.engine.gateway.Machine;
import dev.torii.engine.settings.Settings;
import dev.torii.model.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AllInOneCommandTest {

    private static final Map<String, String> KEYS = Map.of("ANTHROPIC_API_KEY", "sk-ant");

    @TempDir private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = Gateway.start(Settings.onFreePorts(folder), new Machine(KEYS, Optional.empty()));
        gateway.running().announce(folder);
    }

    @AfterEach
    void stop() {
        http.close();
        gateway.close();
    }

    private int run() {
        return run(KEYS);
    }

    private int run(Map<String, String> environment) {
        return new CommandLine(new AllInOneCommand(new PrintWriter(out), environment))
                .setErr(new PrintWriter(err))
                .execute("--data-dir", folder.toString());
    }

    private HttpResponse<String> send(String method, URI uri, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri)
                        .header("content-type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void servesWhoeverThereIsAKeyForAndWhoNeedsNone() throws Exception {
        send("PUT", gateway.adminUri().resolve("/torii/secrets/groq"), "{\"value\":\"gsk-x\"}");

        assertThat(run()).isZero();

        assertThat(out.toString())
                .contains("base_url = http://localhost:" + gateway.proxyUri().getPort() + "/v1")
                .contains("Served: anthropic, groq, ollama, lmstudio.")
                .contains("Without a key, and so left out: openai (OPENAI_API_KEY), ")
                .contains("To add one: torii secret set openai, and this again.");
        HttpResponse<String> models = send("GET", gateway.proxyUri().resolve("/v1/models"), "");
        assertThat(models.body()).contains("\"id\":\"anthropic/claude-sonnet-4-5\"");
        HttpResponse<String> probe = send("GET", gateway.proxyUri().resolve("/"), "");
        assertThat(probe.statusCode()).isEqualTo(200);
        assertThat(send("GET", gateway.adminUri().resolve("/torii"), "").body())
                .contains("\"unresolved_references\":[]");
    }

    @Test
    void canBeRunAgain() throws Exception {
        assertThat(run()).isZero();
        assertThat(run()).isZero();

        JsonNode plugins =
                Json.parse(
                        send("GET", gateway.adminUri().resolve("/plugins"), "")
                                .body()
                                .getBytes(UTF_8));
        assertThat(plugins.path("data")).hasSize(1);
    }

    @Test
    void saysWhoseKeyTheEngineWasStartedWithout() throws Exception {
        assertThat(run(Map.of("ANTHROPIC_API_KEY", "sk-ant", "XAI_API_KEY", "xai-x"))).isZero();

        assertThat(out.toString())
                .contains("Served: anthropic, ollama, lmstudio.")
                .contains(
                        "The engine does not know {vault://env/XAI_API_KEY}, so that its models"
                                + " answer an error. Start it where that is set; or keep the key in"
                                + " the vault, and this again.");
        HttpResponse<String> models = send("GET", gateway.proxyUri().resolve("/v1/models"), "");
        assertThat(models.body())
                .contains("\"id\":\"anthropic/claude-sonnet-4-5\"")
                .doesNotContain("\"id\":\"xai/");
        HttpResponse<String> asked =
                send(
                        "POST",
                        gateway.proxyUri().resolve("/v1/chat/completions"),
                        "{\"model\":\"xai/grok-4\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        assertThat(asked.body())
                .contains(
                        "the environment variable XAI_API_KEY is not set; set it and start Torii again");
    }

    /// A key of one word is a bearer's token.
    @Test
    void showsTheKeyAsTheProviderWantsIt() throws Exception {
        try (var upstream = new FakeUpstream()) {
            upstream.always(FakeUpstream.json(200, "{\"choices\":[]}"));
            send(
                    "PUT",
                    gateway.adminUri().resolve("/torii/secrets/openai"),
                    "{\"value\":\"sk-x\"}");
            assertThat(run()).isZero();
            JsonNode plugin =
                    Json.parse(
                                    send("GET", gateway.adminUri().resolve("/plugins"), "")
                                            .body()
                                            .getBytes(UTF_8))
                            .path("data")
                            .get(0);
            ((ObjectNode) plugin.path("config").path("targets").get(0).path("model"))
                    .putObject("options")
                    .put("upstream_url", upstream.url() + "/v1");
            send(
                    "PATCH",
                    gateway.adminUri().resolve("/plugins/" + plugin.path("id").textValue()),
                    Json.text(Json.object().set("config", plugin.path("config"))));

            send(
                    "POST",
                    gateway.proxyUri().resolve("/v1/chat/completions"),
                    "{\"model\":\"openai/gpt-5\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

            assertThat(upstream.take().header("authorization")).isEqualTo("Bearer sk-x");
        }
    }
}
