package dev.torii.engine.provider;

import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.model.llm.Operation;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one call gets to its provider and back: the one place that decides whether bytes pass or are
/// translated.
///
/// @param wanted what the provider is asked for
public record Lane(Wanted wanted, Codec codec) {

    /// The lane of a call; null when the provider does not serve such calls.
    public static @Nullable Lane of(Provider provider, LlmCall call, InstantSource clock) {
        LlmTarget target = call.target();
        Operation operation = call.client().operation();
        return switch (operation) {
            case CHAT -> chat(provider, call, clock);
            case COMPLETIONS ->
                    provider.takes(operation, target)
                            ? openAi(operation, call)
                            : chat(provider, call, clock);
            case EMBEDDINGS, PASS ->
                    provider.takes(operation, target) ? openAi(operation, call) : null;
            case COUNT_TOKENS -> count(provider, call);
            case MODELS -> null;
        };
    }

    private static Lane openAi(Operation operation, LlmCall call) {
        return new Lane(new Wanted(operation, "openai", call.stream()), new ChatPassThrough());
    }

    private static @Nullable Lane chat(Provider provider, LlmCall call, InstantSource clock) {
        ClientDialect client = call.client().dialect();
        if (client.name().equals("openai") && provider.takes(Operation.CHAT, call.target())) {
            return openAi(Operation.CHAT, call);
        }
        List<ProviderDialect> dialects = provider.dialects(call.target());
        if (dialects.isEmpty()) {
            return null;
        }
        ProviderDialect own = speaking(client, dialects);
        if (own != null) {
            return lane(own, call, new PassThrough(client, own));
        }
        ProviderDialect first = dialects.getFirst();
        return lane(first, call, new Translation(client, first, clock));
    }

    private static Lane lane(ProviderDialect dialect, LlmCall call, Codec codec) {
        return new Lane(new Wanted(Operation.CHAT, dialect.name(), call.stream()), codec);
    }

    /// Only who speaks the client's dialect can be asked to count in it.
    private static @Nullable Lane count(Provider provider, LlmCall call) {
        ClientDialect client = call.client().dialect();
        ProviderDialect own = speaking(client, provider.dialects(call.target()));
        return own == null
                ? null
                : new Lane(
                        new Wanted(Operation.COUNT_TOKENS, own.name(), false), new Untouched(own));
    }

    private static @Nullable ProviderDialect speaking(
            ClientDialect client, List<ProviderDialect> dialects) {
        for (ProviderDialect dialect : dialects) {
            if (dialect.name().equals(client.name())) {
                return dialect;
            }
        }
        return null;
    }
}
