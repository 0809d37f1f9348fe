package dev.torii.engine.provider;

import dev.torii.engine.exchange.LlmTarget;
import dev.torii.model.llm.RouteType;
import java.util.Map;

/// An LLM provider. Found through `ServiceLoader`; annotate with `@AutoService(Provider.class)`.
public interface Provider {

    /// As in `model.provider`.
    String name();

    boolean serves(RouteType type);

    /// Where a call for this target goes; the path is empty for [RouteType#PRESERVE], which keeps
    /// the client's.
    ///
    /// @throws IllegalArgumentException when the target's options name no usable URL; the message
    ///   may be shown
    Endpoint endpoint(LlmTarget target);

    Codec codec();

    /// Headers that the provider wants besides the credential, by name.
    default Map<String, String> headers(LlmTarget target) {
        return Map.of();
    }
}
