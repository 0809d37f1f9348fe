package dev.torii.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.admin.AdminApi.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever comes in, the answer is the client's fault or a success, and the next one works.
class HostileInputTest {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    @SuppressWarnings("UnusedVariable") // named by an annotation
    private static final List<String> JSON_BODIES =
            List.of(
                    "",
                    "nul",
                    "null",
                    "5",
                    "{\"host\":\"a\",\"host\":\"b\"}",
                    "{\"host\":\"a\u0000b\"}",
                    "{\"host\":\"\\u0000\"}",
                    "{\"name\":\"\\ud800\",\"host\":\"h\"}",
                    "{\"\\udc00\":1,\"host\":\"h\"}",
                    "{\"host\":\"h\",\"retries\":1e999999999}",
                    "{\"host\":\"h\",\"retries\":-1e-999999999}",
                    "{\"host\":\"h\",\"retries\":" + "9".repeat(2000) + "}",
                    "{\"host\":\"h\",\"retries\":99999999999999999999}",
                    "{\"host\":\"h\",\"retries\":NaN}",
                    "{\"host\":\"" + "x".repeat(1_000_000) + "\"}",
                    "[".repeat(100_000),
                    "{\"a\":".repeat(100_000),
                    "{\"host\":" + "[".repeat(150) + "]".repeat(150) + "}",
                    "{\"tags\":{\"1\":[]},\"host\":\"h\"}",
                    "{\"client_certificate\":{\"id\":{\"id\":1}},\"host\":\"h\"}",
                    "{\"url\":\"http://[\",\"host\":\"h\"}",
                    "{\"url\":\"http://h:99999999999/\"}",
                    "{\"url\":{\"x\":1}}",
                    "{\"id\":5,\"host\":\"h\"}",
                    "{\"id\":null,\"host\":\"h\",\"created_at\":\"x\"}",
                    "{\"host\":\"h\"} trailing",
                    "\ufeff{\"host\":\"h\"}");

    private AdminApi api;

    @BeforeEach
    void start() throws Exception {
        api = new AdminApi();
    }

    @AfterEach
    void stop() {
        assertThat(api.get("/services").status()).isEqualTo(200);
        api.close();
    }

    private static void assertNoFault(Reply reply, String what) {
        assertThat(reply.status()).as(what + " -> " + reply.text()).isBetween(200, 499);
    }

    @ParameterizedTest
    @FieldSource("JSON_BODIES")
    void survivesJson(String body) {
        for (String path : new String[] {"/services", "/routes", "/consumers", "/plugins"}) {
            assertNoFault(api.raw("POST", path, JSON, body.getBytes(StandardCharsets.UTF_8)), path);
        }
        assertNoFault(
                api.raw("PUT", "/services/x", JSON, body.getBytes(StandardCharsets.UTF_8)), "PUT");
    }

    @Test
    void survivesBytesThatAreNoText() {
        byte[][] bodies = {
            {(byte) 0xff, (byte) 0xfe, 0, 0},
            {0, 0, 0, '{'},
            {0, 0, (byte) 0xfe, (byte) 0xff, 1, 2, 3},
            {'{', '"', (byte) 0xc3, '"', ':', '1', '}'},
            {'{', '"', 'a', '"', ':', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'},
        };
        for (byte[] body : bodies) {
            assertThat(api.raw("POST", "/services", JSON, body).status()).isEqualTo(400);
            assertNoFault(api.raw("POST", "/services", FORM, body), "form");
            assertNoFault(
                    api.raw("POST", "/services", "multipart/form-data; boundary=x", body),
                    "multipart");
        }
        assertNoFault(
                api.raw("POST", "/services", "multipart/form-data", new byte[5]), "no boundary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=",
                "&&&",
                "a",
                "[]=1",
                "[=1",
                "]=1",
                "a[=1",
                "a]=1",
                "a[[b]]=1",
                "..=1",
                "host.x=1",
                "host=a&host=b",
                "host[]=a",
                "tags=a&tags.x=b",
                "tags[99999999999999999999]=a&host=h",
                "tags[-1]=a&host=h",
                "retries=1e999999999&host=h",
                "retries=NaN&host=h",
                "host=%zz",
                "host=%ff",
                "host=%00",
                "client_certificate=x&host=h"
            })
    void survivesForms(String body) {
        assertNoFault(api.form("POST", "/services", body), body);
        assertNoFault(api.form("POST", "/plugins", "name=limits&config." + body), body);
    }

    @Test
    void survivesADeepFormKey() {
        Reply reply = api.form("POST", "/services", "a" + ".a".repeat(100_000) + "=1");

        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void refusesAFormKeyThatNoReaderOfTheAnswerWouldTake() {
        Reply reply = api.form("POST", "/services", "x".repeat(1_000_000) + "=1");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").asText()).isEqualTo("Cannot parse form body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/services/%00",
                "/services/%ff",
                "/services/%zz",
                "/services/..%2f..",
                "/services/%2e%2e/x",
                "//services",
                "/services//",
                "/services/;a=b",
                "/services?%zz",
                "/services?size=1e400",
                "/services?offset=W10",
                "/services?offset=bnVsbA",
                "/services?offset=AAAA",
                "/services?tags=%00",
                "*",
                "/schemas/%00/validate",
            })
    void survivesPaths(String path) throws IOException {
        for (String method : new String[] {"GET", "PUT", "DELETE", "PATCH", "POST", "BREW"}) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
                socket.getOutputStream()
                        .write(
                                (method
                                                + " "
                                                + path
                                                + " HTTP/1.1\r\nHost: localhost\r\nConnection:"
                                                + " close\r\nContent-Length: 0\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
                String answer =
                        new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).as(method + " " + path).matches("(?s)HTTP/1.1 [24].*");
            }
        }
    }

    @Test
    void answersAClientThatSendsTooMuchBeforeItListens() throws IOException {
        int length = 40 << 20;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(20_000);
            var out = socket.getOutputStream();
            out.write(
                    ("POST /services HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
                                    + " application/json\r\nContent-Length: "
                                    + length
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] block = new byte[1 << 20];
            for (int sent = 0; sent < length; sent += block.length) {
                out.write(block);
            }

            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 413 ").contains("Request body too large");
        }
    }

    @Test
    void survivesBodiesThatAreNearlyRight() {
        byte[] right =
                "{\"name\":\"limits\",\"config\":{\"minute\":5,\"redis\":{\"host\":\"h\",\"port\":6379}},\"tags\":[\"a\",\"b\"],\"route\":null}"
                        .getBytes(StandardCharsets.UTF_8);
        var random = new Random(20261125);
        for (int i = 0; i < 500; i++) {
            byte[] body = right.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            assertNoFault(
                    api.raw("POST", "/plugins", JSON, body),
                    new String(body, StandardCharsets.ISO_8859_1));
        }
    }
}
