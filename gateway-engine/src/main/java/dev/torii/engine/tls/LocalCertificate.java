package dev.torii.engine.tls;

import dev.torii.engine.store.PrivateFiles;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/// The self-signed certificate of this machine's own names. It is made once and kept, so that who
/// trusts it need not do so again after each start.
public final class LocalCertificate {

    private static final String FOLDER = "tls";

    /// Key and certificate in one file, so that there are never two that do not belong together.
    private static final String WITH_KEY = "localhost.pem";

    private static final String ALONE = "localhost.crt";

    /// Some systems take no certificate that is valid for more than 825 days.
    private static final Duration VALID = Duration.ofDays(824);

    /// One that ends sooner than this is made anew at the start.
    private static final Duration SPARE = Duration.ofDays(30);

    private final KeyedCertificate certificate;

    private LocalCertificate(KeyedCertificate certificate) {
        this.certificate = certificate;
    }

    /// The folder's certificate; makes it where there is none, or none that will do.
    ///
    /// @throws IOException when the folder cannot be written
    public static LocalCertificate in(Path dataDir, InstantSource clock) throws IOException {
        Path withKey = dataDir.resolve(FOLDER).resolve(WITH_KEY);
        Path alone = fileIn(dataDir);
        Instant now = clock.instant();
        KeyedCertificate certificate = read(withKey);
        if (certificate == null || endsBefore(certificate, now.plus(SPARE))) {
            KeyPair keys = newKeys();
            X509Certificate made = selfSigned(keys, now);
            Files.createDirectories(dataDir.resolve(FOLDER));
            Files.deleteIfExists(withKey);
            PrivateFiles.create(withKey, pem(new JcaPKCS8Generator(keys.getPrivate(), null), made));
            certificate = keyed(made, keys);
        } else {
            PrivateFiles.restrict(withKey);
        }
        byte[] shown = pem(certificate.leaf());
        if (!Files.exists(alone) || !Arrays.equals(Files.readAllBytes(alone), shown)) {
            Files.write(alone, shown);
        }
        return new LocalCertificate(certificate);
    }

    /// The certificate without its key, for clients to trust.
    public static Path fileIn(Path dataDir) {
        return dataDir.resolve(FOLDER).resolve(ALONE);
    }

    KeyedCertificate certificate() {
        return certificate;
    }

    private static @Nullable KeyedCertificate read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return KeyedCertificate.of(Pem.certificates(text), Pem.privateKey(text));
        } catch (PemException e) {
            // A file that somebody broke is of no use to anybody.
            return null;
        }
    }

    private static boolean endsBefore(KeyedCertificate certificate, Instant moment) {
        return certificate.leaf().getNotAfter().toInstant().isBefore(moment);
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime makes no EC keys", e);
        }
    }

    private static X509Certificate selfSigned(KeyPair keys, Instant now) {
        var name = new X500Name("CN=localhost, O=Torii on this machine");
        var names =
                new GeneralNames(
                        new GeneralName[] {
                            new GeneralName(GeneralName.dNSName, "localhost"),
                            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                            new GeneralName(GeneralName.iPAddress, "::1")
                        });
        var builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(127, new SecureRandom()),
                        // Clocks of clients may be behind.
                        Date.from(now.minus(Duration.ofHours(1))),
                        Date.from(now.plus(VALID)),
                        name,
                        keys.getPublic());
        try {
            builder.addExtension(Extension.subjectAlternativeName, false, names);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("the certificate for localhost was not made", e);
        }
    }

    private static KeyedCertificate keyed(X509Certificate certificate, KeyPair keys) {
        try {
            return KeyedCertificate.of(List.of(certificate), keys.getPrivate());
        } catch (PemException e) {
            throw new IllegalStateException("the certificate for localhost was not made", e);
        }
    }

    private static byte[] pem(Object... parts) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            for (Object part : parts) {
                writer.writeObject(part);
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
