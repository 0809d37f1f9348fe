package dev.torii.engine.provider.bedrock;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Amazon's Signature Version 4, in headers. Source: Amazon's documentation, "Create a signed AWS
/// API request".
///
/// @param region such as `us-east-1`
/// @param service such as `bedrock`
record SigV4(AwsKeys keys, String region, String service) {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final HexFormat HEX = HexFormat.of();

    /// Headers that make the request a signed one.
    ///
    /// @param request with its host among the headers; those that are made here join them
    Map<String, String> headers(CanonicalRequest request, byte[] body, Instant at) {
        String time = TIME.format(at);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Amz-Date", time);
        if (keys.session() != null) {
            headers.put("X-Amz-Security-Token", keys.session());
        }
        headers.forEach(request::header);

        String day = time.substring(0, 8);
        String scope = String.join("/", day, region, service, "aws4_request");
        String hashed = HEX.formatHex(hash(request.text(HEX.formatHex(hash(body)))));
        String signature =
                HEX.formatHex(hmac(key(day), String.join("\n", ALGORITHM, time, scope, hashed)));
        headers.put(
                "Authorization",
                "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                        .formatted(
                                ALGORITHM, keys.id(), scope, request.signedHeaders(), signature));
        return headers;
    }

    private byte[] key(String day) {
        byte[] key = ("AWS4" + keys.secret()).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {day, region, service, "aws4_request"}) {
            key = hmac(key, part);
        }
        return key;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static byte[] hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
