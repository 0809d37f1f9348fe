package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.tls.KeyedCertificate;
import dev.torii.engine.tls.Pem;
import dev.torii.engine.tls.PemException;
import dev.torii.model.schema.VaultReference;
import dev.torii.model.schema.Violation;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a certificate's PEM is sound: each part can be read, the keys fit, and the second pair
/// is of another type than the first. What a vault keeps is not looked at.
final class KeyPairs {

    private final ObjectNode entity;
    private final List<Violation> violations = new ArrayList<>();

    private KeyPairs(ObjectNode entity) {
        this.entity = entity;
    }

    static List<Violation> check(ObjectNode certificate) {
        var pairs = new KeyPairs(certificate);
        PublicKey main = pairs.pair("cert", "key");
        PublicKey other = pairs.pair("cert_alt", "key_alt");
        if (main != null && other != null && main.getAlgorithm().equals(other.getAlgorithm())) {
            pairs.wrong(
                    "'cert_alt' must have another type of key than 'cert' (both: "
                            + main.getAlgorithm()
                            + ")",
                    Violation.ENTITY);
        }
        return pairs.violations;
    }

    /// The certificate's key, when it can be read.
    private @Nullable PublicKey pair(String certField, String keyField) {
        PublicKey certified = certified(certField);
        PrivateKey key = key(keyField);
        if (certified != null && key != null && !KeyedCertificate.belongTogether(certified, key)) {
            wrong("certificate does not match key", Violation.ENTITY);
        }
        return certified;
    }

    private @Nullable PublicKey certified(String field) {
        String pem = readable(field);
        try {
            List<X509Certificate> chain = pem == null ? List.of() : Pem.certificates(pem);
            return chain.isEmpty() ? null : chain.getFirst().getPublicKey();
        } catch (PemException e) {
            wrong("invalid certificate: " + PemReason.of(e, "CERTIFICATE"), field);
            return null;
        }
    }

    private @Nullable PrivateKey key(String field) {
        String pem = readable(field);
        try {
            return pem == null ? null : Pem.privateKey(pem);
        } catch (PemException e) {
            wrong("invalid key: " + PemReason.of(e, "PRIVATE KEY"), field);
            return null;
        }
    }

    private @Nullable String readable(String field) {
        String text = entity.path(field).textValue();
        return text == null || VaultReference.is(text) ? null : text;
    }

    private void wrong(String message, String field) {
        violations.add(Violation.of(message, field));
    }
}
