package dev.torii.engine.provider.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.provider.CredentialException;
import dev.torii.engine.provider.Endpoint;
import dev.torii.model.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Who the gateway is to Google: what a key file of a service account holds. It vouches for itself
/// by a signed text. Source: RFC 7523, "JWT Profile for OAuth 2.0 Client Authentication and
/// Authorization Grants".
final class ServiceAccount {

    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final String USUAL_TOKEN_URI = "https://oauth2.googleapis.com/token";
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final String WHERE = "auth.gcp_service_account_json: ";

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final String email;
    private final PrivateKey key;
    private final @Nullable String keyId;
    private final URI tokenUri;

    private ServiceAccount(String email, PrivateKey key, @Nullable String keyId, URI tokenUri) {
        this.email = email;
        this.key = key;
        this.keyId = keyId;
        this.tokenUri = tokenUri;
    }

    /// Reads a key file.
    ///
    /// @throws CredentialException when it is none; the message never quotes the key
    static ServiceAccount parse(String json) throws CredentialException {
        ObjectNode file = Json.parseObjectOrNull(json.getBytes(StandardCharsets.UTF_8));
        if (file == null) {
            throw new CredentialException(WHERE + "expected the JSON of a key file");
        }
        return new ServiceAccount(
                required(file, "client_email"),
                key(required(file, "private_key")),
                file.path("private_key_id").textValue(),
                tokenUri(file));
    }

    private static URI tokenUri(ObjectNode file) throws CredentialException {
        String url = file.path("token_uri").asText(USUAL_TOKEN_URI);
        try {
            Endpoint.parse(url);
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new CredentialException(WHERE + "token_uri is not a URL", e);
        }
    }

    private static String required(ObjectNode file, String field) throws CredentialException {
        String value = file.path(field).textValue();
        if (value == null || value.isBlank()) {
            throw new CredentialException(
                    WHERE + "has no " + field + "; is it the key file of a service account?");
        }
        return value;
    }

    private static PrivateKey key(String pem) throws CredentialException {
        String base64 = pem.replaceAll("-----(?:BEGIN|END) PRIVATE KEY-----|\\s", "");
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new CredentialException(
                    WHERE + "private_key is no RSA key in PKCS #8, as Google writes it");
        }
    }

    String email() {
        return email;
    }

    URI tokenUri() {
        return tokenUri;
    }

    /// What is exchanged for a token, signed now.
    String assertion(Instant now) {
        ObjectNode header = Json.object().put("alg", "RS256").put("typ", "JWT");
        if (keyId != null) {
            header.put("kid", keyId);
        }
        ObjectNode claims =
                Json.object()
                        .put("iss", email)
                        .put("scope", SCOPE)
                        .put("aud", tokenUri.toString())
                        .put("iat", now.getEpochSecond())
                        .put("exp", now.plus(LONGEST).getEpochSecond());
        String text =
                ENCODER.encodeToString(Json.bytes(header))
                        + "."
                        + ENCODER.encodeToString(Json.bytes(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + ENCODER.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an RSA key signs by RS256", e);
        }
    }
}
