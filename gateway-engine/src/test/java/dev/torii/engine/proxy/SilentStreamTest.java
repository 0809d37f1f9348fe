package dev.torii.engine.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.fake.FakeUpstream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A stream whose upstream is silent for longer than clients, and what is between, put up with. The
/// upstream here says nothing until the client has been shown a sign of life, so that the tests end
/// only when there are some.
class SilentStreamTest {

    private static final String COMMENT = ": torii\n\n";
    private static final String TEXT =
            "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"やあ\"}}]}\n\n";
    private static final String END =
            """
            data: {"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: [DONE]

            """;
    private static final String START =
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"m","model":"c","content":[],"usage":{}}}

            """;
    private static final String STOP =
            """
            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":1}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    private final FakeUpstream upstream = new FakeUpstream();
    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch shown = new CountDownLatch(1);
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new TestGateway(false, Duration.ofMillis(20));
        gateway.route("{\"name\":\"chat-route\",\"paths\":[\"/chat\"]}");
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
        upstream.close();
    }

    private InputStream ask(String provider, String first, String last) throws Exception {
        gateway.plugin(
                """
                {"name":"ai-proxy","config":{"route_type":"llm/v1/chat",
                 "model":{"provider":"%s","name":"m","options":{"anthropic_version":"2023-06-01",
                          "upstream_url":"%s"}}}}\
                """
                        .formatted(provider, upstream.url()));
        upstream.enqueue((_, out) -> {
            FakeUpstream.startStream(out);
            if (!first.isEmpty()) {
                FakeUpstream.chunk(out, first);
            }
            shown.await();
            FakeUpstream.chunk(out, last);
            FakeUpstream.endStream(out);
        });
        HttpResponse<InputStream> response =
                client.send(
                        HttpRequest.newBuilder(URI.create(gateway.url("/chat")))
                                .header("content-type", "application/json")
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":true}"))
                                .build(),
                        BodyHandlers.ofInputStream());
        return response.body();
    }

    private static String read(InputStream body, String expected) throws Exception {
        return new String(body.readNBytes(expected.getBytes(UTF_8).length), UTF_8);
    }

    private String rest(InputStream body) throws Exception {
        shown.countDown();
        return new String(body.readAllBytes(), UTF_8).replace(COMMENT, "");
    }

    @Test
    void showsALifeSignBeforeTheFirstEventAndBetweenTwo() throws Exception {
        InputStream body = ask("openai", TEXT, END);

        assertThat(read(body, TEXT)).isEqualTo(TEXT);
        assertThat(read(body, COMMENT + COMMENT)).isEqualTo(COMMENT + COMMENT);
        assertThat(rest(body)).isEqualTo(END);
    }

    @Test
    void showsItToWhoHasSeenNothingYet() throws Exception {
        InputStream body = ask("openai", "", TEXT + END);

        assertThat(read(body, COMMENT)).isEqualTo(COMMENT);
        assertThat(rest(body)).isEqualTo(TEXT + END);
    }

    @Test
    void keepsItOutOfAnEventThatIsCut() throws Exception {
        InputStream body = ask("openai", TEXT + END.substring(0, 20), END.substring(20));

        assertThat(read(body, TEXT + COMMENT)).isEqualTo(TEXT + COMMENT);
        assertThat(rest(body)).isEqualTo(END);
    }

    @Test
    void showsItInATranslatedStream() throws Exception {
        InputStream body = ask("anthropic", START, STOP);

        String all = "";
        while (!all.contains(COMMENT)) {
            all += read(body, ":");
        }
        assertThat(all).startsWith("data: {\"id\":").endsWith("\n\n" + COMMENT);
        assertThat(rest(body)).endsWith("data: [DONE]\n\n");
    }
}
