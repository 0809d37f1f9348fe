package dev.torii.engine.admin;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/// Public keys in PEM: `PUBLIC KEY`, and `RSA PUBLIC KEY` as older tools write it.
final class PublicKeyPem {

    private static final Pattern PEM =
            Pattern.compile(
                    "\\s*-----BEGIN (RSA )?PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END \\1?PUBLIC KEY-----\\s*");

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    /// The algorithm identifier of RSA, which a bare RSA key lacks.
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    private static final int SEQUENCE = 0x30;
    private static final int BIT_STRING = 0x03;

    private PublicKeyPem() {}

    static boolean isKey(String text) {
        var pem = PEM.matcher(text);
        if (!pem.matches()) {
            return false;
        }
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(pem.group(2));
        } catch (IllegalArgumentException e) {
            return false;
        }
        byte[] key = pem.group(1) == null ? der : withAlgorithm(der);
        return ALGORITHMS.stream().anyMatch(algorithm -> isKey(algorithm, key));
    }

    private static boolean isKey(String algorithm, byte[] der) {
        try {
            KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] withAlgorithm(byte[] rsaKey) {
        var bits = new ByteArrayOutputStream();
        bits.write(0);
        bits.writeBytes(rsaKey);
        var content = new ByteArrayOutputStream();
        content.writeBytes(RSA);
        content.writeBytes(element(BIT_STRING, bits.toByteArray()));
        return element(SEQUENCE, content.toByteArray());
    }

    private static byte[] element(int tag, byte[] content) {
        var element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.length < 0x80) {
            element.write(content.length);
        } else {
            element.write(0x82);
            element.write(content.length >> 8);
            element.write(content.length);
        }
        element.writeBytes(content);
        return element.toByteArray();
    }
}
