package dev.torii.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.fake.Authority;
import dev.torii.engine.fake.Authority.Issued;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.settings.Settings;
import dev.torii.engine.tls.LocalCertificate;
import dev.torii.model.json.Json;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole engine with its TLS port, configured through the Admin API.
final class TlsIT {

    @TempDir private Path folder;

    private final HttpClient plain = HttpClient.newHttpClient();
    private final Authority authority = Authority.root("test root");
    private FakeUpstream upstream = new FakeUpstream();
    private Gateway gateway;

    @BeforeEach
    void start() {
        gateway = Gateway.start(new Settings(folder, "127.0.0.1", 0, 0, 0, 0));
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
        plain.close();
    }

    private URI secure(String host, String path) {
        int port = Objects.requireNonNull(gateway.proxyTlsUri()).getPort();
        return URI.create("https://" + host + ":" + port + path);
    }

    private JsonNode admin(String method, String path, Map<String, Object> body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(gateway.adminUri().resolve(path))
                        .header("content-type", "application/json")
                        .method(method, BodyPublishers.ofString(Json.text(body)))
                        .build();
        HttpResponse<byte[]> response = plain.send(request, BodyHandlers.ofByteArray());
        JsonNode answer = Json.parse(response.body());
        assertThat(response.statusCode()).as(answer.toString()).isBetween(200, 201);
        return answer;
    }

    private String get(SSLContext context, URI uri) throws Exception {
        try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
        }
    }

    private SSLContext trustingLocal() throws Exception {
        try (InputStream in = Files.newInputStream(LocalCertificate.fileIn(folder))) {
            return Authority.context(
                    null,
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
    }

    @Test
    void servesUnderItsOwnCertificateUntilThereIsOneForTheName() throws Exception {
        admin("POST", "/services", Map.of("name", "s", "url", upstream.url()));
        admin("POST", "/services/s/routes", Map.of("name", "r", "paths", new String[] {"/"}));
        assertThat(get(trustingLocal(), secure("localhost", "/x"))).isEqualTo("hello");
        assertThat(get(trustingLocal(), secure("127.0.0.1", "/x"))).isEqualTo("hello");

        Issued issued = authority.issue("localhost");
        String id =
                admin(
                                "POST",
                                "/certificates",
                                Map.of("cert", issued.certificatePem(), "key", issued.keyPem()))
                        .path("id")
                        .textValue();
        admin("POST", "/snis", Map.of("name", "localhost", "certificate", Map.of("id", id)));

        SSLContext trusting = Authority.context(null, authority.certificate());
        assertThat(get(trusting, secure("localhost", "/x"))).isEqualTo("hello");
        assertThatThrownBy(() -> get(trustingLocal(), secure("localhost", "/x")))
                .hasMessageContaining("certification path");
    }

    @Test
    void reachesAnUpstreamWhoseAuthorityItWasGiven() throws Exception {
        upstream.close();
        upstream = FakeUpstream.secure(Authority.context(authority.issue("localhost")), false);
        admin(
                "POST",
                "/services",
                Map.of("name", "s", "url", "https://localhost:" + upstream.port()));
        admin("POST", "/services/s/routes", Map.of("name", "r", "paths", new String[] {"/"}));
        URI uri = gateway.proxyUri().resolve("/x");
        assertThat(get(trustingLocal(), uri)).contains("An invalid response was received");

        String ca =
                admin("POST", "/ca_certificates", Map.of("cert", authority.pem()))
                        .path("id")
                        .textValue();
        admin("PATCH", "/services/s", Map.of("ca_certificates", new String[] {ca}));

        assertThat(get(trustingLocal(), uri)).isEqualTo("hello");
    }

    @Test
    void saysWhereItListens() throws Exception {
        int port = secure("localhost", "").getPort();
        JsonNode root = Json.parse(get(trustingLocal(), gateway.adminUri()));
        JsonNode listeners = root.path("configuration").path("proxy_listeners");
        assertThat(listeners).hasSize(2);
        assertThat(listeners.path(0).path("ssl").booleanValue()).isFalse();
        assertThat(listeners.path(1).path("ssl").booleanValue()).isTrue();
        assertThat(listeners.path(1).path("port").intValue()).isEqualTo(port);
        assertThat(root.path("configuration").path("proxy_listen").path(1).textValue())
                .isEqualTo("127.0.0.1:" + port + " ssl");
        JsonNode torii = Json.parse(get(trustingLocal(), gateway.adminUri().resolve("/torii")));
        assertThat(torii.path("ports").path("proxy_tls").intValue()).isEqualTo(port);
        assertThat(gateway.running().proxyTls()).isEqualTo(gateway.proxyTlsUri());
    }

    @Test
    void namesTheTlsPortThatIsTaken(@TempDir Path other) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Settings settings = new Settings(other, "127.0.0.1", 0, taken.getLocalPort(), 0, 0);

            assertThatThrownBy(() -> Gateway.start(settings))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining(
                            "the proxy's TLS port %d on 127.0.0.1 is taken"
                                    .formatted(taken.getLocalPort()))
                    .hasMessageContaining("--proxy-tls-port");
        }
    }
}
