package dev.torii.engine.admin;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/// Makes certificates and keys for tests.
///
/// @param key as OpenSSL's older tools write it
/// @param pkcs8 the same key as newer ones do
record TestPems(String cert, String key, String pkcs8, String publicKey) {

    static final Instant EXPIRY = AdminApi.START.plus(Duration.ofDays(365));

    static TestPems server(String algorithm) {
        return issue(algorithm, false);
    }

    static TestPems authority() {
        return issue("EC", true);
    }

    /// JSON as tests write it, with line breaks escaped.
    static String json(String pem) {
        return pem.replace("\n", "\\n");
    }

    private static TestPems issue(String algorithm, boolean authority) {
        try {
            KeyPair keys = keys(algorithm);
            var name = new X500Name("CN=torii test");
            var builder =
                    new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.ONE,
                            Date.from(AdminApi.START.minus(Duration.ofDays(1))),
                            Date.from(EXPIRY),
                            name,
                            keys.getPublic());
            if (authority) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            }
            String signature = algorithm.equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            var signer = new JcaContentSignerBuilder(signature).build(keys.getPrivate());
            return new TestPems(
                    pem(builder.build(signer)),
                    pem(older(keys.getPrivate())),
                    pem(new JcaPKCS8Generator(keys.getPrivate(), null)),
                    pem(keys.getPublic()));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Java leaves the curve out of its keys, OpenSSL does not.
    private static Object older(PrivateKey key) throws IOException {
        if (!(key instanceof ECPrivateKey ec)) {
            return key;
        }
        var structure =
                new org.bouncycastle.asn1.sec.ECPrivateKey(
                        256, ec.getS(), SECObjectIdentifiers.secp256r1);
        return new PemObject("EC PRIVATE KEY", structure.getEncoded());
    }

    private static KeyPair keys(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("RSA")) {
            generator.initialize(2048);
        } else {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        }
        return generator.generateKeyPair();
    }

    private static String pem(Object value) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().replace("\r", "");
    }
}
