package dev.torii.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is particular about the credentials of consumers.
class CredentialsTest {

    private AdminApi api;
    private String alice;
    private String bob;

    @BeforeEach
    void start() throws Exception {
        api = new AdminApi();
        alice = api.created("/consumers", "{'username':'alice'}");
        bob = api.created("/consumers", "{'username':'bob'}");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static String sha1(String text) throws Exception {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-1")
                                .digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void hashesAPasswordOnlyWhenOneIsSent() throws Exception {
        api.created("/consumers/alice/basic-auth", "{'username':'al','password':'one'}");

        var renamed = api.call("PATCH", "/basic-auths/al", "{'username':'ally'}");
        assertThat(renamed.json().path("password").textValue()).isEqualTo(sha1("one" + alice));

        var changed = api.call("PATCH", "/consumers/alice/basic-auth/ally", "{'password':'two'}");
        assertThat(changed.json().path("password").textValue()).isEqualTo(sha1("two" + alice));

        var put = api.call("PUT", "/consumers/alice/basic-auth/ally", "{'password':'three'}");
        assertThat(put.json().path("password").textValue()).isEqualTo(sha1("three" + alice));
    }

    @Test
    void findsAMembershipByGroupOnlyBelowItsConsumer() {
        String ofAlice = api.created("/consumers/alice/acls", "{'group':'admins'}");
        String ofBob = api.created("/consumers/bob/acls", "{'group':'admins'}");

        assertThat(id(api.get("/consumers/alice/acls/admins").json())).isEqualTo(ofAlice);
        assertThat(id(api.get("/consumers/" + bob + "/acls/admins").json())).isEqualTo(ofBob);
        assertThat(id(api.get("/consumers/bob/acls/" + ofBob).json())).isEqualTo(ofBob);
        assertThat(api.get("/consumers/alice/acls/" + ofBob).status()).isEqualTo(404);
        assertThat(api.get("/consumers/alice/acls/users").status()).isEqualTo(404);
        assertThat(api.call("PATCH", "/consumers/alice/acls/users", "{}").status()).isEqualTo(404);

        assertThat(api.delete("/consumers/alice/acls/admins").status()).isEqualTo(204);
        assertThat(api.delete("/consumers/alice/acls/admins").status()).isEqualTo(404);
        assertThat(api.get("/consumers/bob/acls/admins").status()).isEqualTo(200);
        assertThat(id(api.get("/acls/" + ofBob + "/consumer").json())).isEqualTo(bob);
    }

    @Test
    void putBelowAConsumerTakesTheGroupFromTheUrl() {
        var created = api.call("PUT", "/consumers/alice/acls/admins", "{}");
        var other = api.call("PUT", "/consumers/bob/acls/admins", "{}");
        var again = api.call("PUT", "/consumers/alice/acls/admins", "{'tags':['new']}");

        assertThat(created.status()).as(created.text()).isEqualTo(200);
        assertThat(created.json().path("group").textValue()).isEqualTo("admins");
        assertThat(created.json().path("consumer").path("id").textValue()).isEqualTo(alice);
        assertThat(id(other.json())).isNotEqualTo(id(created.json()));
        assertThat(id(again.json())).isEqualTo(id(created.json()));
        assertThat(api.get("/acls").json().path("data")).hasSize(2);
    }

    @Test
    void makesUpTheSecretsThatAreLeftOut() {
        JsonNode jwt = api.call("POST", "/consumers/alice/jwt", "{}").json();
        JsonNode hmac = api.call("POST", "/consumers/alice/hmac-auth", "{'username':'al'}").json();

        assertThat(jwt.path("key").textValue()).matches("[A-Za-z0-9]{32}");
        assertThat(jwt.path("secret").textValue()).matches("[A-Za-z0-9]{32}");
        assertThat(jwt.path("algorithm").textValue()).isEqualTo("HS256");
        assertThat(jwt.path("rsa_public_key").isNull()).isTrue();
        assertThat(hmac.path("secret").textValue()).matches("[A-Za-z0-9]{32}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS512", "EdDSA"})
    void asksForThePublicKeyOfAKeyPair(String algorithm) {
        var without = api.call("POST", "/consumers/alice/jwt", "{'algorithm':'" + algorithm + "'}");
        assertThat(without.status()).isEqualTo(400);
        assertThat(without.json().path("fields").toString())
                .isEqualTo(
                        """
                        {"rsa_public_key":"required field missing","@entity":["failed conditional \
                        validation given value of field 'algorithm'"]}\
                        """);

        var broken =
                api.call(
                        "POST",
                        "/consumers/alice/jwt",
                        "{'algorithm':'" + algorithm + "','rsa_public_key':'test'}");
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.json().path("fields").toString())
                .isEqualTo(
                        """
                        {"rsa_public_key":"invalid key","@entity":["failed conditional \
                        validation given value of field 'algorithm'"]}\
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "RS256, RSA, PUBLIC KEY",
        "RS512, RSA, RSA PUBLIC KEY",
        "EdDSA, Ed25519, PUBLIC KEY"
    })
    void takesAPublicKeyThatIsOne(String algorithm, String kind, String title) throws Exception {
        byte[] der = KeyPairGenerator.getInstance(kind).generateKeyPair().getPublic().getEncoded();
        if (title.startsWith("RSA")) {
            // Behind the algorithm's identifier lies the key proper.
            der = Arrays.copyOfRange(der, 24, der.length);
        }
        String pem =
                "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                        .formatted(title, Base64.getMimeEncoder().encodeToString(der));
        String body =
                Json.text(Json.object().put("algorithm", algorithm).put("rsa_public_key", pem));

        var reply = api.call("POST", "/consumers/alice/jwt", body);

        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        assertThat(reply.json().path("rsa_public_key").textValue()).isEqualTo(pem);
    }

    @Test
    void ellipticCurvesNeedNoKeyAtOnce() {
        assertThat(api.call("POST", "/consumers/alice/jwt", "{'algorithm':'ES256'}").status())
                .isEqualTo(201);
        assertThat(
                        api.call("POST", "/consumers/alice/jwt", "{'algorithm':'none'}")
                                .json()
                                .path("message")
                                .textValue())
                .startsWith("schema violation (algorithm: expected one of: HS256, HS384, HS512,");
    }

    private static String id(JsonNode entity) {
        return entity.path("id").textValue();
    }
}
