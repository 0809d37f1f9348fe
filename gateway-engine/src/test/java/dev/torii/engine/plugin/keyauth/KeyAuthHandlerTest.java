package dev.torii.engine.plugin.keyauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.Exchanges;
import dev.torii.engine.exchange.FakeClientRequest;
import dev.torii.engine.exchange.FakeConsumers;
import dev.torii.engine.plugin.Decision;
import dev.torii.model.config.Consumer;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmBody;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyAuthHandlerTest {

    private static final long NOW = 1_700_000_000;

    private final FakeConsumers consumers =
            new FakeConsumers()
                    .with(new Consumer("alice-id", "alice", "c-17", null))
                    .withKey("alice", "k3y")
                    .with("guest");
    private final ObjectNode settings =
            Json.object()
                    .put("key_in_header", true)
                    .put("key_in_query", true)
                    .put("key_in_body", false)
                    .put("hide_credentials", false)
                    .put("run_on_preflight", true);

    private Decision send(Exchange exchange) {
        if (!settings.has("key_names")) {
            settings.putArray("key_names").add("apikey");
        }
        var config = Json.convert(settings, KeyAuthConfig.class);
        return new KeyAuthHandler(config, InstantSource.fixed(Instant.ofEpochSecond(NOW)))
                .onRequest(exchange);
    }

    private Exchange exchange(FakeClientRequest request) {
        return Exchanges.of(request, consumers);
    }

    private Exchange exchange(String contentType, String body) {
        var exchange =
                exchange(FakeClientRequest.post("/chat").header("Content-Type", contentType));
        exchange.body(new LlmBody(body.getBytes(StandardCharsets.UTF_8), contentType));
        return exchange;
    }

    private static Decision refusal(String message) {
        return new Decision.Refuse(401, message, Map.of("WWW-Authenticate", "Key"));
    }

    private static String upstreamBody(Exchange exchange) {
        return new String(exchange.body().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void knowsTheConsumerByTheKeyInAHeader() {
        var exchange = exchange(FakeClientRequest.get("/chat").header("ApiKey", "k3y"));

        assertThat(send(exchange)).isEqualTo(Decision.proceed());

        assertThat(exchange.consumer()).extracting(Consumer::username).isEqualTo("alice");
        assertThat(exchange.credentialId()).isEqualTo("alice-key");
        assertThat(exchange.upstreamHeaders().asMap())
                .containsEntry("x-consumer-id", "alice-id")
                .containsEntry("x-consumer-custom-id", "c-17")
                .containsEntry("x-consumer-username", "alice")
                .containsEntry("x-credential-identifier", "alice-key")
                .containsEntry("x-anonymous-consumer", null)
                .doesNotContainKey("apikey");
    }

    @Test
    void knowsTheConsumerByTheKeyInTheQuery() {
        var exchange = exchange(FakeClientRequest.get("/chat?x=1&apikey=k3y"));

        assertThat(send(exchange)).isEqualTo(Decision.proceed());
        assertThat(exchange.upstreamQuery()).isEqualTo("x=1&apikey=k3y");
    }

    @Test
    void looksOnlyWhereItIsTold() {
        settings.put("key_in_header", false).put("key_in_query", false);

        var exchange = exchange(FakeClientRequest.get("/chat?apikey=k3y").header("apikey", "k3y"));

        assertThat(send(exchange)).isEqualTo(refusal("No API key found in request"));
    }

    @Test
    void theFirstNameThatIsShownCounts() {
        settings.putArray("key_names").add("first").add("second");

        var exchange =
                exchange(
                        FakeClientRequest.get("/chat")
                                .header("second", "k3y")
                                .header("first", "wrong"));

        assertThat(send(exchange)).isEqualTo(refusal("Unauthorized"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat", "/chat?apikey=", "/chat?apikey", "/chat?API=k3y"})
    void refusesARequestWithoutAKey(String uri) {
        assertThat(send(exchange(FakeClientRequest.get(uri))))
                .isEqualTo(refusal("No API key found in request"));
    }

    @Test
    void refusesAnUnknownKeyAndForgetsIt() {
        var exchange = exchange(FakeClientRequest.get("/chat").header("apikey", "guessed"));

        assertThat(send(exchange)).isEqualTo(refusal("Unauthorized"));
        assertThat(exchange.consumer()).isNull();
        assertThat(exchange.upstreamHeaders().isEmpty()).isTrue();
    }

    @Test
    void refusesAKeyThatExpired() {
        consumers.withKey("alice", "old", NOW - 60, 60L).withKey("alice", "fresh", NOW - 59, 60L);

        assertThat(send(exchange(FakeClientRequest.get("/chat").header("apikey", "old"))))
                .isEqualTo(refusal("Unauthorized"));
        assertThat(send(exchange(FakeClientRequest.get("/chat").header("apikey", "fresh"))))
                .isEqualTo(Decision.proceed());
    }

    @Test
    void refusesAKeyThatIsShownTwice() {
        var twice =
                List.of(
                        FakeClientRequest.get("/chat")
                                .header("apikey", "k3y")
                                .header("apikey", "k3y"),
                        FakeClientRequest.get("/chat?apikey=k3y&apikey=k3y"));

        assertThat(twice)
                .extracting(request -> send(exchange(request)))
                .containsOnly(refusal("Duplicate API key found"));
    }

    @Test
    void namesTheRealmInTheChallenge() {
        settings.put("realm", "my \"house\"");

        assertThat(send(exchange(FakeClientRequest.get("/chat"))))
                .isEqualTo(
                        new Decision.Refuse(
                                401,
                                "No API key found in request",
                                Map.of("WWW-Authenticate", "Key realm=\"my \\\"house\\\"\"")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer k3y", "bearer  k3y", "k3y"})
    void readsABearerTokenAsKeyWhenTheHeaderIsAuthorization(String value) {
        settings.putArray("key_names").add("Authorization");

        assertThat(send(exchange(FakeClientRequest.get("/chat").header("authorization", value))))
                .isEqualTo(Decision.proceed());
    }

    @Test
    void leavesAPrefixAloneInOtherHeaders() {
        assertThat(send(exchange(FakeClientRequest.get("/chat").header("apikey", "Bearer k3y"))))
                .isEqualTo(refusal("Unauthorized"));
    }

    @Test
    void preflightRequestsPassOnlyWhenTheySaidSo() {
        var preflight = FakeClientRequest.of("OPTIONS", "/chat");
        assertThat(send(exchange(preflight))).isEqualTo(refusal("No API key found in request"));

        settings.put("run_on_preflight", false);
        assertThat(send(exchange(preflight))).isEqualTo(Decision.proceed());
        assertThat(send(exchange(FakeClientRequest.get("/chat"))))
                .isEqualTo(refusal("No API key found in request"));
    }

    @Nested
    class Anonymous {

        @ParameterizedTest
        @ValueSource(strings = {"guest", "guest-id"})
        void standsForRequestsWithoutAValidKey(String anonymous) {
            settings.put("anonymous", anonymous);
            var exchange = exchange(FakeClientRequest.get("/chat").header("apikey", "wrong"));

            assertThat(send(exchange)).isEqualTo(Decision.proceed());
            assertThat(exchange.consumer()).extracting(Consumer::username).isEqualTo("guest");
            assertThat(exchange.credentialId()).isNull();
            assertThat(exchange.upstreamHeaders().asMap())
                    .containsEntry("x-anonymous-consumer", "true")
                    .containsEntry("x-consumer-username", "guest")
                    .containsEntry("x-credential-identifier", null)
                    .containsEntry("x-consumer-custom-id", null);
        }

        @Test
        void doesNotReplaceTheOwnerOfAValidKey() {
            settings.put("anonymous", "guest");
            var exchange = exchange(FakeClientRequest.get("/chat").header("apikey", "k3y"));

            send(exchange);

            assertThat(exchange.consumer()).extracting(Consumer::username).isEqualTo("alice");
        }

        @Test
        void doesNotReplaceWhomAnotherPluginKnows() {
            settings.put("anonymous", "guest");
            var exchange = exchange(FakeClientRequest.get("/chat"));
            exchange.authenticate(new Consumer("bob", "bob", null, null), "other-credential");

            assertThat(send(exchange)).isEqualTo(Decision.proceed());
            assertThat(exchange.consumer()).extracting(Consumer::username).isEqualTo("bob");
        }

        @Test
        void mustExist() {
            settings.put("anonymous", "nobody");

            assertThat(send(exchange(FakeClientRequest.get("/chat"))))
                    .isEqualTo(
                            Decision.refuse(
                                    500,
                                    "anonymous consumer nobody is configured but doesn't exist"));
        }
    }

    @Nested
    class InTheBody {

        private static final String MULTIPART = "multipart/form-data; boundary=\"x y\"";
        private static final String PARTS =
                """
                --x y
                Content-Disposition: form-data; name="apikey"

                k3y
                --x y
                Content-Disposition: form-data; name="file"; filename="apikey"

                \u00ff\u0000
                --x y--
                """
                        .replace("\n", "\r\n");

        InTheBody() {
            settings.put("key_in_body", true);
        }

        @Test
        void takesTheKeyFromAForm() {
            assertThat(send(exchange("application/x-www-form-urlencoded", "a=1&apikey=k%33y")))
                    .isEqualTo(Decision.proceed());
        }

        @Test
        void takesTheKeyFromAJsonObject() {
            assertThat(send(exchange("application/json", "{\"apikey\":\"k3y\"}")))
                    .isEqualTo(Decision.proceed());
        }

        @Test
        void takesTheKeyFromAMultipartForm() {
            assertThat(send(exchange(MULTIPART, PARTS))).isEqualTo(Decision.proceed());
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "no json", "{\"apikey\":7}", "{}", "{\"apikey\":null}"})
        void findsNothingInOtherJson(String body) {
            assertThat(send(exchange("application/json", body)))
                    .isEqualTo(refusal("No API key found in request"));
        }

        @Test
        void refusesWhatIsThereTwice() {
            assertThat(send(exchange("application/x-www-form-urlencoded", "apikey=k3y&apikey=b")))
                    .isEqualTo(refusal("Duplicate API key found"));
            assertThat(send(exchange("application/json", "{\"apikey\":[\"k3y\"]}")))
                    .isEqualTo(refusal("Duplicate API key found"));
        }

        @Test
        void hidesTheKeyFromTheUpstream() {
            settings.put("hide_credentials", true);
            var form = exchange("application/x-www-form-urlencoded", "a=%20&apikey=k3y&b=2");
            var json = exchange("application/json", "{\"apikey\":\"k3y\",\"a\":1}");
            var multipart = exchange(MULTIPART, PARTS);

            send(form);
            send(json);
            send(multipart);

            assertThat(upstreamBody(form)).isEqualTo("a=%20&b=2");
            assertThat(upstreamBody(json)).isEqualTo("{\"a\":1}");
            assertThat(upstreamBody(multipart))
                    .isEqualTo(PARTS.substring(PARTS.indexOf("--x y", 1)));
        }
    }

    @Test
    void hidesTheKeyInHeaderAndQueryAndLeavesTheRestOfTheQueryAsWritten() {
        settings.put("hide_credentials", true);
        var exchange =
                exchange(
                        FakeClientRequest.get("/chat?a=%7E&apikey=k3y&%zz&b")
                                .header("apikey", "k3y"));

        assertThat(send(exchange)).isEqualTo(Decision.proceed());

        assertThat(exchange.upstreamHeaders().asMap()).containsEntry("apikey", null);
        assertThat(exchange.upstreamQuery()).isEqualTo("a=%7E&%zz&b");
    }

    @Test
    void hidesTheOnlyQueryArgument() {
        settings.put("hide_credentials", true);
        var exchange = exchange(FakeClientRequest.get("/chat?apikey=k3y"));

        send(exchange);

        assertThat(exchange.upstreamQuery()).isNull();
    }
}
