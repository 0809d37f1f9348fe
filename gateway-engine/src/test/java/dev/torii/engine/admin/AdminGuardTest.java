package dev.torii.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torii.model.config.EntityKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminGuardTest {

    private AdminApi api;

    @BeforeEach
    void start() throws Exception {
        api = new AdminApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Host: localhost:8001",
                "Host: 127.0.0.1",
                "Host: 127.8.9.1:80",
                "Host: [::1]:8001",
                "Host: LOCALHOST",
                "Host: localhost;Origin: http://localhost:8001;Sec-Fetch-Site: same-origin",
                "Host: localhost;Origin: http://localhost:8002;Sec-Fetch-Site: same-site",
                "Host: localhost;Sec-Fetch-Site: none",
            })
    void letsToolsAndThisMachinesPagesPass(String headers) throws IOException {
        assertThat(exchange("GET", headers, "")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Host: evil.example:8001 | Host 'evil.example:8001' is none of them",
                "Host: localhost.evil.example | is none of them",
                "Host: 127.0.0.1.evil.example | is none of them",
                "Host: 10.0.0.1 | is none of them",
                "Host: localhost;Origin: https://evil.example | Origin 'https://evil.example' is not on this machine",
                "Host: localhost;Origin: null | Origin 'null' is not on this machine",
                "Host: localhost;Origin: http://localhost.evil.example | is not on this machine",
                "Host: localhost;Origin: http://localhost@evil.example | is not on this machine",
                "Host: localhost;Sec-Fetch-Site: cross-site | Sec-Fetch-Site: cross-site",
            })
    void refusesForeignHostsAndPages(String headers, String sentence) throws IOException {
        String answer = exchange("GET", headers, "");

        assertThat(answer)
                .startsWith("HTTP/1.1 403")
                .contains("application/json")
                .contains(sentence);
    }

    @Test
    void aPageOnAnotherSiteCannotPostAForm() throws IOException {
        String answer =
                exchange(
                        "POST",
                        "Host: 127.0.0.1:8001;Origin: https://evil.example;Sec-Fetch-Site: cross-site;"
                                + "Content-Type: application/x-www-form-urlencoded",
                        "username=mallory");

        assertThat(answer).startsWith("HTTP/1.1 403");
        assertThat(api.store.snapshot().all(EntityKind.CONSUMERS)).isEmpty();
    }

    @Test
    void aNameThatWasGivenIsAccepted() throws Exception {
        try (var server =
                AdminServer.start("127.0.0.1", 0, Set.of("torii.lan"), List.of(), List.of())) {
            assertThat(exchange(server.port(), "GET", "Host: torii.lan:8001", ""))
                    .startsWith("HTTP/1.1 404");
            assertThat(exchange(server.port(), "GET", "Host: other.lan", ""))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void saysWhichPortIsTaken() {
        assertThatThrownBy(() ->
                        AdminServer.start("127.0.0.1", api.port(), Set.of(), List.of(), List.of()))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "the admin port %d on 127.0.0.1 is taken by another process; stop that one, or choose another with --admin-port"
                                .formatted(api.port()));
    }

    private String exchange(String method, String headers, String body) throws IOException {
        return exchange(api.port(), method, headers, body);
    }

    private static String exchange(int port, String method, String headers, String body)
            throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request =
                    method
                            + " /consumers HTTP/1.1\r\n"
                            + headers.replace(";", "\r\n")
                            + "\r\nConnection: close\r\nContent-Length: "
                            + body.length()
                            + "\r\n\r\n"
                            + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
