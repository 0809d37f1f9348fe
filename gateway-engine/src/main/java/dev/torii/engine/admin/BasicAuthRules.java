package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.schema.Violation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Of a password only the hash is kept, salted with the consumer's id. Kong's clients read this
/// very hash, which is why it is not one of today's.
final class BasicAuthRules implements EntityRules {

    private static final String PASSWORD = "password";
    private static final String CONSUMER = "consumer";

    /// The hash is of use with the consumer that it was made for, and no other.
    @Override
    public List<Violation> checkChange(ObjectNode before, ObjectNode after, ObjectNode given) {
        return given.hasNonNull(PASSWORD) || after.get(CONSUMER).equals(before.get(CONSUMER))
                ? List.of()
                : List.of(
                        Violation.of(
                                "all or none of these fields must be set: 'password',"
                                        + " 'consumer.id'",
                                Violation.ENTITY));
    }

    /// A password that was not sent is a hash already.
    @Override
    public void settle(ObjectNode credential, ObjectNode given, long now) {
        if (given.hasNonNull(PASSWORD)) {
            String salted =
                    credential.path(PASSWORD).textValue()
                            + credential.path(CONSUMER).path("id").textValue();
            credential.put(PASSWORD, sha1(salted));
        }
    }

    @Override
    public boolean isTransformed() {
        return true;
    }

    private static String sha1(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
