package dev.torii.engine.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.torii.engine.exchange.LlmTarget;
import org.jspecify.annotations.Nullable;

/// Keeps the gateway's key out of a provider's refusal: some quote the key that they do not accept.
///
/// @param key without the word that names its scheme
record KeyMask(String key) {

    /// Anything shorter is no key, and may stand in an answer for another reason.
    private static final int SHORTEST = 8;

    /// Null where there is no key to hide.
    static @Nullable KeyMask of(LlmTarget.@Nullable Auth auth) {
        if (auth == null) {
            return null;
        }
        var secret = auth.headerValue() == null ? auth.paramValue() : auth.headerValue();
        if (secret == null) {
            return null;
        }
        String value = secret.reveal().strip();
        String key = value.substring(value.lastIndexOf(' ') + 1);
        return key.length() < SHORTEST ? null : new KeyMask(key);
    }

    byte[] hide(byte[] body) {
        // One char a byte, so that all else stays as it is, whatever its encoding.
        String text = new String(body, ISO_8859_1);
        return text.contains(key) ? text.replace(key, "***").getBytes(ISO_8859_1) : body;
    }

    /// A record would print the key.
    @Override
    public String toString() {
        return "KeyMask";
    }
}
