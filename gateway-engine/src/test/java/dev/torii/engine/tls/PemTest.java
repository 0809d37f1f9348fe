package dev.torii.engine.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torii.engine.fake.Authority;
import dev.torii.engine.fake.Authority.Issued;
import dev.torii.model.config.Secret;
import java.io.StringWriter;
import java.security.interfaces.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {

    private final Authority authority = Authority.root("root");

    private static String pem(Object part) throws Exception {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(part);
        }
        return text.toString();
    }

    @Test
    void readsAChainInItsOrder() throws Exception {
        Issued issued = authority.below("between").issue("a.test");

        assertThat(Pem.certificates(issued.certificatePem())).isEqualTo(issued.chain());
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void readsAKeyInTheNewForm(String type) throws Exception {
        Issued issued = authority.issueWithKey(type, "a.test");

        String text = pem(new JcaPKCS8Generator(issued.key(), null));

        assertThat(text).contains("BEGIN PRIVATE KEY");
        assertThat(Pem.privateKey(text)).isEqualTo(issued.key());
    }

    @Test
    void readsAnRsaKeyInOpensslsOldForm() throws Exception {
        Issued issued = authority.issueWithKey("RSA", "a.test");

        assertThat(issued.keyPem()).contains("BEGIN RSA PRIVATE KEY");
        assertThat(Pem.privateKey(issued.keyPem())).isEqualTo(issued.key());
    }

    @Test
    void readsAnEcKeyInOpensslsOldForm() throws Exception {
        Issued issued = authority.issue("a.test");
        var old =
                new org.bouncycastle.asn1.sec.ECPrivateKey(
                        256, ((ECPrivateKey) issued.key()).getS(), SECObjectIdentifiers.secp256r1);
        String parameters =
                pem(new PemObject("EC PARAMETERS", SECObjectIdentifiers.secp256r1.getEncoded()));

        assertThat(
                        Pem.privateKey(
                                parameters
                                        + pem(new PemObject("EC PRIVATE KEY", old.getEncoded()))))
                .isInstanceOfSatisfying(
                        ECPrivateKey.class,
                        key ->
                                assertThat(key.getS())
                                        .isEqualTo(((ECPrivateKey) issued.key()).getS()));
    }

    @Test
    void refusesAKeyWithAPassphrase() throws Exception {
        var encryptor =
                new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC)
                        .setProvider(new BouncyCastleProvider())
                        .setPassword("secret".toCharArray())
                        .build();
        String text = pem(new JcaPKCS8Generator(authority.issue("a.test").key(), encryptor));

        assertThatThrownBy(() -> Pem.privateKey(text))
                .isInstanceOf(PemException.class)
                .hasMessageContaining("passphrase");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not PEM",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN CERTIFICATE-----\n"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Pem.certificates(text)).isInstanceOf(PemException.class);
        assertThatThrownBy(() -> Pem.privateKey(text)).isInstanceOf(PemException.class);
    }

    @Test
    void refusesAKeyThatIsAnothers() {
        Issued one = authority.issue("a.test");
        Issued other = authority.issue("a.test");

        assertThatThrownBy(() ->
                        KeyedCertificate.of(
                                new PemPair(one.certificatePem(), new Secret(other.keyPem()))))
                .isInstanceOf(PemException.class)
                .hasMessage("the key is not the certificate's");
    }
}
