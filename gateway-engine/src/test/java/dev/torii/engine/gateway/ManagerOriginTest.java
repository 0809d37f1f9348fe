package dev.torii.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.settings.Settings;
import dev.torii.engine.settings.SettingsReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Two engines as browsers meet them: one that is told where Kong Manager is, and one that is not.
class ManagerOriginTest {

    private static final int PATIENCE_MS = 15_000;
    private static final String MANAGER = "https://manager.example";
    private static final String SECOND = "http://10.0.0.7:8002";

    @TempDir static Path told;
    @TempDir static Path untold;

    private static Gateway gateway;
    private static Gateway plain;

    @BeforeAll
    static void start() {
        Map<String, String> given =
                Map.of(
                        "manager-origin", "HTTPS://Manager.Example:443, " + SECOND,
                        "proxy-port", "0",
                        "admin-port", "0",
                        "status-port", "0");
        gateway = Gateway.start(new SettingsReader(Map.of(), told).read(given));
        plain = Gateway.start(Settings.onFreePorts(untold));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        plain.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://manager.example",
                "Origin: https://manager.example;Sec-Fetch-Site: cross-site",
                "Origin: http://10.0.0.7:8002;Sec-Fetch-Site: cross-site",
            })
    void letsTheManagerIn(String headers) throws IOException {
        assertThat(ask(gateway, "POST", "/consumers", headers)).startsWith("HTTP/1.1 400");
        String answer = ask(gateway, "GET", "/consumers", headers);

        String origin = headers.split(";", -1)[0].substring("Origin: ".length());
        assertThat(answer).startsWith("HTTP/1.1 200");
        assertReadableBy(origin, answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: null",
                "Origin: ",
                "Origin: *",
                "Origin: https://evil.example",
                "Origin: http://manager.example",
                "Origin: https://manager.example:8443",
                "Origin: https://manager.example:80",
                "Origin: https://manager.example.evil",
                "Origin: https://evil-manager.example",
                "Origin: https://www.manager.example",
                "Origin: https://manager.example.",
                "Origin: https://manager.example@evil.example",
                "Origin: https://manager.example:443@evil.example",
                "Origin: https://manager.example/",
                "Origin: https://manager.example, https://evil.example",
                "Origin: https://manager.example;Origin: https://evil.example",
                "Origin: https://evil.example;Origin: https://manager.example",
                "Origin: http://10.0.0.7",
                "Origin: http://10.0.0.7:80",
                "Origin: http://10.0.0.7:8002.evil.example",
                "Origin: http://localhost:8002",
                "Origin: http://127.0.0.1:8002;Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: cross-site",
            })
    void keepsEveryOtherPageOut(String headers) throws IOException {
        for (String method : List.of("GET", "POST", "OPTIONS")) {
            String answer = ask(gateway, method, "/consumers", headers);

            assertThat(answer)
                    .startsWith("HTTP/1.1 403")
                    .contains("takes no requests from web pages of other sites")
                    .contains("\r\nServer: kong/")
                    .contains("\r\nX-Kong-Admin-Latency: ");
            assertReadableBy(MANAGER, answer);
        }
    }

    @Test
    void aNameThatWasPointedHereIsNoWayIn() throws IOException {
        String answer = exchange(gateway, "GET", "/", "manager.example", "Origin: " + MANAGER);

        assertThat(answer)
                .startsWith("HTTP/1.1 403")
                .contains("Host 'manager.example' is none of them");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ | GET, HEAD, OPTIONS",
                "/services | GET, HEAD, OPTIONS, POST",
                "/services/x | DELETE, GET, HEAD, OPTIONS, PATCH, PUT",
                "/torii | GET, HEAD, OPTIONS",
                "/metrics | GET, HEAD, OPTIONS",
                "/debug/node/log-level/debug | OPTIONS, PUT",
            })
    void tellsTheManagersBrowserWhatMayBeSent(String path, String methods) throws IOException {
        String headers = "Origin: " + MANAGER + ";Sec-Fetch-Site: cross-site";
        String answer = ask(gateway, "OPTIONS", path, headers);
        String wanting =
                ask(
                        gateway,
                        "OPTIONS",
                        path,
                        headers
                                + ";Access-Control-Request-Method: PATCH"
                                + ";Access-Control-Request-Headers: content-type,kong-admin-token");

        assertThat(answer).startsWith("HTTP/1.1 204");
        assertReadableBy(MANAGER, answer);
        assertThat(header(answer, "Allow")).isEqualTo(methods);
        assertThat(header(answer, "Access-Control-Allow-Methods")).isEqualTo(methods);
        assertThat(header(answer, "Access-Control-Allow-Headers")).isEqualTo("Content-Type");
        assertThat(header(wanting, "Access-Control-Allow-Headers"))
                .isEqualTo("content-type,kong-admin-token");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing, 404",
        "GET, /services/nobody, 404",
        "DELETE, /services, 405",
        "GET, /services?size=x, 400",
        "GET, /torii/nothing, 404",
        "GET, /torii?x=1, 400",
        "POST, /metrics, 405",
        "GET, /torii/openapi.json, 200",
        "GET, /status, 200",
    })
    void tellsItWithEveryAnswer(String method, String path, int status) throws IOException {
        String answer = ask(gateway, method, path, "Origin: " + SECOND);

        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertReadableBy(SECOND, answer);
        assertReadableBy(MANAGER, ask(gateway, method, path, "Accept: */*"));
    }

    @Test
    void takesThePagesOfThisMachineWhenItIsToldOfNone() throws IOException {
        String mine = "http://localhost:8002";

        assertReadableBy(mine, ask(plain, "GET", "/torii", "Origin: " + mine));
        assertReadableBy("*", ask(plain, "GET", "/torii", "Accept: */*"));
    }

    /// That the gateway is here at all is not for it to know.
    @Test
    void letsNoForeignPageReadThatItWasRefused() throws IOException {
        String answer = ask(plain, "GET", "/", "Origin: https://evil.example");

        assertThat(answer).startsWith("HTTP/1.1 403").contains("--manager-origin");
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEmpty();
        assertThat(header(answer, "Access-Control-Allow-Credentials")).isEmpty();
    }

    private static void assertReadableBy(String origin, String answer) {
        assertThat(header(answer, "Access-Control-Allow-Origin")).as(answer).isEqualTo(origin);
        assertThat(header(answer, "Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(header(answer, "Vary")).isEqualTo("Origin");
    }

    /// All values, as one.
    private static String header(String answer, String name) {
        return String.join(
                " and ",
                answer.lines()
                        .takeWhile(line -> !line.isEmpty())
                        .filter(line ->
                                line.toLowerCase(Locale.ROOT)
                                        .startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                        .map(line -> line.substring(name.length() + 1).strip())
                        .toList());
    }

    private static String ask(Gateway asked, String method, String path, String headers)
            throws IOException {
        return exchange(asked, method, path, "localhost:8001", headers);
    }

    private static String exchange(
            Gateway asked, String method, String path, String host, String headers)
            throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), asked.adminUri().getPort())) {
            socket.setSoTimeout(PATIENCE_MS);
            String request =
                    "%s %s HTTP/1.1\r\nHost: %s\r\n%s\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                            .formatted(method, path, host, headers.replace(";", "\r\n"));
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
