package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.admin.PemText.NotPemException;
import dev.torii.model.schema.VaultReference;
import dev.torii.model.schema.Violation;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a certificate's PEM is sound: each part can be read, the keys fit, and the second pair
/// is of another type than the first. What a vault keeps is not looked at.
final class KeyPairs {

    private static final byte[] PROBE = {1};

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
        if (certified != null && key != null && !fit(certified, key)) {
            wrong("certificate does not match key", Violation.ENTITY);
        }
        return certified;
    }

    private @Nullable PublicKey certified(String field) {
        String pem = readable(field);
        try {
            List<X509Certificate> chain = pem == null ? List.of() : PemText.certificates(pem);
            return chain.isEmpty() ? null : chain.getFirst().getPublicKey();
        } catch (NotPemException e) {
            wrong("invalid certificate: " + e.getMessage(), field);
            return null;
        }
    }

    private @Nullable PrivateKey key(String field) {
        String pem = readable(field);
        try {
            return pem == null ? null : PemText.privateKey(pem);
        } catch (NotPemException e) {
            wrong("invalid key: " + e.getMessage(), field);
            return null;
        }
    }

    private @Nullable String readable(String field) {
        String text = entity.path(field).textValue();
        return text == null || VaultReference.is(text) ? null : text;
    }

    /// Whether the one verifies what the other signs.
    private static boolean fit(PublicKey certified, PrivateKey key) {
        String algorithm =
                switch (certified.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    case "RSASSA-PSS" -> "RSASSA-PSS";
                    default -> certified.getAlgorithm();
                };
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(PROBE);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certified);
            verifier.update(PROBE);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private void wrong(String message, String field) {
        violations.add(Violation.of(message, field));
    }
}
