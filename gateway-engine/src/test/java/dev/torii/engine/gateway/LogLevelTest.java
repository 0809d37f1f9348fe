package dev.torii.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.torii.engine.admin.AdminServer;
import dev.torii.engine.admin.LogLevelServlet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogLevelTest {

    private static final Logger torii = LoggerFactory.getLogger("dev.torii.engine.Something");

    private final EngineLog log = new EngineLog();
    private final HttpClient client = HttpClient.newHttpClient();
    private AdminServer server;

    @BeforeEach
    void start() throws IOException {
        server =
                AdminServer.start(
                        "127.0.0.1",
                        0,
                        Set.of(),
                        List.of(),
                        List.of(
                                new AdminServer.Mapping(
                                        "/debug/*", new LogLevelServlet(log, false))));
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
        log.close();
    }

    private String ask(String method, String path) throws Exception {
        return ask(method, path, "", "");
    }

    private String ask(String method, String path, String type, String body) throws Exception {
        var uri = URI.create("http://127.0.0.1:" + server.port() + "/debug" + path);
        var request =
                HttpRequest.newBuilder(uri)
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        var response = client.send(request.build(), BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    @Test
    void changesWhatTheEngineLogs() throws Exception {
        assertThat(ask("GET", "/node/log-level"))
                .isEqualTo("200 {\"message\":\"log level: info\"}");
        assertThat(torii.isErrorEnabled()).isTrue();

        assertThat(ask("PUT", "/node/log-level/crit"))
                .isEqualTo("200 {\"message\":\"log level changed\"}");
        assertThat(torii.isErrorEnabled()).isFalse();
        assertThat(ask("PUT", "/cluster/log-level/crit"))
                .isEqualTo("200 {\"message\":\"log level is already crit\"}");

        ask("PUT", "/cluster/log-level/debug");
        assertThat(torii.isDebugEnabled()).isTrue();
        assertThat(ask("GET", "/node/log-level"))
                .isEqualTo("200 {\"message\":\"log level: debug\"}");
    }

    @Test
    void goesBackWhenTheTimeIsOver() throws Exception {
        ask("PUT", "/node/log-level/crit?timeout=0");

        await().untilAsserted(() ->
                assertThat(ask("GET", "/node/log-level"))
                        .isEqualTo("200 {\"message\":\"log level: info\"}"));
        assertThat(torii.isErrorEnabled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "application/json | {\"timeout\":-1} | 400",
                "application/json | {\"timeout\":\"-1\"} | 400",
                "application/json | {\"timeout\":null} | 200",
                "application/json | {\"timeout\":[1]} | 200",
                "application/x-www-form-urlencoded | timeout=-1 | 400",
                "application/x-www-form-urlencoded | timeout=soon | 200",
                "application/json | {timeout | 400",
                "text/plain | timeout=-1 | 415",
            })
    void takesTheTimeFromTheBodyToo(String type, String body, int status) throws Exception {
        assertThat(ask("PUT", "/node/log-level/debug?timeout=30", type, body))
                .startsWith(status + " ");
    }

    @Test
    void refusesWhatIsNoLevelOrTime() throws Exception {
        assertThat(ask("PUT", "/node/log-level/loud"))
                .isEqualTo("400 {\"message\":\"unknown log level: loud\"}");
        assertThat(ask("PUT", "/node/log-level/debug?timeout=-1"))
                .isEqualTo("400 {\"message\":\"timeout must be greater than or equal to 0\"}");
        assertThat(ask("GET", "/node/log-level/debug"))
                .isEqualTo("405 {\"message\":\"Method not allowed\"}");
        assertThat(ask("GET", "/other")).isEqualTo("404 {\"message\":\"Not found\"}");
    }
}
