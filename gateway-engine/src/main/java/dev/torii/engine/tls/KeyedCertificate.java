package dev.torii.engine.tls;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/// A certificate that can be shown, because its key is there.
final class KeyedCertificate {

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
        try {
            if (!belongTogether(leaf.getPublicKey(), key)) {
                throw new PemException("the key is not the certificate's");
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded());
            return new KeyedCertificate(HexFormat.of().formatHex(digest), chain, key);
        } catch (GeneralSecurityException e) {
            throw new PemException("the key is not the certificate's", e);
        }
    }

    private static boolean belongTogether(PublicKey certified, PrivateKey key)
            throws GeneralSecurityException {
        String algorithm =
                switch (certified.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> certified.getAlgorithm();
                };
        byte[] sample = {1};
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(sample);
        byte[] signature = signer.sign();
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(certified);
        verifier.update(sample);
        return verifier.verify(signature);
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
