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
    private static final TestPems OTHER = TestPems.server("EC");

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
                "{'kid':'1','pem':{'private_key':PRIVATE,'public_key':OTHER}} | schema violation (pem: public key does not match private key)",
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
                                .replace("PUBLIC", "'" + TestPems.json(EC.publicKey()) + "'")
                                .replace("OTHER", "'" + TestPems.json(OTHER.publicKey()) + "'"));

        assertThat(reply.status() == 201 ? "ok" : message(reply)).isEqualTo(expected);
    }

    @Test
    void aKidIsUniqueInItsSetAlone() {
        String key = "{'kid':'1','jwk':'{vault://env/jwk}','set':SET}";
        for (String set : new String[] {"main", "other"}) {
            api.created("/key-sets", "{'name':'" + set + "'}");
            api.created("/keys", key.replace("SET", "{'name':'" + set + "'}"));
        }

        api.created("/keys", key.replace("SET", "null"));
        assertThat(api.get("/keys").json().path("data")).hasSize(3);
    }
}
