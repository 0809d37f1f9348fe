package dev.torii.engine.admin;

import dev.torii.engine.tls.Pem;
import dev.torii.engine.tls.PemException;
import java.util.Set;
import java.util.regex.Pattern;

/// Public keys of tokens: one of an algorithm that signs, in PEM, and nothing beside it.
final class PublicKeyPem {

    private static final Pattern ALONE =
            Pattern.compile(
                    "\\s*-----BEGIN (RSA )?PUBLIC KEY-----[A-Za-z0-9+/=\\s]+-----END \\1?PUBLIC KEY-----\\s*");

    private static final Set<String> ALGORITHMS = Set.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private PublicKeyPem() {}

    static boolean isKey(String text) {
        try {
            return ALONE.matcher(text).matches()
                    && ALGORITHMS.contains(Pem.publicKey(text).getAlgorithm());
        } catch (PemException e) {
            return false;
        }
    }
}
