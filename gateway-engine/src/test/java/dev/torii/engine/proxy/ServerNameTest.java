package dev.torii.engine.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.TlsSession;
import dev.torii.engine.fake.Authority;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.plugin.LogSerializer;
import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the server name that a client asks for decides: the certificate and the route.
class ServerNameTest {

    private final Authority authority = Authority.root("test root");
    private final FakeUpstream upstream = new FakeUpstream();
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new TestGateway(true);
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    private SSLSocket connect(SSLContext context, String serverName, String... protocols)
            throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), gateway.port());
        socket.setSoTimeout(10_000);
        SSLParameters parameters = socket.getSSLParameters();
        if (!serverName.isEmpty()) {
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
        }
        if (protocols.length > 0) {
            parameters.setProtocols(protocols);
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /// The certificate's own name.
    private String shown(SSLContext context, String serverName, String... protocols)
            throws Exception {
        try (SSLSocket socket = connect(context, serverName, protocols)) {
            var leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return leaf.getSubjectX500Principal().getName();
        }
    }

    private SSLContext trusting() {
        return Authority.context(null, authority.certificate());
    }

    private String get(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com,     CN=exact",
        "API.Example.com,     CN=exact",
        "other.example.com,   CN=prefix",
        "example.org,         CN=suffix",
        "a.other.example.com, CN=any",
        "nobody.test,         CN=any",
        "'',                  CN=any"
    })
    void showsTheCertificateOfTheName(String serverName, String expected) throws Exception {
        gateway.certificate(authority.issue("exact"), "api.example.com");
        gateway.certificate(authority.issue("prefix"), "*.example.com");
        gateway.certificate(authority.issue("suffix"), "example.*");
        gateway.certificate(authority.issue("any"), "*");

        assertThat(shown(trusting(), serverName)).isEqualTo(expected);
    }

    @Test
    void showsItsOwnCertificateWhereNoOtherIsForTheName() throws Exception {
        gateway.certificate(authority.issue("exact"), "api.example.com");

        assertThat(shown(gateway.trusting(), "elsewhere.test"))
                .contains("CN=localhost", "O=Torii on this machine");
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2", "TLSv1.3"})
    void aNewCertificateCountsForTheNextHandshakeOfTheSameClient(String protocol) throws Exception {
        String first = gateway.certificate(authority.issue("first"), "api.example.com");
        SSLContext client = trusting();
        assertThat(shown(client, "api.example.com", protocol)).isEqualTo("CN=first");
        try (SSLSocket before = connect(client, "api.example.com", protocol)) {
            gateway.sni("api.example.com", gateway.certificate(authority.issue("second")));

            assertThat(shown(client, "api.example.com", protocol)).isEqualTo("CN=second");
            assertThat(get(before)).startsWith("HTTP/1.1 404");
        }
        assertThat(first).isNotEmpty();
    }

    @Test
    void takesTheCertificateThatTheClientHasTheMeansFor() throws Exception {
        gateway.certificate(
                authority.issueWithKey("RSA", "with-rsa"),
                authority.issue("with-ec"),
                "api.example.com");
        SSLContext client = trusting();
        try (SSLSocket socket =
                (SSLSocket)
                        client.getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), gateway.port())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName("api.example.com")));
            parameters.setProtocols(new String[] {"TLSv1.2"});
            parameters.setCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();

            assertThat(socket.getSession().getPeerPrincipal()).hasToString("CN=with-rsa");
        }
        assertThat(shown(client, "api.example.com")).isIn("CN=with-rsa", "CN=with-ec");
    }

    @Test
    void aRouteWithSnisTakesOnlyThese() throws Exception {
        String service =
                gateway.service(
                        "{\"name\":\"s\",\"host\":\"127.0.0.1\",\"port\":%d}"
                                .formatted(upstream.port()));
        gateway.route(
                """
                {"name":"named","protocols":["https"],"snis":["api.example.com","*.example.org"],
                 "service":{"id":"%s"}}\
                """
                        .formatted(service));
        gateway.certificate(authority.issue("any"), "*");

        // Each with a context of its own: the JDK's client resumes with the name of its last time.
        for (String taken : List.of("api.example.com", "a.example.org", "b.example.org")) {
            assertThat(get(connect(trusting(), taken))).startsWith("HTTP/1.1 200");
        }
        for (String refused : List.of("other.example.com", "example.org", "")) {
            assertThat(get(connect(trusting(), refused))).as(refused).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void tellsUpstreamAndLogThatTheClientCameOverTls() throws Exception {
        String service =
                gateway.service(
                        "{\"name\":\"s\",\"host\":\"127.0.0.1\",\"port\":%d}"
                                .formatted(upstream.port()));
        gateway.route("{\"paths\":[\"/\"],\"service\":{\"id\":\"%s\"}}".formatted(service));

        assertThat(get(connect(gateway.trusting(), "localhost", "TLSv1.3")))
                .startsWith("HTTP/1.1 200");

        FakeUpstream.Received received = upstream.take();
        assertThat(received.header("x-forwarded-proto")).isEqualTo("https");
        assertThat(received.header("x-forwarded-port")).isEqualTo(Integer.toString(gateway.port()));
        Exchange exchange = gateway.takeEnded();
        TlsSession tls = Objects.requireNonNull(exchange.request().tls());
        assertThat(tls.version()).isEqualTo("TLSv1.3");
        assertThat(tls.serverName()).isEqualTo("localhost");
        var logged = LogSerializer.serialize(exchange).path("request");
        assertThat(logged.path("url").textValue()).startsWith("https://x:");
        assertThat(logged.path("tls").path("version").textValue()).isEqualTo("TLSv1.3");
        assertThat(logged.path("tls").path("cipher").textValue()).startsWith("TLS_");
        assertThat(logged.path("tls").path("client_verify").textValue()).isEqualTo("NONE");
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, true", "TLSv1.3, true", "TLSv1.1, false"})
    void speaksTls12And13(String protocol, boolean spoken) {
        assertThat(spoken)
                .isEqualTo(
                        org.assertj.core.api.Assertions.catchThrowable(() ->
                                connect(gateway.trusting(), "localhost", protocol).close())
                                == null);
    }
}
