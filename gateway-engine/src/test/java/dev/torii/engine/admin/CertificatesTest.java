package dev.torii.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.admin.AdminApi.Reply;
import dev.torii.engine.store.SqliteConfigStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificatesTest {

    private static final TestPems RSA = TestPems.server("RSA");
    private static final TestPems EC = TestPems.server("EC");
    private static final TestPems AUTHORITY = TestPems.authority();

    @TempDir Path folder;

    private AdminApi api;

    @BeforeEach
    void start() throws Exception {
        api = new AdminApi(SqliteConfigStore.open(folder, _ -> Optional.empty()));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    /// What the names in the bodies below stand for.
    private static final Map<String, String> PEMS =
            Map.of(
                    "RSA", RSA.cert(),
                    "RKEY", RSA.key(),
                    "RSA8", RSA.pkcs8(),
                    "ECC", EC.cert(),
                    "EKEY", EC.key(),
                    "EK8", EC.pkcs8(),
                    "CAC", AUTHORITY.cert());

    private static final Pattern NAME = Pattern.compile("RSA8|RSA|RKEY|ECC|EKEY|EK8|CAC");

    /// With the PEM in the place of its name, in quotes.
    private static String filled(String json) {
        return NAME.matcher(json)
                .replaceAll(name ->
                        Matcher.quoteReplacement(quoted(PEMS.getOrDefault(name.group(), ""))));
    }

    private static String quoted(String pem) {
        return "'" + TestPems.json(pem) + "'";
    }

    private String certificate(String more) {
        return api.created("/certificates", filled("{'cert':RSA,'key':RKEY" + more + "}"));
    }

    private static String message(Reply reply) {
        return reply.json().path("message").asText();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'cert':RSA,'key':RKEY} | ok",
                "{'cert':RSA,'key':RSA8} | ok",
                "{'cert':ECC,'key':EKEY} | ok",
                "{'cert':ECC,'key':EK8} | ok",
                "{'cert':RSA,'key':RKEY,'cert_alt':ECC,'key_alt':EKEY} | ok",
                "{'cert':'{vault://env/cert}','key':'{vault://env/key}'} | ok",
                "{'cert':RSA,'key':'{vault://env/key}'} | ok",
                "{'cert':'x','key':RKEY} | schema violation (cert: invalid certificate: expected PEM that begins with BEGIN CERTIFICATE)",
                "{'cert':RSA,'key':'x'} | schema violation (key: invalid key: expected PEM that begins with BEGIN PRIVATE KEY)",
                "{'cert':RSA,'key':EKEY} | schema violation (certificate does not match key)",
                "{'cert':RSA,'key':RKEY,'cert_alt':ECC} | schema violation (all or none of these fields must be set: 'cert_alt', 'key_alt')",
                "{'cert':RSA,'key':RKEY,'cert_alt':ECC,'key_alt':RKEY} | schema violation (certificate does not match key)",
                "{'cert':RSA,'key':RKEY,'cert_alt':RSA,'key_alt':RKEY} | schema violation ('cert_alt' must have another type of key than 'cert' (both: RSA))",
                "{'cert':RSA} | schema violation (key: required field missing)",
                "{'cert':RSA,'key':RKEY,'snis':['a.test','a.test']} | schema violation (snis: a.test is duplicated)",
                "{'cert':RSA,'key':RKEY,'snis':['a.test','1.2.3.4']} | schema violation (snis.2: must not be an IP)",
                "{'cert':RSA,'key':RKEY,'snis':7} | schema violation (snis: expected an array)",
            })
    void checksTheCertificateAndItsKey(String body, String expected) {
        Reply reply = api.call("POST", "/certificates", filled(body));

        assertThat(reply.status() == 201 ? "ok" : message(reply)).isEqualTo(expected);
        assertThat(api.store.snapshot().certificates()).hasSize(reply.status() == 201 ? 1 : 0);
    }

    @Test
    void aKeyIsSealedAndComesBackWhole() throws Exception {
        String id = certificate("");
        String shown = api.get("/certificates/" + id).json().path("key").textValue();

        stop();
        start();

        assertThat(shown).isEqualTo(RSA.key());
        assertThat(api.get("/certificates/" + id).json().path("key").textValue())
                .isEqualTo(RSA.key());
    }

    @Test
    void namesAreWrittenWithTheCertificateAndReadSorted() {
        String id = certificate(",'snis':['b.test','*.a.test']");

        JsonNode one = api.get("/certificates/" + id).json();

        assertThat(one.path("snis").toString()).isEqualTo("[\"*.a.test\",\"b.test\"]");
        assertThat(api.get("/certificates").json().path("data").get(0)).isEqualTo(one);
        assertThat(api.get("/snis/b.test").json().path("certificate").path("id").textValue())
                .isEqualTo(id);
        assertThat(api.get("/certificates/b.test").json()).isEqualTo(one);
        assertThat(api.get("/certificates/b.test/snis").json().path("data")).hasSize(2);
        assertThat(certificate("")).isNotEqualTo(id);
    }

    @Test
    void patchReplacesTheNamesThatWereGiven() {
        String id = certificate(",'snis':['a.test','b.test']");
        String kept = api.get("/snis/b.test").json().path("id").textValue();

        JsonNode patched =
                api.call("PATCH", "/certificates/" + id, "{'snis':['b.test','c.test']}").json();

        assertThat(patched.path("snis").toString()).isEqualTo("[\"b.test\",\"c.test\"]");
        assertThat(api.get("/snis/a.test").status()).isEqualTo(404);
        assertThat(api.get("/snis/b.test").json().path("id").textValue()).isEqualTo(kept);
        assertThat(api.call("PATCH", "/certificates/" + id, "{'tags':['x']}").json().path("snis"))
                .hasSize(2);
        assertThat(api.call("PATCH", "/certificates/" + id, "{'snis':null}").json().path("snis"))
                .isEmpty();
    }

    @Test
    void refusesANameOfAnotherCertificate() {
        String id = certificate(",'snis':['a.test']");

        Reply reply =
                api.call(
                        "POST",
                        "/certificates",
                        filled("{'cert':ECC,'key':EKEY,'snis':['b.test','a.test']}"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(message(reply))
                .isEqualTo(
                        "schema violation (snis: a.test already associated with existing"
                                + " certificate '"
                                + id
                                + "')");
        assertThat(api.get("/snis/b.test").status()).isEqualTo(404);
    }

    @Test
    void refusesAKeyThatIsNoServerName() {
        Reply reply = api.get("/certificates/no%20name");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("code").intValue()).isEqualTo(10);
    }

    @Test
    void putByANewNameMakesACertificateForIt() {
        Reply made =
                api.call(
                        "PUT",
                        "/certificates/a.test",
                        filled("{'cert':RSA,'key':RKEY,'snis':['b.test']}"));

        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.json().path("snis").toString()).isEqualTo("[\"a.test\",\"b.test\"]");

        Reply replaced = api.call("PUT", "/certificates/a.test", filled("{'cert':ECC,'key':EKEY}"));

        assertThat(replaced.json().path("id")).isEqualTo(made.json().path("id"));
        assertThat(replaced.json().path("cert").textValue()).isEqualTo(EC.cert());
        assertThat(replaced.json().path("snis").toString()).isEqualTo("[\"a.test\"]");

        Reply byId =
                api.call(
                        "PUT",
                        "/certificates/" + made.json().path("id").textValue(),
                        filled("{'cert':ECC,'key':EKEY}"));

        assertThat(byId.json().path("snis")).isEmpty();
    }

    @Test
    void aFormGivesNamesToo() {
        String id = certificate("");

        Reply reply =
                api.form("PATCH", "/certificates/" + id, "snis%5B%5D=a.test&snis%5B%5D=b.test");
        assertThat(reply.json().path("snis").toString()).isEqualTo("[\"a.test\",\"b.test\"]");

        assertThat(
                        api.form("PATCH", "/certificates/" + id, "snis=c.test")
                                .json()
                                .path("snis")
                                .toString())
                .isEqualTo("[\"c.test\"]");
    }

    @Test
    void namesGoWithTheirCertificate() {
        String id = certificate(",'snis':['a.test']");

        assertThat(api.delete("/certificates/" + id).status()).isEqualTo(204);

        assertThat(api.get("/snis").json().path("data")).isEmpty();
        assertThat(api.get("/snis/a.test/certificate").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "services | {'host':'h.test','protocol':'https','client_certificate':{'id':'ID'}}",
                "upstreams | {'name':'up','client_certificate':{'id':'ID'}}"
            })
    void aCertificateStaysWhileItIsShownToUpstreams(String kind, String body) {
        String id = certificate(",'snis':['a.test']");
        api.created("/" + kind, body.replace("ID", id));

        Reply reply = api.delete("/certificates/" + id);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(message(reply))
                .isEqualTo(
                        "an existing '" + kind + "' entity references this 'certificates' entity");
        assertThat(api.get("/certificates/" + id + "/" + kind).json().path("data")).hasSize(1);
        assertThat(api.get("/snis/a.test").status()).isEqualTo(200);
    }

    @Test
    void aCertificateLosesTheNamesThatAreDeleted() {
        String id = certificate(",'snis':['a.test']");

        assertThat(api.delete("/snis/a.test").status()).isEqualTo(204);
        assertThat(api.get("/certificates/" + id).json().path("snis")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'cert':CAC} | ok",
                "{} | schema violation (cert: required field missing)",
                "{'cert':'x'} | schema violation (cert: invalid certificate: expected PEM that begins with BEGIN CERTIFICATE)",
                "{'cert':RSA} | schema violation (certificate does not appear to be a CA because it is missing the \"CA\" basic constraint)",
            })
    void checksAnAuthority(String body, String expected) {
        Reply reply = api.call("POST", "/ca_certificates", filled(body));

        assertThat(reply.status() == 201 ? "ok" : message(reply)).isEqualTo(expected);
    }

    @Test
    void takesOneAuthorityAtATime() {
        String two = quoted(AUTHORITY.cert() + AUTHORITY.cert());

        assertThat(message(api.call("POST", "/ca_certificates", "{'cert':" + two + "}")))
                .isEqualTo("schema violation (please submit only one certificate at a time)");
    }

    @Test
    void refusesAnAuthorityThatExpired() {
        api.clock.set(TestPems.EXPIRY.plusSeconds(1));

        assertThat(message(api.call("POST", "/ca_certificates", filled("{'cert':CAC}"))))
                .isEqualTo(
                        "schema violation (certificate expired, \"Not After\" time is in the"
                                + " past)");
    }

    @Test
    void anAuthorityIsKnownByItsFingerprint() {
        JsonNode first = api.call("POST", "/ca_certificates", filled("{'cert':CAC}")).json();
        String digest = first.path("cert_digest").textValue();
        assertThat(digest).matches("[0-9a-f]{64}");

        Reply again =
                api.call(
                        "POST",
                        "/ca_certificates",
                        filled("{'cert':CAC,'cert_digest':'something else'}"));

        assertThat(again.status()).isEqualTo(409);
        assertThat(message(again))
                .isEqualTo("UNIQUE violation detected on '{cert_digest=\"" + digest + "\"}'");
    }

    @Test
    void anAuthorityStaysWhileAServiceTrustsIt() {
        String id = api.created("/ca_certificates", filled("{'cert':CAC}"));
        String service =
                api.created(
                        "/services",
                        "{'host':'h.test','protocol':'https','ca_certificates':['" + id + "']}");

        Reply reply = api.delete("/ca_certificates/" + id);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text())
                .isEqualTo(
                        ("{'code':19,'name':'referenced by others','message':'ca certificate "
                                        + id
                                        + " is still referenced by services (id = "
                                        + service
                                        + ")'}")
                                .replace('\'', '"'));
        api.delete("/services/" + service);
        assertThat(api.delete("/ca_certificates/" + id).status()).isEqualTo(204);
    }
}
