package dev.torii.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.admin.AdminApi.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {

    private static final TestPems EC = TestPems.server("EC");

    private AdminApi api;

    @BeforeEach
    void start() throws Exception {
        api = new AdminApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static String message(Reply reply) {
        return reply.json().path("message").asText();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'kid':'1','jwk':'{\\'kid\\':\\'1\\',\\'kty\\':\\'oct\\',\\'k\\':\\'AA\\'}'} | ok",
                "{'kid':'1','jwk':'{vault://env/jwk}'} | ok",
                "{'kid':'1','pem':{'private_key':PRIVATE,'public_key':PUBLIC}} | ok",
                "{'kid':'1','pem':{'private_key':'{vault://env/key}'}} | ok",
                "{'kid':'1'} | schema violation (at least one of these fields must be non-empty: 'jwk', 'pem')",
                "{'kid':'1','jwk':'x','pem':{'public_key':PUBLIC}} | schema violation (only one or none of these fields must be set: 'jwk', 'pem')",
                "{'jwk':'x'} | schema violation (kid: required field missing)",
                "{'kid':'1','jwk':'x'} | schema violation (could not json decode jwk string)",
                "{'kid':'1','jwk':'{\\'kid\\':\\'2\\'}'} | schema violation (kid in jwk.kid must be equal to keys.kid)",
                "{'kid':'1','jwk':'{\\'kid\\':\\'1\\',\\'kty\\':\\'RSA\\',\\'n\\':\\'AA\\'}'} | schema violation (could not load JWK (e: required field missing))",
                "{'kid':'1','jwk':'{\\'kid\\':\\'1\\'}'} | schema violation (could not load JWK (kty, expected one of: EC, OKP, RSA, oct))",
                "{'kid':'1','pem':{'public_key':'x'}} | schema violation (pem.public_key: invalid key: expected PEM that begins with BEGIN PUBLIC KEY)",
                "{'kid':'1','pem':{'private_key':null,'public_key':null}} | schema violation (need to supply a PEM formatted public and/or private key.)",
            })
    void aKeyIsAJwkOrPem(String body, String expected) {
        Reply reply =
                api.call(
                        "POST",
                        "/keys",
                        body.replace("PRIVATE", "'" + TestPems.json(EC.pkcs8()) + "'")
                                .replace("PUBLIC", "'" + TestPems.json(EC.publicKey()) + "'"));

        assertThat(reply.status() == 201 ? "ok" : message(reply)).isEqualTo(expected);
    }

    @Test
    void aKidIsUniqueInItsSet() {
        String set = api.created("/key-sets", "{'name':'main'}");
        String key = "{'kid':'1','jwk':'{vault://env/jwk}','name':'NAME','set':SET}";
        String inSet = key.replace("SET", "{'name':'main'}");
        api.created("/keys", inSet.replace("NAME", "one"));
        api.created("/keys", key.replace("NAME", "two").replace("SET", "null"));

        Reply again = api.call("POST", "/keys", inSet.replace("NAME", "three"));
        Reply named = api.call("POST", "/keys", inSet.replace("NAME", "one").replace("'1'", "'2'"));

        assertThat(again.status()).isEqualTo(409);
        assertThat(message(again))
                .isEqualTo("UNIQUE violation detected on '{kid=\"1\",set={id=\"" + set + "\"}}'");
        assertThat(message(named)).isEqualTo("UNIQUE violation detected on '{name=\"one\"}'");
    }

    @Test
    void keysGoWithTheirSet() {
        api.created("/key-sets", "{'name':'main'}");
        api.created("/key-sets/main/keys", "{'kid':'1','name':'one','jwk':'{vault://env/jwk}'}");
        api.created("/keys", "{'kid':'1','name':'two','jwk':'{vault://env/jwk}'}");

        assertThat(api.get("/key-sets/main/keys/one").status()).isEqualTo(200);
        assertThat(api.get("/keys/one/set").json().path("name").textValue()).isEqualTo("main");
        assertThat(api.get("/keys/two/set").status()).isEqualTo(404);
        assertThat(api.delete("/key-sets/main").status()).isEqualTo(204);
        assertThat(api.get("/keys").json().path("data")).hasSize(1);
    }
}
