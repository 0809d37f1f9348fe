package dev.torii.engine.tls;

import dev.torii.engine.tls.PemException.Fault;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/// Reads PEM, whichever tool wrote it: `PRIVATE KEY` as well as OpenSSL's older `RSA PRIVATE KEY`
/// and `EC PRIVATE KEY`, `PUBLIC KEY` as well as `RSA PUBLIC KEY`.
public final class Pem {

    private static final String CERTIFICATE = "the certificate";
    private static final String KEY = "the key";

    private Pem() {}

    /// All certificates of the text, in its order.
    ///
    /// @throws PemException when there is none, or something in the text cannot be read
    public static List<X509Certificate> certificates(String pem) throws PemException {
        var converter = new JcaX509CertificateConverter();
        List<X509Certificate> found = new ArrayList<>();
        try {
            for (Object part : parts(pem)) {
                if (part instanceof X509CertificateHolder holder) {
                    found.add(converter.getCertificate(holder));
                }
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw unreadable(CERTIFICATE, e);
        }
        if (found.isEmpty()) {
            throw new PemException(
                    Fault.ABSENT, "there is no certificate (expected: BEGIN CERTIFICATE)");
        }
        return List.copyOf(found);
    }

    /// The first private key of the text.
    ///
    /// @throws PemException when there is none, or something in the text cannot be read
    public static PrivateKey privateKey(String pem) throws PemException {
        try {
            for (Object part : parts(pem)) {
                switch (part) {
                    case PEMEncryptedKeyPair _, PKCS8EncryptedPrivateKeyInfo _ ->
                            throw new PemException(
                                    Fault.LOCKED,
                                    "the key has a passphrase (expected: a key without one)");
                    case PEMKeyPair pair -> {
                        return privateKey(pair.getPrivateKeyInfo());
                    }
                    case PrivateKeyInfo key -> {
                        return privateKey(key);
                    }
                    default -> {
                        // Such as EC PARAMETERS, which OpenSSL puts before a key.
                    }
                }
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw unreadable(KEY, e);
        }
        throw new PemException(
                Fault.ABSENT, "there is no private key (expected: BEGIN PRIVATE KEY)");
    }

    /// The first public key of the text.
    ///
    /// @throws PemException when there is none, or something in the text cannot be read
    public static PublicKey publicKey(String pem) throws PemException {
        try {
            for (Object part : parts(pem)) {
                if (part instanceof SubjectPublicKeyInfo key) {
                    return factory(key.getAlgorithm())
                            .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
                }
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw unreadable(KEY, e);
        }
        throw new PemException(Fault.ABSENT, "there is no public key (expected: BEGIN PUBLIC KEY)");
    }

    private static PemException unreadable(String what, Exception cause) {
        return new PemException(Fault.UNREADABLE, what + " cannot be read", cause);
    }

    private static PrivateKey privateKey(PrivateKeyInfo key)
            throws IOException, GeneralSecurityException {
        return factory(key.getPrivateKeyAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
    }

    /// The JDK knows algorithms by their numbers too.
    private static KeyFactory factory(AlgorithmIdentifier algorithm)
            throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm.getAlgorithm().getId());
    }

    /// The library throws what it likes at what is broken.
    private static List<Object> parts(String pem) throws IOException {
        List<Object> parts = new ArrayList<>();
        try (var parser = new PEMParser(new StringReader(pem))) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                parts.add(part);
            }
        }
        return parts;
    }
}
