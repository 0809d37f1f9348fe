package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.engine.tls.KeyedCertificate;
import dev.torii.engine.tls.Pem;
import dev.torii.engine.tls.PemException;
import dev.torii.model.config.EntityKind;
import dev.torii.model.schema.Violation;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;

/// Exactly one certificate, of an authority and still valid, known by its fingerprint.
final class CaCertificateRules implements EntityRules {

    private static final String CERT = "cert";

    private final InstantSource clock;

    CaCertificateRules(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public List<Violation> check(ObjectNode entity) {
        List<X509Certificate> certificates;
        try {
            certificates = Pem.certificates(entity.path(CERT).asText());
        } catch (PemException e) {
            return List.of(
                    Violation.of("invalid certificate: " + PemReason.of(e, "CERTIFICATE"), CERT));
        }
        X509Certificate certificate = certificates.getFirst();
        if (certificates.size() > 1) {
            return wrong("please submit only one certificate at a time");
        }
        if (certificate.getNotAfter().toInstant().isBefore(clock.instant())) {
            return wrong("certificate expired, \"Not After\" time is in the past");
        }
        if (certificate.getBasicConstraints() < 0) {
            return wrong(
                    "certificate does not appear to be a CA because it is missing the \"CA\" basic"
                            + " constraint");
        }
        return List.of();
    }

    private static List<Violation> wrong(String message) {
        return List.of(Violation.of(message, Violation.ENTITY));
    }

    @Override
    public void settle(ObjectNode entity, ObjectNode given, long now) {
        try {
            X509Certificate certificate = Pem.certificates(entity.path(CERT).asText()).getFirst();
            entity.put("cert_digest", KeyedCertificate.fingerprint(certificate));
        } catch (PemException e) {
            throw new IllegalStateException("a checked certificate cannot be read", e);
        }
    }

    @Override
    public void checkRemoval(String id, ConfigSnapshot snapshot) {
        snapshot.all(EntityKind.SERVICES)
                .forEach(service ->
                        refuseIfListed(id, service.path("ca_certificates"), service, "services"));
        snapshot.all(EntityKind.PLUGINS)
                .forEach(plugin ->
                        refuseIfListed(
                                id,
                                plugin.path("config").path("ca_certificates"),
                                plugin,
                                "plugins"));
    }

    private static void refuseIfListed(String id, JsonNode listed, ObjectNode by, String kind) {
        for (JsonNode each : listed) {
            if (id.equalsIgnoreCase(each.asText())) {
                throw Problems.referencedByOthers(
                        "ca certificate "
                                + id
                                + " is still referenced by "
                                + kind
                                + " (id = "
                                + by.path("id").asText()
                                + ")");
            }
        }
    }
}
