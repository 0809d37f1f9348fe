package dev.torii.engine.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.torii.engine.provider.CredentialException;
import dev.torii.model.config.Secret;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tokens of a service account, from a server that speaks as Google's does.
class AccessTokensTest {

    private static final String EMAIL = "torii@test-project.iam.gserviceaccount.com";

    private static KeyPair keys;

    private final BlockingQueue<HttpExchange> asked = new LinkedBlockingQueue<>();
    private HttpServer server;
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final AccessTokens tokens =
            new AccessTokens(
                    () -> now, name -> name.equals("GCP_SERVICE_ACCOUNT") ? account() : null);

    @BeforeAll
    static void makeKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", asked::add);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String tokenUri() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    private String account() {
        String key =
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n";
        return Json.text(
                Json.object()
                        .put("type", "service_account")
                        .put("client_email", EMAIL)
                        .put("private_key_id", "k1")
                        .put("private_key", key)
                        .put("token_uri", tokenUri()));
    }

    private Future<String> token() {
        return tokens.token(new Secret(account()));
    }

    private HttpExchange next() throws InterruptedException {
        HttpExchange exchange = asked.poll(30, TimeUnit.SECONDS);
        assertThat(exchange).as("a request for a token").isNotNull();
        return exchange;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void grant(HttpExchange exchange, String token) throws IOException {
        answer(
                exchange,
                200,
                "{\"access_token\":\""
                        + token
                        + "\",\"expires_in\":3599,\"token_type\":\"Bearer\"}");
    }

    @Test
    void exchangesASignedTextForAToken() throws Exception {
        Future<String> token = token();
        HttpExchange exchange = next();
        String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        grant(exchange, "t-1");
        assertThat(token.get()).isEqualTo("t-1");

        assertThat(exchange.getRequestMethod()).isEqualTo("POST");
        assertThat(exchange.getRequestHeaders().getFirst("content-type"))
                .isEqualTo("application/x-www-form-urlencoded");
        assertThat(URLDecoder.decode(form, UTF_8))
                .startsWith("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=");
        String[] jwt = form.substring(form.indexOf("&assertion=") + 11).split("\\.", -1);
        assertThat(decoded(jwt[0]))
                .isEqualTo(Json.parse("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k1\"}"));
        assertThat(decoded(jwt[1]))
                .isEqualTo(
                        Json.parse(
                                """
                                {"iss":"%s","scope":"https://www.googleapis.com/auth/cloud-platform","aud":"%s",
                                 "iat":1767225600,"exp":1767229200}\
                                """
                                        .formatted(EMAIL, tokenUri())));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(keys.getPublic());
        signature.update((jwt[0] + "." + jwt[1]).getBytes(UTF_8));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(jwt[2]))).isTrue();
    }

    private static JsonNode decoded(String part) throws Exception {
        return Json.parse(Base64.getUrlDecoder().decode(part));
    }

    @Test
    void asksOnceForAllWhoWait() throws Exception {
        List<Future<String>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(token());
        }
        grant(next(), "t-1");
        for (Future<String> token : waiting) {
            assertThat(token.get()).isEqualTo("t-1");
        }
        assertThat(token().get()).isEqualTo("t-1");
        assertThat(asked).isEmpty();
    }

    @Test
    void fetchesANewTokenAheadOfTheEndWhileTheOldOneServes() throws Exception {
        Future<String> first = token();
        grant(next(), "t-1");
        assertThat(first.get()).isEqualTo("t-1");

        now = now.plusSeconds(3599 - 240);
        assertThat(token().get()).isEqualTo("t-1");
        HttpExchange second = next();
        // The server has not answered, and nobody waits for it nor asks it again.
        assertThat(token().get()).isEqualTo("t-1");
        assertThat(asked).isEmpty();
        grant(second, "t-2");

        // The old one is over: whoever asks now gets the new one, be it there or on its way.
        now = now.plusSeconds(300);
        assertThat(token().get()).isEqualTo("t-2");
        assertThat(asked).isEmpty();
    }

    @Test
    void waitsWhereTheOldTokenIsOver() throws Exception {
        Future<String> first = token();
        grant(next(), "t-1");
        assertThat(first.get()).isEqualTo("t-1");
        now = now.plusSeconds(3595);
        Future<String> second = token();
        grant(next(), "t-2");
        assertThat(second.get()).isEqualTo("t-2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"} | answered 400, invalid_grant: Invalid JWT Signature.",
                "503 | busy                   | answered 503",
                "200 | {\"id_token\":\"x\"}   | answered without an access_token",
                "200 | <html>                 | answered without an access_token"
            })
    void saysWhyThereIsNoToken(int status, String body, String why) throws Exception {
        Future<String> failed = token();
        answer(next(), status, body);
        assertThatThrownBy(failed::get)
                .cause()
                .isInstanceOf(CredentialException.class)
                .hasMessage("no access token for " + EMAIL + " from " + tokenUri() + ": " + why);

        Future<String> again = token();
        grant(next(), "t-1");
        assertThat(again.get()).isEqualTo("t-1");
    }

    @Test
    void takesTheAccountOfTheEnvironmentWhereNoneIsConfigured() throws Exception {
        CompletableFuture<String> token = tokens.token(null);
        grant(next(), "t-1");
        assertThat(token.get()).isEqualTo("t-1");
        assertThatThrownBy(new AccessTokens(() -> now, _ -> null).token(null)::get)
                .cause()
                .isInstanceOf(CredentialException.class)
                .hasMessageContaining("GCP_SERVICE_ACCOUNT");
    }

    @ParameterizedTest
    @CsvSource({
        "client_email, , has no client_email; is it the key file of a service account?",
        "private_key, , has no private_key; is it the key file of a service account?",
        "private_key, c2VjcmV0, 'private_key is no RSA key in PKCS #8, as Google writes it'",
        "token_uri, 'http://a b', token_uri is not a URL",
        "token_uri, oauth2.example/token, token_uri is not a URL",
        "token_uri, 'mailto:a@b.example', token_uri is not a URL"
    })
    void refusesWhatIsNoKeyFileWithoutQuotingIt(String field, String value, String why)
            throws Exception {
        ObjectNode file = (ObjectNode) Json.parse(account());
        file.put(field, value);
        assertThatThrownBy(tokens.token(new Secret(Json.text(file)))::get)
                .cause()
                .isInstanceOf(CredentialException.class)
                .hasMessage("auth.gcp_service_account_json: " + why);
        assertThatThrownBy(tokens.token(new Secret("s3cret"))::get)
                .cause()
                .hasMessage("auth.gcp_service_account_json: expected the JSON of a key file");
    }
}
