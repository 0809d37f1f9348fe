package dev.torii.engine.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.torii.engine.fake.Authority;
import dev.torii.engine.fake.Authority.Issued;
import dev.torii.engine.fake.FakeUpstream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// Services behind TLS: whom the gateway believes, and how it shows itself.
class UpstreamTlsTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Authority authority = Authority.root("upstream root");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(UpstreamCall.class);
    private TestGateway gateway;
    private FakeUpstream upstream = new FakeUpstream();

    @BeforeEach
    void start() throws Exception {
        gateway = new TestGateway();
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        client.close();
        gateway.close();
        upstream.close();
    }

    private void upstreamWith(Issued certificate) {
        upstream(FakeUpstream.secure(Authority.context(certificate), false));
    }

    private void upstream(FakeUpstream secure) {
        upstream.close();
        upstream = secure;
    }

    private void service(String more) {
        service(upstream.port(), more);
    }

    private void service(int port, String more) {
        String service =
                gateway.service(
                        """
                        {"id":"the-service","name":"billing","protocol":"https","host":"localhost",
                         "retries":0,"port":%d%s}\
                        """
                                .formatted(port, more));
        gateway.route(
                "{\"id\":\"the-route\",\"paths\":[\"/\"],\"service\":{\"id\":\"%s\"}}"
                        .formatted(service));
    }

    private String trusted() {
        return ",\"ca_certificates\":[\"" + gateway.authority(authority) + "\"]";
    }

    private HttpResponse<String> get() throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(gateway.url("/x"))).build(),
                BodyHandlers.ofString());
    }

    /// The one sentence in the log, after the client was told no more than Kong tells.
    private String refused() throws Exception {
        HttpResponse<String> response = get();
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body())
                .contains("An invalid response was received from the upstream server");
        assertThat(log.list).hasSize(1);
        ILoggingEvent event = log.list.getFirst();
        assertThat(event.getThrowableProxy()).isNull();
        return event.getFormattedMessage();
    }

    @Test
    void believesAnAuthorityThatTheServiceNames() throws Exception {
        upstreamWith(authority.below("intermediate").issue("localhost"));
        service(trusted());

        assertThat(get().body()).isEqualTo("hello");
        assertThat(upstream.take().header("host")).isEqualTo("localhost:" + upstream.port());
    }

    @Test
    void refusesAnAuthorityThatNobodyNamed() throws Exception {
        upstreamWith(authority.issue("localhost"));
        service("");

        assertThat(refused()).contains("'billing'", "localhost", "authority that is not trusted");
    }

    @Test
    void refusesAnotherAuthorityThanTheNamedOne() throws Exception {
        upstreamWith(Authority.root("another root").issue("localhost"));
        service(trusted());

        assertThat(refused()).contains("'billing'", "localhost", "authority that is not trusted");
    }

    @Test
    void refusesACertificateForAnotherName() throws Exception {
        upstreamWith(authority.issue("elsewhere.test"));
        service(trusted());

        assertThat(refused()).contains("'billing'", "localhost", "is for another name");
    }

    @Test
    void refusesAnExpiredCertificate() throws Exception {
        upstreamWith(authority.issueExpired("localhost"));
        service(trusted());

        assertThat(refused()).contains("'billing'", "localhost", "has expired");
    }

    @Test
    void refusesAChainThatIsLongerThanAllowed() throws Exception {
        upstreamWith(authority.below("one").below("two").issue("localhost"));
        service(trusted() + ",\"tls_verify_depth\":1");
        assertThat(refused()).contains("'billing'", "tls_verify_depth");

        service(trusted() + ",\"tls_verify_depth\":2");
        assertThat(get().statusCode()).isEqualTo(200);
    }

    @Test
    void trustsNobodyWhenTheNamedAuthorityIsGone() throws Exception {
        upstreamWith(authority.issue("localhost"));
        service(",\"ca_certificates\":[\"d7ee4ea5-5c2f-4a4d-9c53-5e9c1e2f2a11\"]");

        assertThat(refused()).contains("authority that is not trusted");
    }

    @Test
    void takesAnyCertificateWhenToldNotToVerify() throws Exception {
        upstreamWith(Authority.root("stranger").issueExpired("elsewhere.test"));
        service(",\"tls_verify\":false");

        assertThat(get().body()).isEqualTo("hello");
    }

    @Test
    void verifiesAgainOnceToldTo() throws Exception {
        upstreamWith(Authority.root("stranger").issue("localhost"));
        service(",\"tls_verify\":false");
        assertThat(get().statusCode()).isEqualTo(200);

        service(",\"tls_verify\":true");

        // The connection that was made without a check is still open, and must not serve.
        assertThat(refused()).contains("authority that is not trusted");
    }

    @Test
    void showsItsCertificateToAnUpstreamThatWantsOne() throws Exception {
        Authority clients = Authority.root("clients");
        upstream(
                FakeUpstream.secure(
                        Authority.context(authority.issue("localhost"), clients.certificate()),
                        true));
        String own = gateway.certificate(clients.issue("gateway"));
        service(trusted() + ",\"client_certificate\":{\"id\":\"" + own + "\"}");

        assertThat(get().body()).isEqualTo("hello");
    }

    @Test
    void saysThatAnUpstreamWantsAnotherCertificate() throws Exception {
        Authority clients = Authority.root("clients");
        upstream(
                FakeUpstream.secure(
                        Authority.context(authority.issue("localhost"), clients.certificate()),
                        true));
        service(trusted());

        assertThat(refused()).contains("'billing'", "wants a client certificate");
    }

    @Test
    void saysThatAnUpstreamSpeaksNoTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            service(plain.getLocalPort(), "");
            Thread answering = Thread.ofVirtual().start(() -> answerInPlain(plain));

            assertThat(refused())
                    .contains("'billing'", "localhost", "check the service's protocol and port");
            answering.join();
        }
    }

    private static void answerInPlain(ServerSocket listener) {
        try (Socket socket = listener.accept()) {
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void keepsTheConnectionOverAChangeThatDoesNotConcernIt() throws Exception {
        upstreamWith(authority.issue("localhost"));
        // Without a length the client sees the end only once the connection is free for the next.
        upstream.always(FakeUpstream.stream("data: hello\n\n"));
        service(trusted());
        assertThat(get().statusCode()).isEqualTo(200);
        int connections = upstream.connections();

        gateway.service("{\"name\":\"other\",\"host\":\"other.test\",\"protocol\":\"https\"}");

        assertThat(get().statusCode()).isEqualTo(200);
        assertThat(upstream.connections()).isEqualTo(connections);
    }

    @Test
    void passesAPacedStreamAndAnUploadOverTls() throws Exception {
        upstreamWith(authority.issue("localhost"));
        service(trusted());
        CountDownLatch firstSeen = new CountDownLatch(1);
        upstream.enqueue((_, out) -> {
            FakeUpstream.startStream(out);
            FakeUpstream.chunk(out, "one");
            firstSeen.await();
            FakeUpstream.chunk(out, "two");
            FakeUpstream.endStream(out);
        });
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway.url("/x")))
                        .POST(BodyPublishers.ofByteArray(new byte[300_000]))
                        .build();

        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());

        assertThat(response.body().readNBytes(3)).asString().isEqualTo("one");
        firstSeen.countDown();
        assertThat(response.body().readAllBytes()).asString().isEqualTo("two");
        assertThat(upstream.take().body()).hasSize(300_000);
    }
}
