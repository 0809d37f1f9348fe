package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.tls.KeyedCertificate;
import dev.torii.engine.tls.Pem;
import dev.torii.engine.tls.PemException;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.schema.VaultReference;
import dev.torii.model.schema.Violation;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A JWK is a key and has the entity's own name; PEM holds a key. What a vault keeps is not looked
/// at.
final class KeyRules implements EntityRules {

    /// What each type of JWK has at least.
    private static final Map<String, List<String>> MEMBERS =
            Map.of(
                    "RSA", List.of("n", "e"),
                    "EC", List.of("crv", "x", "y"),
                    "OKP", List.of("crv", "x"),
                    "oct", List.of("k"));

    /// Keys of these can show that they belong together.
    private static final Set<String> SIGNING = Set.of("RSA", "EC", "EdDSA");

    @Override
    public List<Violation> check(ObjectNode key) {
        String jwk = key.path("jwk").textValue();
        if (jwk != null) {
            return VaultReference.is(jwk) ? List.of() : jwk(jwk, key.path("kid").asText());
        }
        return key.get("pem") instanceof ObjectNode pem ? pem(pem) : List.of();
    }

    private static List<Violation> jwk(String text, String kid) {
        JsonNode jwk;
        try {
            jwk = Json.parse(text);
        } catch (MalformedJsonException e) {
            return wrong("could not json decode jwk string");
        }
        if (!kid.equals(jwk.path("kid").textValue())) {
            return wrong("kid in jwk.kid must be equal to keys.kid");
        }
        List<String> members = MEMBERS.get(jwk.path("kty").asText());
        if (members == null) {
            return wrong("could not load JWK (kty, expected one of: EC, OKP, RSA, oct)");
        }
        for (String member : members) {
            if (!jwk.path(member).isTextual()) {
                return wrong("could not load JWK (" + member + ": required field missing)");
            }
        }
        return List.of();
    }

    private static List<Violation> pem(ObjectNode pem) {
        List<Violation> violations = new ArrayList<>();
        String privateKey = pem.path("private_key").textValue();
        String publicKey = pem.path("public_key").textValue();
        if (privateKey == null && publicKey == null) {
            return wrong("need to supply a PEM formatted public and/or private key.");
        }
        PrivateKey own = null;
        try {
            own = isPem(privateKey) ? Pem.privateKey(privateKey) : null;
        } catch (PemException e) {
            violations.add(
                    Violation.of(
                            "invalid key: " + PemReason.of(e, "PRIVATE KEY"),
                            "pem",
                            "private_key"));
        }
        PublicKey shared = null;
        try {
            shared = isPem(publicKey) ? Pem.publicKey(publicKey) : null;
        } catch (PemException e) {
            violations.add(
                    Violation.of(
                            "invalid key: " + PemReason.of(e, "PUBLIC KEY"), "pem", "public_key"));
        }
        if (own != null
                && shared != null
                && SIGNING.contains(shared.getAlgorithm())
                && !KeyedCertificate.belongTogether(shared, own)) {
            violations.add(Violation.of("public key does not match private key", "pem"));
        }
        return violations;
    }

    private static boolean isPem(@Nullable String text) {
        return text != null && !VaultReference.is(text);
    }

    private static List<Violation> wrong(String message) {
        return List.of(Violation.of(message, Violation.ENTITY));
    }
}
