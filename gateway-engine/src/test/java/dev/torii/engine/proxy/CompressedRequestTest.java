package dev.torii.engine.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.FakeUpstream.Received;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requests whose bodies clients compress.
class CompressedRequestTest extends RoadBench {

    private static final String CHAT = "{\"messages\":[{\"role\":\"user\",\"content\":\"こんにちは\"}]}";

    private String service;

    @BeforeEach
    void serve() {
        service =
                gateway.service(
                        "{\"name\":\"s\",\"host\":\"127.0.0.1\",\"port\":" + upstream.port() + "}");
        gateway.route(
                "{\"name\":\"r\",\"paths\":[\"/chat\"],\"service\":{\"id\":\"" + service + "\"}}");
    }

    private void model(String format) throws Exception {
        gateway.plugin(
                """
                {"name":"ai-proxy","config":{"route_type":"llm/v1/chat","llm_format":"%s","max_request_body_size":4096,
                 "model":{"provider":"openai","name":"gpt-5-mini","options":{"upstream_url":"%s"}}}}\
                """
                        .formatted(format, upstream.url()));
    }

    private HttpResponse<String> send(String coding, byte[] body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway.url("/chat")))
                        .header("content-type", "application/json")
                        .header("content-encoding", coding)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static byte[] compressed(String coding, byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packing =
                switch (coding) {
                    case "gzip" -> new GZIPOutputStream(out);
                    case "deflate" -> new DeflaterOutputStream(out);
                    default -> out;
                }) {
            packing.write(bytes);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"gzip,gzip", "x-gzip,gzip", "GZIP,gzip", "deflate,deflate", "identity,identity"})
    void readsWhatIsCompressed(String header, String coding) throws Exception {
        model("openai");
        upstream.always(FakeUpstream.json(200, "{\"choices\":[]}"));

        HttpResponse<String> response = send(header, compressed(coding, CHAT.getBytes(UTF_8)));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        Received sent = upstream.take();
        assertThat(sent.text()).contains("こんにちは", "gpt-5-mini");
        assertThat(sent.headers()).doesNotContainKey("content-encoding");
    }

    @Test
    void readsWhatIsCompressedTwice() throws Exception {
        model("openai");
        byte[] once = compressed("deflate", CHAT.getBytes(UTF_8));

        send("deflate, gzip", compressed("gzip", once));

        assertThat(upstream.take().text()).contains("こんにちは");
    }

    @Test
    void refusesWhatItCannotRead() throws Exception {
        model("openai");

        HttpResponse<String> response = send("zstd", new byte[] {0x28, (byte) 0xb5, 0x2f});

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.headers().firstValue("accept-encoding")).contains("gzip, deflate");
        assertThat(response.body())
                .isEqualTo(
                        "{\"error\":{\"message\":\"Content-Encoding: zstd (expected: gzip, deflate, or none)\"}}");
    }

    @Test
    void refusesInTheClientsDialect() throws Exception {
        model("anthropic");

        assertThat(send("br", new byte[] {1}).body())
                .contains("\"type\":\"error\"", "Content-Encoding: br (expected: gzip");
    }

    @Test
    void refusesWhatIsNotWhatItSays() throws Exception {
        model("openai");

        HttpResponse<String> response = send("gzip", CHAT.getBytes(UTF_8));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("not what Content-Encoding says");
    }

    @Test
    void refusesWhatGrowsOverTheLimit() throws Exception {
        model("openai");

        byte[] small = compressed("gzip", new byte[100_000]);

        assertThat(small.length).isLessThan(4096);
        assertThat(send("gzip", small).statusCode()).isEqualTo(413);
    }

    @Test
    void leavesToAServiceWhatIsItsOwn() throws Exception {
        gateway.plugin(
                "{\"name\":\"key-auth\",\"config\":{\"key_in_body\":true,\"anonymous\":\"%s\"}}"
                        .formatted(gateway.consumer("{\"username\":\"anybody\"}")));
        byte[] body = compressed("gzip", CHAT.getBytes(UTF_8));

        send("gzip", body);

        Received sent = upstream.take();
        assertThat(sent.body()).isEqualTo(body);
        assertThat(sent.header("content-encoding")).isEqualTo("gzip");
    }
}
