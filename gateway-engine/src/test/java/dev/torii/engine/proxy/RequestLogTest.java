package dev.torii.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.plugin.LogSerializer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a request leaves behind in the log, over real sockets.
class RequestLogTest {

    @TempDir private Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private final FakeUpstream upstream = new FakeUpstream();
    private TestGateway gateway;
    private String service;

    @BeforeEach
    void start() throws Exception {
        gateway = new TestGateway();
        service =
                gateway.service("{\"host\":\"127.0.0.1\",\"port\":%d}".formatted(upstream.port()));
        gateway.route("{\"paths\":[\"/chat\"],\"service\":{\"id\":\"%s\"}}".formatted(service));
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
        upstream.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(gateway.url(path)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void tellsWhatWentUpstreamAndWhatTheClientGot() throws Exception {
        get("/chat/a?x=1");

        ObjectNode entry = LogSerializer.serialize(gateway.takeEnded());

        assertThat(entry.path("upstream_uri").asText()).isEqualTo("/a?x=1");
        assertThat(entry.path("upstream_status").asText()).isEqualTo("200");
        assertThat(entry.at("/response/headers/content-length").asText()).isEqualTo("5");
    }

    @Test
    void tellsAnAnswerOfTheGatewaysOwn() throws Exception {
        gateway.plugin("{\"name\":\"key-auth\"}");

        HttpResponse<String> refused = get("/chat");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("www-authenticate")).contains("Key");
        ObjectNode entry = LogSerializer.serialize(gateway.takeEnded());
        assertThat(entry.path("source").asText()).isEqualTo("kong");
        assertThat(entry.path("upstream_uri").asText("absent")).isEmpty();
        assertThat(entry.at("/response/headers/www-authenticate").asText()).isEqualTo("Key");
    }

    @Test
    void aGlobalPluginLogsRequestsWithoutARouteToo() throws Exception {
        Path file = folder.resolve("requests.jsonl");
        gateway.plugin("{\"name\":\"file-log\",\"config\":{\"path\":\"%s\"}}".formatted(file));

        get("/nowhere");
        gateway.takeEnded();

        assertThat(Files.readAllLines(file))
                .singleElement()
                .asString()
                .contains("\"uri\":\"/nowhere\"", "\"status\":404");
    }

    @Test
    void keysOfKnownConsumersStayOutOfTheFile() throws Exception {
        Path file = folder.resolve("requests.jsonl");
        gateway.plugin("{\"name\":\"file-log\",\"config\":{\"path\":\"%s\"}}".formatted(file));
        gateway.plugin("{\"name\":\"key-auth\",\"config\":{\"key_names\":[\"x-team\"]}}");
        String consumer = gateway.consumer("{\"username\":\"alice\"}");
        gateway.key("{\"key\":\"s3cret\",\"consumer\":{\"id\":\"%s\"}}".formatted(consumer));

        assertThat(get("/chat", "X-Team", "s3cret").statusCode()).isEqualTo(200);
        gateway.takeEnded();
        assertThat(get("/chat?a=1&x-team=s3cret").statusCode()).isEqualTo(200);
        gateway.takeEnded();

        assertThat(Files.readString(file))
                .contains("\"username\":\"alice\"", "x-team=REDACTED")
                .doesNotContain("s3cret");
    }
}
