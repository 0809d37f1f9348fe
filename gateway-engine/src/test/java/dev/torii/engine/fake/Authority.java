package dev.torii.engine.fake;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemGenerationException;
import org.jspecify.annotations.Nullable;

/// Issues real certificates, good ones and bad ones, as tests need them.
public final class Authority {

    private static final Duration DAY = Duration.ofDays(1);
    private static final char[] PASSWORD = "test".toCharArray();

    /// A certificate with the authorities behind it, the root left out, and its key.
    public record Issued(List<X509Certificate> chain, PrivateKey key) {

        public X509Certificate leaf() {
            return chain.getFirst();
        }

        public String certificatePem() {
            return pem(chain.toArray());
        }

        /// RSA keys in OpenSSL's older form, others in the newer.
        public String keyPem() {
            try {
                return key.getAlgorithm().equals("RSA")
                        ? pem(key)
                        : pem(new JcaPKCS8Generator(key, null));
            } catch (PemGenerationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final X500Name name;
    private final KeyPair keys;
    private final X509Certificate certificate;

    /// Null for a root.
    private final @Nullable Authority above;

    private Authority(String name, @Nullable Authority above) {
        this.name = new X500Name("CN=" + name);
        this.keys = keys("EC");
        this.above = above;
        this.certificate =
                (above == null ? this : above)
                        .sign(this.name, keys, true, List.of(), DAY.negated(), DAY);
    }

    public static Authority root(String name) {
        return new Authority(name, null);
    }

    public Authority below(String name) {
        return new Authority(name, this);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public String pem() {
        return pem(certificate);
    }

    /// A good certificate.
    ///
    /// @param names DNS names or IP addresses
    public Issued issue(String... names) {
        return issue("EC", DAY.negated(), DAY, names);
    }

    /// A good certificate whose key is of a type.
    ///
    /// @param keyType `EC` or `RSA`
    public Issued issueWithKey(String keyType, String... names) {
        return issue(keyType, DAY.negated(), DAY, names);
    }

    public Issued issueExpired(String... names) {
        return issue("EC", DAY.multipliedBy(-2), DAY.negated(), names);
    }

    private Issued issue(String keyType, Duration from, Duration until, String... names) {
        KeyPair own = keys(keyType);
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(sign(new X500Name("CN=" + names[0]), own, false, List.of(names), from, until));
        for (Authority each = this; each.above != null; each = each.above) {
            chain.add(each.certificate);
        }
        return new Issued(List.copyOf(chain), own.getPrivate());
    }

    private X509Certificate sign(
            X500Name subject,
            KeyPair subjectKeys,
            boolean authority,
            List<String> names,
            Duration from,
            Duration until) {
        Instant now = Instant.now();
        var builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(127, new SecureRandom()),
                        Date.from(now.plus(from)),
                        Date.from(now.plus(until)),
                        subject,
                        subjectKeys.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!names.isEmpty()) {
                GeneralName[] general =
                        names.stream().map(Authority::general).toArray(GeneralName[]::new);
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(general));
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GeneralName general(String name) {
        return new GeneralName(
                name.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private static KeyPair keys(String type) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            generator.initialize(type.equals("EC") ? 256 : 2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A context that shows a certificate, when one is given, and trusts others.
    public static SSLContext context(@Nullable Issued own, X509Certificate... trusted) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, PASSWORD);
            if (own != null) {
                keys.setKeyEntry(
                        "own", own.key(), PASSWORD, own.chain().toArray(X509Certificate[]::new));
            }
            var keyManagers = KeyManagerFactory.getInstance("PKIX");
            keyManagers.init(keys, PASSWORD);
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, PASSWORD);
            for (int i = 0; i < trusted.length; i++) {
                trust.setCertificateEntry("trusted" + i, trusted[i]);
            }
            var trustManagers = TrustManagerFactory.getInstance("PKIX");
            trustManagers.init(trust);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pem(Object... parts) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            for (Object part : parts) {
                writer.writeObject(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
