package dev.torii.engine.tls;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jspecify.annotations.Nullable;

/// Reads PEM, whichever tool wrote it: `PRIVATE KEY` as well as OpenSSL's older `RSA PRIVATE KEY`
/// and `EC PRIVATE KEY`.
final class Pem {

    private Pem() {}

    /// All certificates of the text, in its order.
    ///
    /// @throws PemException when there is none, or one cannot be read
    static List<X509Certificate> certificates(String pem) throws PemException {
        var converter = new JcaX509CertificateConverter();
        List<X509Certificate> found = new ArrayList<>();
        try (var parser = new PEMParser(new StringReader(pem))) {
            for (Object each = next(parser); each != null; each = next(parser)) {
                if (each instanceof X509CertificateHolder holder) {
                    found.add(converter.getCertificate(holder));
                }
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new PemException("the certificate cannot be read", e);
        }
        if (found.isEmpty()) {
            throw new PemException("there is no certificate (expected: BEGIN CERTIFICATE)");
        }
        return List.copyOf(found);
    }

    /// The first private key of the text.
    ///
    /// @throws PemException when there is none, or it cannot be read
    static PrivateKey privateKey(String pem) throws PemException {
        try (var parser = new PEMParser(new StringReader(pem))) {
            for (Object each = next(parser); each != null; each = next(parser)) {
                switch (each) {
                    case PEMEncryptedKeyPair _, PKCS8EncryptedPrivateKeyInfo _ ->
                            throw new PemException(
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
        } catch (IOException | RuntimeException e) {
            throw new PemException("the key cannot be read", e);
        }
        throw new PemException("there is no private key (expected: BEGIN PRIVATE KEY)");
    }

    private static @Nullable Object next(PEMParser parser) throws IOException {
        return parser.readObject();
    }

    private static PrivateKey privateKey(PrivateKeyInfo key) throws IOException {
        return new JcaPEMKeyConverter().getPrivateKey(key);
    }
}
