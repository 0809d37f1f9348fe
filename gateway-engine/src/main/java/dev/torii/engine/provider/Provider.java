package dev.torii.engine.provider;

import dev.torii.engine.dialect.EmbeddingDialect;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.model.llm.Operation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// An LLM provider. Found through `ServiceLoader`; annotate with `@AutoService(Provider.class)`.
public interface Provider {

    /// As in `model.provider`.
    String name();

    /// The dialects that its servers speak for this target. The bytes of a client that speaks one
    /// of them pass; any other is translated into the first.
    List<ProviderDialect> dialects(LlmTarget target);

    /// The dialects for completions of the legacy form, where the provider does not take those; as
    /// for chats unless it has a dialect that goes on from a text.
    default List<ProviderDialect> completing(LlmTarget target) {
        return dialects(target);
    }

    /// Whether its servers take calls of this kind in OpenAI's form, which then pass.
    default boolean takes(Operation operation, LlmTarget target) {
        return false;
    }

    /// How it is asked for embeddings where it does not [take][#takes] them; null where it has
    /// none.
    default @Nullable EmbeddingDialect embeddings(LlmTarget target) {
        return null;
    }

    /// Where a call goes; the path is empty to keep the client's.
    ///
    /// @throws IllegalArgumentException when the target's options name no usable URL; the message
    ///   may be shown
    Endpoint endpoint(LlmTarget target, Wanted wanted);

    /// Headers that the provider wants besides the credential, by name.
    default Map<String, String> headers(LlmTarget target) {
        return Map.of();
    }

    /// Headers that vouch for a call, made when everything else about it is known: signatures, and
    /// tokens that may have to be fetched first. Fails with a [CredentialException] when there is
    /// nothing to vouch with.
    default CompletableFuture<Map<String, String>> credentials(LlmTarget target, Outgoing call) {
        return CompletableFuture.completedFuture(Map.of());
    }
}
