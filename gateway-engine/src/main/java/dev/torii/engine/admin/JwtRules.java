package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.schema.Violation;
import java.util.List;

/// Algorithms with a key pair need a public key that is one. As in Kong, those with elliptic curves
/// are not asked for it.
final class JwtRules implements EntityRules {

    private static final String KEY = "rsa_public_key";

    @Override
    public List<Violation> check(ObjectNode credential) {
        String algorithm = credential.path("algorithm").asText();
        boolean needed =
                algorithm.startsWith("RS")
                        || algorithm.startsWith("PS")
                        || algorithm.equals("EdDSA");
        return !needed || PublicKeyPem.isKey(credential.path(KEY).asText())
                ? List.of()
                : List.of(
                        Violation.of("invalid key", KEY),
                        Violation.of(
                                "failed conditional validation given value of field 'algorithm'",
                                Violation.ENTITY));
    }
}
