package dev.torii.model.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// What a request says beside the conversation: who asks, and what is to be kept of it.
///
/// @param endUser the application's name for its user
/// @param metadata the client's own, as an object of texts
/// @param serviceTier such as `auto` or `flex`
/// @param store whether the provider keeps the answer; null for not said
/// @param cacheKey groups requests that begin alike
public record Session(
        @Nullable String endUser,
        @Nullable ObjectNode metadata,
        @Nullable String serviceTier,
        @Nullable Boolean store,
        @Nullable String cacheKey) {

    public static final Session NONE = new Session(null, null, null, null, null);
}
