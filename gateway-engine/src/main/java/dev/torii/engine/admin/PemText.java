package dev.torii.engine.admin;

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

/// Certificates and keys as clients send them: PEM, as any tool writes it.
final class PemText {

    private PemText() {}

    /// The text is none; the message is a reason and quotes nothing of it.
    static final class NotPemException extends Exception {

        private static final long serialVersionUID = 1L;

        NotPemException(String message) {
            super(message);
        }
    }

    /// All certificates, at least one.
    static List<X509Certificate> certificates(String pem) throws NotPemException {
        var converter = new JcaX509CertificateConverter();
        List<X509Certificate> certificates = new ArrayList<>();
        for (Object part : parts(pem)) {
            if (part instanceof X509CertificateHolder holder) {
                try {
                    certificates.add(converter.getCertificate(holder));
                } catch (GeneralSecurityException e) {
                    throw new NotPemException("it cannot be read");
                }
            }
        }
        if (certificates.isEmpty()) {
            throw new NotPemException("expected PEM that begins with BEGIN CERTIFICATE");
        }
        return certificates;
    }

    static PrivateKey privateKey(String pem) throws NotPemException {
        for (Object part : parts(pem)) {
            switch (part) {
                case PEMKeyPair pair -> {
                    return privateKey(pair.getPrivateKeyInfo());
                }
                case PrivateKeyInfo key -> {
                    return privateKey(key);
                }
                case PEMEncryptedKeyPair _, PKCS8EncryptedPrivateKeyInfo _ ->
                        throw new NotPemException("it has a passphrase; expected one without");
                default -> {
                    // OpenSSL puts the parameters of a curve before its keys.
                }
            }
        }
        throw new NotPemException("expected PEM that begins with BEGIN PRIVATE KEY");
    }

    static PublicKey publicKey(String pem) throws NotPemException {
        for (Object part : parts(pem)) {
            if (part instanceof SubjectPublicKeyInfo key) {
                try {
                    return factory(key.getAlgorithm())
                            .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
                } catch (GeneralSecurityException | IOException e) {
                    throw new NotPemException("it cannot be read");
                }
            }
        }
        throw new NotPemException("expected PEM that begins with BEGIN PUBLIC KEY");
    }

    /// The JDK knows algorithms by their numbers too.
    private static PrivateKey privateKey(PrivateKeyInfo key) throws NotPemException {
        try {
            return factory(key.getPrivateKeyAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw new NotPemException("it cannot be read");
        }
    }

    private static KeyFactory factory(AlgorithmIdentifier algorithm)
            throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm.getAlgorithm().getId());
    }

    /// The library throws what it likes at what is broken.
    private static List<Object> parts(String pem) throws NotPemException {
        List<Object> parts = new ArrayList<>();
        try (var parser = new PEMParser(new StringReader(pem))) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                parts.add(part);
            }
        } catch (IOException | RuntimeException e) {
            throw new NotPemException("it cannot be read");
        }
        return parts;
    }
}
