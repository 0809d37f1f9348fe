package dev.torii.engine.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.fake.Authority;
import dev.torii.engine.fake.Authority.Issued;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.Secret;
import dev.torii.model.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpstreamTlsSettingsTest {

    private final Issued ofUpstream = Authority.root("clients").issue("of-upstream");
    private final Issued ofService = Authority.root("clients").issue("of-service");

    private static ObjectNode json(String singleQuoted) throws Exception {
        return (ObjectNode) Json.parse(singleQuoted.replace('\'', '"'));
    }

    private static ObjectNode certificate(String id, Issued issued) {
        return Json.object()
                .put("id", id)
                .put("cert", issued.certificatePem())
                .put("key", issued.keyPem());
    }

    private Map<String, UpstreamTls> settings(String service) throws Exception {
        return UpstreamTls.ofServices(
                new ConfigSnapshot(
                        1,
                        Map.of(
                                EntityKind.SERVICES,
                                Map.of("s", json(service)),
                                EntityKind.UPSTREAMS,
                                Map.of(
                                        "u",
                                        json(
                                                "{'id':'u','name':'pool','client_certificate':{'id':'cu'}}")),
                                EntityKind.CERTIFICATES,
                                Map.of(
                                        "cu",
                                        certificate("cu", ofUpstream),
                                        "cs",
                                        certificate("cs", ofService)))));
    }

    private static PemPair pair(Issued issued) {
        return new PemPair(issued.certificatePem(), new Secret(issued.keyPem()));
    }

    @Test
    void aServiceThatSaysNothingHasNoneOfItsOwn() throws Exception {
        assertThat(settings("{'id':'s','protocol':'https','host':'a.test','port':443}")).isEmpty();
        assertThat(
                        settings(
                                "{'id':'s','protocol':'https','host':'a.test','port':443,'tls_verify':true}"))
                .isEmpty();
    }

    @Test
    void aServiceShowsTheCertificateOfTheUpstreamThatItNames() throws Exception {
        assertThat(settings("{'id':'s','protocol':'https','host':'pool','port':443}"))
                .containsExactly(
                        Map.entry("s", new UpstreamTls(true, null, null, pair(ofUpstream))));
        assertThat(settings("{'id':'s','protocol':'http','host':'pool','port':80}")).isEmpty();
    }

    @Test
    void itsOwnCertificateGoesBeforeTheUpstreams() throws Exception {
        assertThat(
                        settings(
                                "{'id':'s','protocol':'https','host':'pool','port':443,'tls_verify':false,'client_certificate':{'id':'cs'}}"))
                .containsExactly(
                        Map.entry("s", new UpstreamTls(false, null, null, pair(ofService))));
    }
}
