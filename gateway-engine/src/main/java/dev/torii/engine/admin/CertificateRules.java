package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.schema.Format;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.Violation;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Certificates have a key that fits, bring their server names along, and can be found by them.
final class CertificateRules implements EntityRules {

    @Override
    public void expand(ObjectNode given) {
        CertificateNames.check(CertificateNames.take(given));
    }

    @Override
    public List<Violation> check(ObjectNode certificate) {
        return KeyPairs.check(certificate);
    }

    @Override
    public void checkAmong(ObjectNode certificate, Input input, ConfigSnapshot snapshot) {
        CertificateNames.checkFree(given(input), certificate.path("id").asText(), snapshot);
    }

    @Override
    public List<Step> beside(
            ObjectNode certificate, Input input, ConfigSnapshot snapshot, long now) {
        return CertificateNames.steps(given(input), certificate.path("id").asText(), snapshot, now);
    }

    private static CertificateNames.Given given(Input input) {
        return CertificateNames.take(input.under(EntitySchemas.of(EntityKind.CERTIFICATES)));
    }

    @Override
    public Schema alsoShown() {
        return CertificateNames.SCHEMA;
    }

    @Override
    public ObjectNode shown(ObjectNode certificate, ConfigSnapshot snapshot, Instant now) {
        ObjectNode shown = certificate.deepCopy();
        var names = shown.putArray(CertificateNames.FIELD);
        CertificateNames.of(certificate.path("id").asText(), snapshot).forEach(names::add);
        return shown;
    }

    /// What is no id is a server name. PUT of one that is unknown makes a certificate for it.
    @Override
    public Addressed address(
            EntityKind kind, String segment, AdminCall call, ConfigSnapshot snapshot) {
        boolean put = call.method().equals("PUT");
        if (Format.isUuid(segment)) {
            return new Addressed(
                    EntityKey.parse(kind, segment), put ? naming(List.of(), call) : call);
        }
        ObjectNode sni = EntityKey.parse(EntityKind.SNIS, segment).find(snapshot);
        if (sni == null && !put) {
            throw Problems.plain(404, "SNI not found");
        }
        String id =
                sni == null
                        ? UUID.randomUUID().toString()
                        : sni.path("certificate").path("id").asText();
        return new Addressed(EntityKey.ofId(kind, id), put ? naming(List.of(segment), call) : call);
    }

    /// PUT replaces the whole, so that names which it does not say are taken away.
    ///
    /// @param named what the URL says of them
    private static AdminCall naming(List<String> named, AdminCall call) {
        return call.reading(() -> {
            ObjectNode body = call.source().read().under(EntitySchemas.of(EntityKind.CERTIFICATES));
            CertificateNames.add(named, body);
            return new Input.Json(body);
        });
    }

    @Override
    public ProblemException missing(EntityKey key) {
        return Problems.noSuchEntity(key);
    }

    @Override
    public boolean takesAlong(EntityKind child) {
        return child == EntityKind.SNIS;
    }
}
