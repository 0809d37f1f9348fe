package dev.torii.engine.plugin.keyauth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The settings of `key-auth`.
///
/// @param keyNames where a key is looked for: names of headers, query arguments and body fields
/// @param hideCredentials whether the upstream is kept from seeing the key
/// @param anonymous id or username of the consumer that stands for everybody without a valid key;
///   null refuses them
/// @param runOnPreflight whether `OPTIONS` requests need a key too
/// @param realm named in the challenge of a refusal
record KeyAuthConfig(
        List<String> keyNames,
        boolean keyInHeader,
        boolean keyInQuery,
        boolean keyInBody,
        boolean hideCredentials,
        @Nullable String anonymous,
        boolean runOnPreflight,
        @Nullable String realm) {

    KeyAuthConfig {
        keyNames = List.copyOf(keyNames);
    }
}
