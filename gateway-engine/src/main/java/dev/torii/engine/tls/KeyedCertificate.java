package dev.torii.engine.tls;

import dev.torii.engine.tls.PemException.Fault;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/// A certificate that can be shown, because its key is there.
public final class KeyedCertificate {

    private final String alias;
    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private KeyedCertificate(String alias, List<X509Certificate> chain, PrivateKey key) {
        this.alias = alias;
        this.chain = List.copyOf(chain);
        this.key = key;
    }

    /// @throws PemException when one of both cannot be read, or they do not belong together
    static KeyedCertificate of(PemPair pair) throws PemException {
        return of(Pem.certificates(pair.certificate()), Pem.privateKey(pair.key().reveal()));
    }

    static KeyedCertificate of(List<X509Certificate> chain, PrivateKey key) throws PemException {
        X509Certificate leaf = chain.getFirst();
        if (!belongTogether(leaf.getPublicKey(), key)) {
            throw new PemException(Fault.MISMATCH, "the key is not the certificate's");
        }
        return new KeyedCertificate(fingerprint(leaf), chain, key);
    }

    /// The SHA-256 of a certificate, in hex.
    public static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read cannot be written", e);
        }
    }

    /// Whether the one verifies what the other signs.
    public static boolean belongTogether(PublicKey certified, PrivateKey key) {
        String algorithm =
                switch (certified.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> certified.getAlgorithm();
                };
        byte[] sample = {1};
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(sample);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certified);
            verifier.update(sample);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /// The certificate's fingerprint.
    String alias() {
        return alias;
    }

    X509Certificate leaf() {
        return chain.getFirst();
    }

    X509Certificate[] chain() {
        return chain.toArray(X509Certificate[]::new);
    }

    PrivateKey key() {
        return key;
    }

    /// Whether it serves a handshake that asks for a key of this type, such as `EC` or `RSA`.
    boolean hasKeyType(String type) {
        return key.getAlgorithm().equals(type);
    }
}
