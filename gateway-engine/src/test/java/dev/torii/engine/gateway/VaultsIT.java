package dev.torii.engine.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.fake.Authority;
import dev.torii.engine.fake.Authority.Issued;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.settings.Settings;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/// References to vaults, end to end: the whole engine, its Admin API, and an upstream that notes
/// which key it got.
class VaultsIT {

    private static final String KEY = "Bearer sk-very-secret-0123456789";
    private static final String OTHER_KEY = "Bearer sk-rotated-9876543210";
    private static final String REFERENCE = "{vault://torii/openai}";

    private static final String ANSWER =
            """
            {"id":"c","object":"chat.completion","created":1,"model":"gpt-4o-mini",\
            "choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],\
            "usage":{"prompt_tokens":2,"completion_tokens":3,"total_tokens":5}}\
            """;

    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "OPENAI_KEY", "Bearer from-env",
                    "OPENAI_KEY_PREVIOUS", "Bearer the-one-before",
                    "KEYS", "{\"openai\":\"Bearer from-json\",\"count\":1}",
                    "KONG_OPENAI_KEY", "Bearer with-prefix",
                    "BROKEN", "Bearer first\nSecond: line");

    @TempDir private Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final FakeUpstream upstream = new FakeUpstream();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Logger torii = (Logger) LoggerFactory.getLogger("dev.torii");
    private Gateway gateway;
    private String plugin = "";

    @BeforeEach
    void start() throws Exception {
        log.start();
        root.addAppender(log);
        torii.setLevel(Level.TRACE);
        gateway = open();
        upstream.always(FakeUpstream.json(200, ANSWER));
        admin("POST", "/services", "{\"name\":\"chat\",\"url\":\"" + upstream.url() + "\"}");
        admin("POST", "/services/chat/routes", "{\"name\":\"chat\",\"paths\":[\"/chat\"]}");
    }

    private Gateway open() {
        return Gateway.start(
                Settings.onFreePorts(folder), new Machine(ENVIRONMENT, Optional.empty()));
    }

    @AfterEach
    void stop() {
        torii.setLevel(null);
        root.detachAppender(log);
        http.close();
        gateway.close();
        upstream.close();
    }

    private record Reply(int status, JsonNode body) {}

    private Reply admin(String method, String path, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(gateway.adminUri().resolve(path))
                        .header("content-type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body))
                        .build();
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        return new Reply(
                response.statusCode(),
                response.body().length == 0 ? Json.object() : Json.parse(response.body()));
    }

    private Reply secret(String name, String value) throws Exception {
        return admin("PUT", "/torii/secrets/" + name, Json.text(Map.of("value", value)));
    }

    private void aiProxy(String reference) throws Exception {
        Reply made =
                admin(
                        "POST",
                        "/services/chat/plugins",
                        """
                        {"name":"ai-proxy","config":{"route_type":"llm/v1/chat",
                          "auth":{"header_name":"Authorization","header_value":"%s"},
                          "model":{"provider":"openai","name":"gpt-4o-mini","options":{"upstream_url":"%s"}},
                          "logging":{"log_statistics":true,"log_payloads":true}}}\
                        """
                                .formatted(reference, upstream.url() + "/v1/chat/completions"));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        plugin = made.body().path("id").textValue();
    }

    private HttpRequest chat() {
        return HttpRequest.newBuilder(gateway.proxyUri().resolve("/chat"))
                .header("content-type", "application/json")
                .POST(
                        BodyPublishers.ofString(
                                "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"))
                .build();
    }

    private HttpResponse<String> ask() throws Exception {
        return http.send(chat(), BodyHandlers.ofString());
    }

    private String keySeenUpstream() throws Exception {
        assertThat(ask().statusCode()).isEqualTo(200);
        return upstream.take().header("authorization");
    }

    private String logged() {
        StringBuilder text = new StringBuilder();
        for (ILoggingEvent event : List.copyOf(log.list)) {
            text.append(event.getFormattedMessage())
                    .append(' ')
                    .append(event.getKeyValuePairs())
                    .append('\n');
        }
        return text.toString();
    }

    @Test
    void theUpstreamSeesTheSecretAndNobodyElseDoes() throws Exception {
        HttpResponse<InputStream> events =
                http.send(
                        HttpRequest.newBuilder(gateway.adminUri().resolve("/torii/events")).build(),
                        BodyHandlers.ofInputStream());
        CompletableFuture<String> told = reading(events.body());
        assertThat(secret("openai", KEY).status()).isEqualTo(201);
        aiProxy(REFERENCE);

        assertThat(keySeenUpstream()).isEqualTo(KEY);

        JsonNode stored = admin("GET", "/plugins/" + plugin, "").body();
        assertThat(stored.path("config").path("auth").path("header_value").textValue())
                .isEqualTo(REFERENCE);
        String answers =
                stored.toString()
                        + admin("GET", "/torii/secrets", "").body()
                        + admin("GET", "/torii/secrets/openai", "").body()
                        + admin("GET", "/torii/requests", "").body()
                        + admin("GET", "/torii", "").body();
        gateway.close();
        assertThat(answers + told.get() + logged()).contains("openai").doesNotContain("sk-very");
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, ISO_8859_1)).doesNotContain("sk-very");
            }
        }
    }

    private static CompletableFuture<String> reading(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    var text = new StringBuilder();
                    try (stream) {
                        for (int c = stream.read(); c >= 0; c = stream.read()) {
                            text.append((char) c);
                        }
                    } catch (IOException e) {
                        // The engine was stopped.
                    }
                    return text.toString();
                },
                command -> Thread.ofVirtual().start(command));
    }

    @Test
    void aMissingSecretIsSaidAndCountsAsSoonAsItIsSet() throws Exception {
        aiProxy(REFERENCE);

        HttpResponse<String> refused = ask();
        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(Json.parse(refused.body()).at("/error/message").textValue())
                .isEqualTo(
                        "openai/gpt-4o-mini cannot be asked: config.auth.header_value is"
                                + " {vault://torii/openai}, and Torii's vault has no secret of that"
                                + " name; add it with: torii secret set openai");
        assertThat(ask().statusCode()).isEqualTo(500);
        assertThat(upstream.waiting()).isZero();
        assertThat(logged()).containsOnlyOnce("reference=\"{vault://torii/openai}\"");
        assertThat(admin("GET", "/torii", "").body().path("unresolved_references"))
                .isEqualTo(
                        Json.parse(
                                """
                                [{"kind":"plugins","id":"%s","name":"ai-proxy",
                                  "field":"config.auth.header_value","reference":"{vault://torii/openai}",
                                  "reason":"Torii's vault has no secret of that name; add it with: torii secret set openai"}]
                                """
                                        .formatted(plugin)));

        secret("openai", KEY);

        assertThat(keySeenUpstream()).isEqualTo(KEY);
        assertThat(admin("GET", "/torii", "").body().path("unresolved_references")).isEmpty();
    }

    @Test
    void aNewValueCountsAtOnceAndAStreamUnderWayEndsWell() throws Exception {
        secret("openai", KEY);
        aiProxy(REFERENCE);
        var rotated = new CountDownLatch(1);
        upstream.enqueue((_, out) -> {
            FakeUpstream.startStream(out);
            FakeUpstream.chunk(out, "data: {\"choices\":[{\"delta\":{\"content\":\"one\"}}]}\n\n");
            rotated.await();
            FakeUpstream.chunk(out, "data: {\"choices\":[{\"delta\":{\"content\":\"two\"}}]}\n\n");
            FakeUpstream.chunk(out, "data: [DONE]\n\n");
            FakeUpstream.endStream(out);
        });
        var streamed = new AtomicReference<String>();
        Thread client =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                streamed.set(ask().body());
                            } catch (Exception e) {
                                streamed.set(e.toString());
                            }
                        });
        assertThat(upstream.take().header("authorization")).isEqualTo(KEY);

        Reply changed = secret("openai", OTHER_KEY);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(keySeenUpstream()).isEqualTo(OTHER_KEY);
        rotated.countDown();
        client.join();

        assertThat(streamed.get()).contains("one", "two", "[DONE]");
    }

    @Test
    void survivesARestart() throws Exception {
        secret("openai", KEY);
        aiProxy(REFERENCE);
        gateway.close();

        gateway = open();

        assertThat(keySeenUpstream()).isEqualTo(KEY);
    }

    @Test
    void aDamagedVaultDoesNotStopTheGateway() throws Exception {
        secret("openai", KEY);
        aiProxy(REFERENCE);
        gateway.close();
        Files.writeString(folder.resolve("secrets.json"), "damaged");

        gateway = open();

        assertThat(ask().statusCode()).isEqualTo(500);
        Reply list = admin("GET", "/torii/secrets", "");
        assertThat(list.status()).isEqualTo(503);
        assertThat(list.body().path("message").textValue()).contains("is damaged");
        assertThat(secret("openai", KEY).status()).isEqualTo(503);
        assertThat(folder.resolve("secrets.json")).hasContent("damaged");
    }

    @ParameterizedTest
    @CsvSource({
        "{vault://env/openai-key}, Bearer from-env",
        "{vault://env/OPENAI_KEY#2}, Bearer the-one-before",
        "{vault://env/keys/openai}, Bearer from-json",
        "{vault://env/openai-key?prefix=kong_}, Bearer with-prefix",
    })
    void readsTheEnvironmentAsKongDoes(String reference, String key) throws Exception {
        aiProxy(reference);

        assertThat(keySeenUpstream()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{vault://env/nothing} | the environment variable NOTHING is not set",
                "{vault://env/keys/other} | the secret has no text under the key 'other'",
                "{vault://env/keys/count} | the secret has no text under the key 'count'",
                "{vault://env/openai-key/x} | the secret is no JSON",
                "{vault://nowhere/x} | no vault is called 'nowhere'",
                "{vault://env/} | it names no secret",
            })
    void saysWhyAReferenceStandsForNothing(String reference, String reason) throws Exception {
        aiProxy(reference);

        assertThat(ask().statusCode()).isEqualTo(500);
        JsonNode unresolved =
                admin("GET", "/torii", "").body().path("unresolved_references").path(0);
        assertThat(unresolved.path("reference").textValue()).isEqualTo(reference);
        assertThat(unresolved.path("reason").textValue()).startsWith(reason);
        assertThat(logged()).doesNotContain("Bearer from");
    }

    @Test
    void aValueThatNoHeaderCanCarryIsRefusedWithoutBeingShown() throws Exception {
        aiProxy("{vault://env/broken}");

        assertThat(ask().statusCode()).isEqualTo(500);
        assertThat(logged())
                .contains(
                        "the value that a vault gives for config.auth.header_value is not allowed there")
                .doesNotContain("Bearer first");
    }

    @Test
    void aSecretInUseIsNotDeletedUnasked() throws Exception {
        secret("openai", KEY);
        secret("unused", "x");
        aiProxy(REFERENCE);

        Reply refused = admin("DELETE", "/torii/secrets/openai", "");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("code").intValue()).isEqualTo(19);
        assertThat(refused.body().path("message").textValue())
                .startsWith("the secret 'openai' is still referred to by plugins ai-proxy (id = ")
                .endsWith("delete it all the same with ?force=1");
        assertThat(refused.body().path("used_by").path(0).path("id").textValue()).isEqualTo(plugin);

        assertThat(admin("DELETE", "/torii/secrets/unused", "").status()).isEqualTo(204);
        assertThat(admin("DELETE", "/torii/secrets/openai?force=1", "").status()).isEqualTo(204);
        assertThat(admin("GET", "/torii/secrets", "").body().path("data")).isEmpty();
        assertThat(ask().statusCode()).isEqualTo(500);
    }

    @Test
    void listsSecretsWithWhatRefersToThem() throws Exception {
        secret("openai", "{\"key\":\"Bearer inside\"}");
        aiProxy("{vault://torii/openai/key}");
        assertThat(keySeenUpstream()).isEqualTo("Bearer inside");

        JsonNode list = admin("GET", "/torii/secrets", "").body();

        assertThat(list.path("kept_in").textValue()).isEqualTo("key file");
        JsonNode secret = list.path("data").path(0);
        assertThat(secret.path("name").textValue()).isEqualTo("openai");
        assertThat(secret.path("created_at").longValue()).isPositive();
        assertThat(secret.path("used_by"))
                .isEqualTo(
                        Json.parse(
                                """
                                [{"kind":"plugins","id":"%s","name":"ai-proxy","field":"config.auth.header_value"}]
                                """
                                        .formatted(plugin)));
        assertThat(admin("GET", "/torii/secrets/openai", "").body()).isEqualTo(secret);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT | /torii/secrets/.hidden | {\"value\":\"x\"} | 400 | name: '.hidden'",
                "PUT | /torii/secrets/a%20b | {\"value\":\"x\"} | 400 | name: 'a b'",
                "PUT | /torii/secrets/a | {} | 400 | schema violation (value: required field missing)",
                "PUT | /torii/secrets/a | {\"value\":\"\"} | 400 | schema violation (value: length must be at least 1)",
                "PUT | /torii/secrets/a | {\"value\":1} | 400 | schema violation (value: expected a string)",
                "PUT | /torii/secrets/a | {\"value\":\"x\",\"more\":1} | 400 | schema violation (more: unknown field)",
                "PUT | /torii/secrets/a | {\"value\": | 400 | Cannot parse JSON body",
                "POST | /torii/secrets | {\"value\":\"x\"} | 405 | Method not allowed",
                "GET | /torii/secrets/none | '' | 404 | no secret is called 'none'",
                "DELETE | /torii/secrets/none | '' | 404 | no secret is called 'none'",
                "GET | /torii/secrets/a/b | '' | 404 | Not found",
            })
    void refusesWhatIsNoSecret(String method, String path, String body, int status, String message)
            throws Exception {
        Reply reply = admin(method, path, body);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body().path("message").textValue()).startsWith(message);
        assertThat(admin("GET", "/torii/secrets", "").body().path("data")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'prefix':'llm','name':'env','config':{'prefix':'kong_'}} | Bearer with-prefix",
                "{'prefix':'llm','name':'env'} | Bearer from-env",
                "{'prefix':'llm','name':'torii'} | Bearer sealed",
            })
    void aConfiguredVaultIsNamedByItsPrefix(String vault, String key) throws Exception {
        secret("openai-key", "Bearer sealed");
        aiProxy("{vault://llm/openai-key}");
        assertThat(ask().statusCode()).isEqualTo(500);

        Reply made = admin("POST", "/vaults", vault.replace('\'', '"'));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);

        assertThat(keySeenUpstream()).isEqualTo(key);
        admin("DELETE", "/vaults/llm", "");
        assertThat(ask().statusCode()).isEqualTo(500);
    }

    @Test
    void aSecretThatIsReachedThroughAConfiguredVaultIsInUse() throws Exception {
        secret("openai", KEY);
        admin("POST", "/vaults", "{\"prefix\":\"llm\",\"name\":\"torii\"}");
        aiProxy("{vault://llm/openai}");

        assertThat(admin("DELETE", "/torii/secrets/openai", "").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'prefix':'llm','name':'aws'} | schema violation (name: vault 'aws' is not installed)",
                "{'prefix':'llm'} | schema violation (name: required field missing)",
                "{'prefix':'llm','name':'env','config':{'prefix':'1'}} | schema violation (config.prefix: invalid value: 1)",
                "{'prefix':'llm','name':'env','config':{'ttl':1}} | schema violation (config.ttl: unknown field)",
                "{'prefix':'llm','name':'torii','config':{'prefix':'a'}} | schema violation (config.prefix: unknown field)",
            })
    void refusesAVaultThatCannotBe(String vault, String message) throws Exception {
        for (String path : List.of("/vaults", "/schemas/vaults/validate")) {
            Reply refused = admin("POST", path, vault.replace('\'', '"'));

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body().path("message").textValue()).isEqualTo(message);
        }
    }

    @Test
    void servesTheSchemasOfTheTypes() throws Exception {
        JsonNode env = admin("GET", "/schemas/vaults/env", "").body();
        assertThat(env.at("/fields/0/config/fields/0/prefix/type").textValue()).isEqualTo("string");
        assertThat(admin("GET", "/schemas/vaults/torii", "").status()).isEqualTo(200);
        Reply missing = admin("GET", "/schemas/vaults/aws", "");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body().path("message").textValue()).isEqualTo("No vault named 'aws'");
    }

    @Test
    void aCertificatesKeyInTheVaultCountsAsSoonAsItIsThere() throws Exception {
        gateway.close();
        gateway =
                Gateway.start(
                        new Settings(folder, "127.0.0.1", 0, 0, 0, 0),
                        new Machine(ENVIRONMENT, Optional.empty()));
        Authority authority = Authority.root("vault root");
        Issued issued = authority.issue("localhost");
        Reply certificate =
                admin(
                        "POST",
                        "/certificates",
                        Json.text(
                                Map.of(
                                        "cert",
                                        issued.certificatePem(),
                                        "key",
                                        "{vault://torii/tls-key}")));
        assertThat(certificate.status()).as(certificate.body().toString()).isEqualTo(201);
        Map<String, String> owner = Map.of("id", certificate.body().path("id").textValue());
        admin("POST", "/snis", Json.text(Map.of("name", "localhost", "certificate", owner)));
        URI uri =
                URI.create(
                        "https://localhost:"
                                + Objects.requireNonNull(gateway.proxyTlsUri()).getPort()
                                + "/nowhere");
        SSLContext trusting = Authority.context(null, authority.certificate());
        try (HttpClient client = HttpClient.newBuilder().sslContext(trusting).build()) {
            HttpRequest request = HttpRequest.newBuilder(uri).build();
            assertThatThrownBy(() -> client.send(request, BodyHandlers.discarding()))
                    .isInstanceOf(SSLHandshakeException.class);

            secret("tls-key", issued.keyPem());

            assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(404);
        }
    }
}
