package dev.torii.engine.provider.bedrock;

import org.jspecify.annotations.Nullable;

/// What a request to Amazon is signed with.
///
/// @param session a token that goes with keys for a time; null for keys that stay
record AwsKeys(String id, String secret, @Nullable String session) {

    /// Without the secrets.
    @Override
    public String toString() {
        return "AwsKeys[" + id + "]";
    }
}
